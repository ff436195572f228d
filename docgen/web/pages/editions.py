"""Versions of a document, their differences, pages and files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from docgen.errors import ConversionError, NotFoundError
from docgen.i18n import _
from docgen.models.registry import AUTOSAVED, Version
from docgen.web import current
from docgen.web.downloads import MEDIA_TYPES, as_file
from docgen.web.pages import forms
from docgen.web.pages.documents import clerks, readers, registry

pages = Blueprint("editions", __name__, url_prefix="/documents")


@dataclass(frozen=True, slots=True)
class Run:
    """Versions shown as one line: what one author saved by itself, one after another."""

    versions: tuple[Version, ...]

    @property
    def newest(self) -> Version:
        """The version the line stands for."""
        return self.versions[0]


def runs(versions: Sequence[Version]) -> Iterator[Run]:
    """The versions, newest first; those saved by themselves go together by their author."""
    marks = ((v.reason == AUTOSAVED, v.author_id, v) for v in versions)
    for (automatic, _author), group in groupby(marks, key=lambda mark: mark[:2]):
        found = [version for *_mark, version in group]
        yield from [Run(tuple(found))] if automatic else [Run((version,)) for version in found]


@pages.get("/<int:number>/versions")
@readers
def versions(number: int) -> ResponseReturnValue:
    """Every version: who, when, why, and what changed since the one before."""
    scope = current.scope()
    stored, _values = registry().read(scope, number)
    shown = list(runs(registry().versions(scope, number)))
    return render_template("documents/versions.html", stored=stored, runs=shown)


@pages.get("/<int:number>/diff")
@readers
def diff(number: int) -> ResponseReturnValue:
    """What changed from one version to another."""
    scope = current.scope()
    stored, _values = registry().read(scope, number)
    old = forms.number(request.args.get("from")) or 1
    new = forms.number(request.args.get("to")) or stored.version
    rows = registry().comparison(scope, number, old, new)
    return render_template("documents/diff.html", stored=stored, old=old, new=new, rows=rows)


@pages.post("/<int:number>/versions/<int:version>/revive")
@clerks
def revive(number: int, version: int) -> ResponseReturnValue:
    """The values of an old version as the newest one."""
    scope = current.scope()
    _stored, values = registry().read(scope, number, version)
    newest = forms.number(request.form.get("version")) or 0
    reason = _("version %(number)d brought back") % {"number": version}
    registry().update(scope, number, newest, values, reason)
    flash(_("Version %(number)d is the newest again.") % {"number": version})
    return redirect(url_for("editing.edit", number=number))


@pages.get("/<int:number>/preview")
@readers
def preview(number: int) -> ResponseReturnValue:
    """The real pages as pictures."""
    scope = current.scope()
    version = forms.number(request.args.get("version"))
    stored, _values = registry().read(scope, number, version)
    try:
        made = registry().preview(scope, number, version)
    except ConversionError as error:
        page = render_template(
            "documents/preview.html", stored=stored, version=version, preview=None, refusal=error
        )
        return page, 503
    return render_template(
        "documents/preview.html", stored=stored, version=version, preview=made, refusal=None
    )


@pages.get("/<int:number>/pages/<key>/<int:page>.png")
@readers
def page_picture(number: int, key: str, page: int) -> ResponseReturnValue:
    """One page as a picture; its address never shows anything else."""
    picture = registry().page_picture(current.scope(), number, key, page)
    response = Response(picture, mimetype="image/png")
    response.headers["Cache-Control"] = "private, max-age=86400, immutable"
    return response


@pages.get("/<int:number>/files/<kind>")
@readers
def file(number: int, kind: str) -> ResponseReturnValue:
    """A version as a file; `edition=1` gives the edition in force."""
    scope = current.scope()
    stored, _values = registry().read(scope, number)
    if kind not in MEDIA_TYPES:
        raise NotFoundError(_("There is no such form of a document."))
    if request.args.get("edition"):
        data = registry().consolidated_file(scope, number, kind)
    else:
        data = registry().file(scope, number, forms.number(request.args.get("version")), kind)
    return as_file(data, kind, stored)
