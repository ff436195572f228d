"""The clerk's pages of documents: the list, the order form, registration, amendments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from docgen.checks.catalogue import CATALOGUE
from docgen.errors import DocgenError, InputError, Problem, ProblemsError
from docgen.i18n import _
from docgen.models import Finding
from docgen.models.accounts import Role
from docgen.models.registry import State
from docgen.services.registry import Registry
from docgen.web import current, errors
from docgen.web.access import allow
from docgen.web.pages import forms

pages = Blueprint("documents", __name__, url_prefix="/documents")

clerks = allow(Role.CLERK)
readers = allow(Role.CLERK, Role.ANALYST, Role.ADMINISTRATOR)

GRAVEST_FIRST = ("error", "warning", "info")
SORTS = ("-updated", "title", "-date", "number")


def registry() -> Registry:
    """The registry of the service at hand."""
    return current.service().registry


# -- the list -----------------------------------------------------------------------------------


@pages.get("/")
@readers
def index() -> ResponseReturnValue:
    """The documents of the region, searched, filtered and sorted."""
    search, state = request.args.get("search", ""), request.args.get("state", "")
    sort = request.args.get("sort", "-updated")
    found = registry().documents(
        current.scope(),
        search=search,
        state=State(state) if state in list(State) else None,
        sort=sort if sort in SORTS else "-updated",
        page=forms.number(request.args.get("page")) or 1,
        page_size=25,
    )
    return render_template(
        "documents/index.html", found=found, search=search, state=state, sort=sort
    )


# -- a new document -------------------------------------------------------------------------------


@pages.get("/new")
@clerks
def new() -> ResponseReturnValue:
    """How a new order begins: from the region's starter, or from an existing file."""
    return _new()


def _new(error: DocgenError | None = None) -> str:
    return render_template(
        "documents/new.html",
        codes=list(current.service().documents.regions),
        year=today().year,
        general=error.message if error else "",
        problems=error.problems if isinstance(error, ProblemsError) else (),
    )


@pages.post("/new")
@clerks
def begin() -> ResponseReturnValue:
    """A draft with the region's own words, open in the form."""
    scope = current.scope()
    year = forms.number(request.form.get("year")) or today().year
    try:
        values = registry().starter(scope, request.form.get("region"), year)
        made = registry().create(scope, values)
    except InputError as error:
        return _new(error), errors.status_of(error)
    return redirect(url_for("editing.edit", number=made.id))


@pages.post("/import")
@clerks
def upload() -> ResponseReturnValue:
    """A draft with what was read from the file; its doubtful cells are marked in the form."""
    scope, file = current.scope(), request.files.get("file")
    try:
        if file is None or not file.filename:
            message = _("Choose a file.")
            raise InputError(message, (Problem("file", message, "missing-key"),))
        read = registry().import_file(scope, file.filename, file.read(), request.form.get("region"))
        reason = _("imported from %(name)s") % {"name": file.filename}
        made = registry().create(scope, read.values, reason, read.doubts)
    except InputError as error:
        return _new(error), errors.status_of(error)
    return redirect(url_for("editing.edit", number=made.id))


# -- one document ---------------------------------------------------------------------------------


@pages.get("/<int:number>")
@readers
def show(number: int) -> ResponseReturnValue:
    """What the document is, what can be done with it, and what the checks find."""
    scope = current.scope()
    stored, values = registry().read(scope, number)
    findings = findings_of(number)
    amended = stored.amends_id and registry().read(scope, stored.amends_id)[0]
    return render_template(
        "documents/show.html",
        stored=stored,
        values=values,
        findings=findings,
        groups=grouped(findings),
        amended=amended,
        amendments=registry().amendments(scope, number),
    )


def findings_of(number: int) -> list[Finding]:
    """What the checks find; an amendment that no longer fits tells so by itself."""
    try:
        return registry().findings(current.scope(), number)
    except ProblemsError as error:
        return [Finding(error.code, "error", "", "", error.message)]


def grouped(findings: Sequence[Finding]) -> list[tuple[str, list[Finding]]]:
    """Those that stand open by their kind, the gravest first: what the kind means, and them."""
    kinds: dict[tuple[int, str], list[Finding]] = {}
    for found in findings:
        if not found.acknowledged:
            grave = GRAVEST_FIRST.index(found.severity)
            kinds.setdefault((grave, found.code), []).append(found)
    titles = {code: _(check.title) for code, check in CATALOGUE.items()}
    ordered = sorted(kinds.items(), key=lambda kind: kind[0][0])
    return [(titles.get(code, code), found) for (_grave, code), found in ordered]


@pages.post("/<int:number>/acknowledge")
@clerks
def acknowledge(number: int) -> ResponseReturnValue:
    """The finding signed for, with a reason."""
    form = request.form
    version = forms.number(form.get("version")) or 0
    finding = form.get("code", ""), form.get("path", "")
    registry().acknowledge(current.scope(), number, version, finding, form.get("reason", ""))
    flash(_("The finding is acknowledged."))
    return redirect(url_for("editing.edit", number=number))


def page_of(number: int) -> str:
    """The address of the page of a document."""
    return url_for("documents.show", number=number)


@pages.post("/<int:number>/settle")
@clerks
def settle(number: int) -> ResponseReturnValue:
    """All doubts of the import looked into."""
    registry().settle_doubts(current.scope(), number)
    return redirect(url_for("editing.edit", number=number))


@pages.post("/<int:number>/withdraw")
@clerks
def withdraw(number: int) -> ResponseReturnValue:
    """The draft out of the list; it can be restored."""
    registry().withdraw(current.scope(), number, forms.number(request.form.get("version")) or 0)
    flash(_("The draft is withdrawn. It can be restored from its page."))
    return redirect(page_of(number))


@pages.post("/<int:number>/restore")
@clerks
def restore(number: int) -> ResponseReturnValue:
    """The withdrawn draft back in the list."""
    registry().restore(current.scope(), number)
    flash(_("The draft is restored."))
    return redirect(page_of(number))


def today() -> date:
    """The day it is in the reader's region."""
    return current.now().date()
