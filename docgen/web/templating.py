"""What every template finds: texts in the reader's language, the bar, links to assets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flask import Flask, current_app, request, session, url_for
from jinja2 import StrictUndefined
from markupsafe import Markup

from docgen.i18n import LANGUAGES, _, current_language, ngettext, set_language
from docgen.web import current, navigation


def install(app: Flask) -> None:
    """Texts, filters and names of templates, and the language of each request."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(_=_, ngettext=ngettext, asset=asset)
    app.jinja_env.filters.update(moment=moment, day=day, attributes=attributes)
    app.before_request(_speak)
    app.context_processor(_surroundings)


def asset(name: str) -> str:
    """The address of a file in static/, another one after each change of the file."""
    folder = Path(current_app.static_folder or "")
    return url_for("static", filename=name, v=int((folder / name).stat().st_mtime))


def moment(value: datetime | None) -> str:
    """A moment in the machine's time zone, as 24.12.2025 09:15; a dash for none."""
    return f"{value.astimezone():%d.%m.%Y %H:%M}" if value is not None else "–"


def day(value: date | None) -> str:
    """A day as 24.12.2025; a dash for none."""
    return f"{value:%d.%m.%Y}" if value is not None else "–"


def attributes(values: Mapping[str, Any]) -> Markup:
    """The values as attributes of a tag; True is a bare one, and False, None none at all."""
    written = [
        Markup(" {}").format(name.replace("_", "-"))
        + (Markup("") if value is True else Markup('="{}"').format(value))
        for name, value in values.items()
        if value is not None and value is not False
    ]
    return Markup("").join(written)


def _speak() -> None:
    """The language of this request: what the reader chose, what a program asks for, or ours."""
    chosen = session.get("language")
    if chosen is None and current.is_api():
        chosen = request.accept_languages.best_match(LANGUAGES)
    set_language(chosen or current.service().settings.lang)


def _surroundings() -> dict[str, Any]:
    reader = current.account_or_none()
    return {
        "reader": reader,
        "links": navigation.links(),
        "roles": {role: _(label) for role, label in navigation.ROLES.items()},
        "language": current_language(),
        "regions": _region_name,
    }


def _region_name(code: str | None) -> str:
    """The region's name; no code means all of them."""
    known = current.service().documents.regions
    if code is None:
        return _("all regions")
    return known[code].profile.name if code in known else code
