"""What load balancers and monitoring ask: alive, ready, figures."""

from __future__ import annotations

from hmac import compare_digest

from flask import Blueprint, Response, current_app, json, render_template, request

from docgen.errors import NotFoundError
from docgen.i18n import _
from docgen.models.accounts import Role
from docgen.web import current, observing
from docgen.web.access import allow, anyone
from docgen.web.pages import jobs

pages = Blueprint("health", __name__)
_LOOPBACK = ("127.0.0.1", "::1")


@pages.get("/healthz")
@anyone
def alive() -> Response:
    """The process answers; nothing else is looked at."""
    return Response("ok\n", mimetype="text/plain")


@pages.get("/readyz")
@anyone
def ready() -> Response:
    """Every part with its state; 503 where one is not fine."""
    _require_monitoring()
    parts = current.service().readiness().parts()
    fine = all(part.fine for part in parts)
    body = {"ready": fine, "parts": {p.name: {"fine": p.fine, "state": p.state} for p in parts}}
    return Response(json.dumps(body), 200 if fine else 503, mimetype="application/json")


@pages.get("/metrics")
@anyone
def figures() -> Response:
    """The figures as Prometheus reads them."""
    _require_monitoring()
    return Response(observing.figures_of(current_app).text(), mimetype="text/plain")


@pages.get("/health")
@allow(Role.ADMINISTRATOR)
def index() -> str:
    """The parts of the service and its work, for people."""
    service = current.service()
    names = {
        "database": _("Database"),
        "files": _("Files"),
        "disk": _("Disk"),
        "conversion": _("PDF conversion"),
    }
    return render_template(
        "administration/health.html",
        parts=service.readiness().parts(),
        counts=sorted(service.jobs.counts(current.scope()).items()),
        names=names,
        states={key: _(words) for key, words in jobs.STATES.items()},
        kinds={key: _(words) for key, words in jobs.KINDS.items()},
    )


def _require_monitoring() -> None:
    """For this machine and for those who have the token; to others there is no such page.

    A proxy of this machine is not this machine: it says for whom it asks.
    """
    local = request.remote_addr in _LOOPBACK and "X-Forwarded-For" not in request.headers
    token = current.service().settings.monitoring_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not local and not (token and compare_digest(given.encode(), token.encode())):
        raise NotFoundError(_("There is no such page"))
