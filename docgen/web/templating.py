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
from docgen.language.typography import hold_together
from docgen.web import current, navigation


def install(app: Flask) -> None:
    """Texts, filters and names of templates, and the language of each request."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(_=_, ngettext=ngettext, asset=asset)
    app.jinja_env.filters.update(
        moment=moment, day=day, till=till, attributes=attributes, together=hold_together
    )
    app.before_request(_speak)
    app.context_processor(_surroundings)


def asset(name: str) -> str:
    """The address of a file in static/, another one after each change of the file."""
    folder = Path(current_app.static_folder or "")
    return url_for("static", filename=name, v=int((folder / name).stat().st_mtime))


def moment(value: datetime | None) -> str:
    """A moment in the reader's time zone, as 24.12.2025 09:15; a dash for none."""
    return f"{value.astimezone(current.zone()):%d.%m.%Y %H:%M}" if value is not None else "–"


def till(value: datetime, region: str | None = None) -> str:
    """A moment that someone must not miss, with its time zone: 24.12.2025 09:15 (UTC+5).

    In the reader's zone, or in the region's where a stranger reads.
    """
    zone = current.service().documents.regions.zone(region) if region else current.zone()
    local = value.astimezone(zone)
    return f"{local:%d.%m.%Y %H:%M} ({offset_of(local)})"


def offset_of(local: datetime) -> str:
    """How far the moment's zone is from UTC: UTC+5, UTC+5:30."""
    hours, minutes = f"{local:%z}"[:3], f"{local:%z}"[3:5]
    return f"UTC{int(hours):+d}" + (f":{minutes}" if minutes != "00" else "")


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
        "zone": _zone_name,
        "regions": _region_name,
    }


def _zone_name() -> str:
    """The reader's zone, for a field in which a moment is typed."""
    return offset_of(current.now())


def _region_name(code: str | None) -> str:
    """The region's name; no code means all of them."""
    known = current.service().documents.regions
    if code is None:
        return _("all regions")
    return known[code].profile.name if code in known else code
