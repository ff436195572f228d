"""Cookies, headers, limits and the key that signs sessions."""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user
from flask_wtf import CSRFProtect

from docgen.settings import Settings
from docgen.store.files import write_new
from docgen.web import current, rates

MEGABYTE = 1024 * 1024
SIGN_IN_RATE = "60 per minute; 600 per hour"
"""From one address: a whole office may sit behind it, so accounts are locked by their own count."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def secret_key(home: Path) -> str:
    """The key that signs sessions, kept in `home/secret` for the owner's eyes; made when absent.

    Machines that share their sessions share this file.
    """
    path = home / "secret"
    if not path.exists():
        write_new(path, secrets.token_hex(32).encode())
    return path.read_text("ascii")


def configure(app: Flask, settings: Settings) -> None:
    """The limits of requests and the flags of cookies, each set on purpose.

    A form of a roadmap has thousands of fields; an upload may have 50 MB and its envelope.
    """
    app.config.update(
        SECRET_KEY=secret_key(settings.home),
        MAX_CONTENT_LENGTH=55 * MEGABYTE,
        MAX_FORM_MEMORY_SIZE=16 * MEGABYTE,
        MAX_FORM_PARTS=20_000,
        PROVIDE_AUTOMATIC_OPTIONS=False,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=current.SESSION_HOURS),
        SESSION_REFRESH_EACH_REQUEST=False,
        SESSION_COOKIE_NAME="docgen",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        TRUSTED_HOSTS=list(settings.hosts) or None,
    )
    app.after_request(_seal)


def _seal(response: Response) -> Response:
    """The response with the headers that keep it where it belongs."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["X-Request-ID"] = current.request_id()
    if request.endpoint == "static":
        if "v" in request.args:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def protection(app: Flask) -> CSRFProtect:
    """What refuses a form or a call that another site sent in the reader's name."""
    return CSRFProtect(app)


def limit_rates(app: Flask, settings: Settings) -> None:
    """Sign-in is limited by address, the API by account; where counting fails, each process counts.

    Called when all views are registered.
    """
    limiter = Limiter(
        _asker,
        app=app,
        storage_uri=settings.rate_storage or rates.address(settings.home),
        in_memory_fallback_enabled=True,
        application_limits=[settings.rate_api],
        application_limits_exempt_when=lambda: not current.is_api(),
    )
    for endpoint in ("accounts.sign_in", "accounts.accept"):
        limit = limiter.limit(SIGN_IN_RATE, key_func=get_remote_address, methods=["POST"])
        view: Any = limit(app.view_functions[endpoint])
        app.view_functions[endpoint] = view


def _asker() -> str:
    if current_user.is_authenticated:
        return f"account:{current_user.account.id}"
    return get_remote_address()
