"""The Flask application: every part of it, put together in one place."""

from __future__ import annotations

from types import TracebackType

from flask import Blueprint, Flask, request
from flask.json.provider import DefaultJSONProvider
from flask_smorest import Blueprint as ApiBlueprint

from docgen.bootstrap import Service
from docgen.web import access, current, errors, observing, security, templating
from docgen.web.api import audit as audit_api
from docgen.web.api import documents as api_documents
from docgen.web.api import (
    imports,
    openapi,
    regions,
    reports,
    rosters,
    stages,
    submissions,
    tokens,
)
from docgen.web.api import jobs as jobs_api
from docgen.web.api import users as users_api
from docgen.web.pages import (
    accounts,
    audit,
    documentation,
    documents,
    editing,
    editions,
    health,
    home,
    jobs,
    library,
    monitoring,
    registration,
    reporting,
    users,
)

PAGES: tuple[Blueprint, ...] = (
    home.pages,
    accounts.pages,
    documents.pages,
    editing.pages,
    editions.pages,
    registration.pages,
    registration.journal_pages,
    users.pages,
    audit.pages,
    documentation.pages,
    reporting.pages,
    monitoring.pages,
    jobs.pages,
    library.pages,
    health.pages,
)
API: tuple[ApiBlueprint, ...] = (
    api_documents.api,
    api_documents.journal_api,
    imports.api,
    jobs_api.api,
    rosters.api,
    stages.api,
    submissions.api,
    reports.api,
    regions.api,
    users_api.api,
    tokens.api,
    audit_api.api,
)


class PlainJson(DefaultJSONProvider):
    """JSON as it was made: letters are not escaped, keys not sorted."""

    ensure_ascii = False
    sort_keys = False


class Application(Flask):
    """Flask whose JSON keeps Russian letters, and whose log keeps secrets.

    A bug is logged by its request's id and the view's name: an address may hold an invitation.
    """

    json_provider_class = PlainJson

    def log_exception(
        self,
        exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None],
    ) -> None:
        """One record with the traceback."""
        self.logger.error("bug %s in %s", current.request_id(), request.endpoint, exc_info=exc_info)


def create_app(service: Service) -> Flask:
    """The application before this service; LookupError names a view without a rule of access."""
    app = Application("docgen.web")
    app.extensions[current.EXTENSION] = service
    security.configure(app, service.settings)
    csrf = security.protection(app)
    current.install_readers(app)
    observing.install(app, service)
    templating.install(app)
    access.install_guard(app, csrf.protect)
    errors.install_handlers(app)
    for pages in PAGES:
        app.register_blueprint(pages)
    openapi.install(app, API)
    security.limit_rates(app, service.settings)
    list(access.rules(app))
    return app
