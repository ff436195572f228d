"""What is refused, told to people as a page and to programs as problem details (RFC 9457)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, json, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from docgen.errors import (
    AccessError,
    ConflictError,
    ConversionError,
    DocgenError,
    NotFoundError,
    Problem,
    ProblemsError,
    UnavailableError,
)
from docgen.i18n import _, noop
from docgen.schemas.fields import problems_of
from docgen.web import current, unsent
from docgen.web.words import spoken

STATUSES: tuple[tuple[type[DocgenError], int], ...] = (
    (NotFoundError, 404),
    (AccessError, 403),
    (ConflictError, 409),
    (ConversionError, 503),
    (UnavailableError, 503),
    (DocgenError, 422),
)
"""The status of an error by its class, the first that fits."""

STATUSES_OF_CODES = {
    "not-signed-in": 401,
    "bad-credentials": 401,
    "account-locked": 429,
    "version-changed": 412,
    "version-needed": 428,
    "queue-full": 503,
    "document-unreadable": 422,
    "document-refused": 422,
    "file-too-large": 413,
}
"""The status of an error by its code, before its class is asked."""

TITLES = {
    400: noop("The request cannot be understood"),
    401: noop("Sign in first"),
    403: noop("Not allowed"),
    404: noop("There is no such page"),
    405: noop("This cannot be done here"),
    406: noop("There is no such form of it"),
    409: noop("It has changed meanwhile"),
    412: noop("It has changed meanwhile"),
    413: noop("Too much at once"),
    415: noop("A file or text of another kind is expected"),
    422: noop("Something is filled in wrongly"),
    428: noop("Say which version you have seen"),
    429: noop("Too many requests"),
    500: noop("Something went wrong inside docgen"),
    503: noop("Not now"),
}
TITLES_OF_API = {404: noop("There is no such thing here")}
"""Titles for programs, where they are others than for people."""
ADVICE = {
    404: noop("Check the address; perhaps what stood here belongs to another region."),
    413: noop("A request may hold up to 55 MB."),
    429: noop("Wait a minute and try again."),
}


def status_of(error: DocgenError) -> int:
    """The HTTP status of an error."""
    by_class = next(status for kind, status in STATUSES if isinstance(error, kind))
    return STATUSES_OF_CODES.get(error.code, by_class)


def headers_of(error: DocgenError) -> dict[str, str]:
    """The headers that an error adds to its answer, page or problem details."""
    return {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}


def install_handlers(app: Flask) -> None:
    """Everything refused, and every bug, gets its page or its problem details."""
    app.register_error_handler(DocgenError, _refused)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(HTTPException, _http)


def _refused(error: DocgenError) -> ResponseReturnValue:
    if error.code == "not-signed-in" and not current.is_api():
        kept = unsent.of_request()
        if kept is not None:
            return unsent.door(kept), 401
        return redirect(url_for("accounts.sign_in", next=_wanted()))
    problems = error.problems if isinstance(error, ProblemsError) else ()
    response = answer(status_of(error), error.message, error.code, problems)
    response.headers.update(headers_of(error))
    return response


def _wanted() -> str | None:
    """The page to come back to: the one asked for, or the one whose form was sent."""
    asked = request.full_path.rstrip("?")
    return asked if unsent.shown(request.path) and asked != "/" else None


def _forged(_error: CSRFError) -> ResponseReturnValue:
    kept = None if current.is_api() else unsent.of_request()
    if kept is not None and current.account_or_none() is None:
        return unsent.door(kept, _("The page has been open too long. Sign in once more.")), 400
    if kept is not None and unsent.may_be_sent(kept):
        return unsent.confirmation(kept), 400
    message = _("The page has been open too long or was sent by another site. Open it anew.")
    return answer(400, message, "csrf-refused")


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400 or isinstance(error, SecurityError):  # to a foreign host no page is shown
        return error.get_response()
    code = "bug" if status == 500 else HTTPStatus(status).name.lower().replace("_", "-")
    data = getattr(error, "data", None) or {}
    problems = tuple(_argument_problems(data.get("messages", {})))
    response = answer(status, _(ADVICE.get(status, "")) if status in ADVICE else "", code, problems)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After", "WWW-Authenticate"):
            response.headers[name] = value
    return response


def _argument_problems(messages: dict[str, Any]) -> Iterator[Problem]:
    """The problems of a request's body and parameters, each with its path."""
    for part, faults in messages.items():
        place = "" if part == "json" else part
        for problem in problems_of(faults, ()):
            yield replace(problem, message=spoken(problem.message), place=place)


def answer(status: int, detail: str, code: str, problems: tuple[Problem, ...] = ()) -> Response:
    """The refusal as this reader can use it."""
    title = _(TITLES.get(status, TITLES[400]))
    if current.is_api():
        named = _(TITLES_OF_API[status]) if status in TITLES_OF_API else title
        return _details(status, named, detail, code, problems)
    page = render_template(
        "errors/error.html",
        status=status,
        title=title,
        detail=detail,
        problems=problems,
        request_id=current.request_id() if status == 500 else None,
    )
    return Response(page, status)


def _details(
    status: int, title: str, detail: str, code: str, problems: tuple[Problem, ...]
) -> Response:
    body: dict[str, Any] = {
        "type": f"urn:docgen:{code}",
        "title": title,
        "status": status,
        "detail": detail or title,
        "code": code,
        "problems": [
            {"path": p.path, "message": p.message, "code": p.code, "place": p.place}
            for p in problems
        ],
    }
    if status == 500:
        body["instance"] = f"urn:docgen:request:{current.request_id()}"
    response = Response(json.dumps(body), status, mimetype="application/problem+json")
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response
