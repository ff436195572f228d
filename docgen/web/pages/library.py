"""Administration of templates and profiles: versions, which one is used, and what is wrong."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from docgen.errors import ConflictError, InputError, ProblemsError
from docgen.i18n import _, noop
from docgen.models.accounts import Role
from docgen.services.library import What
from docgen.web import current, errors
from docgen.web.access import allow
from docgen.web.downloads import MEDIA_TYPES, attachment
from docgen.web.pages import forms

pages = Blueprint("library", __name__, url_prefix="/library")
administrators = allow(Role.ADMINISTRATOR)
NAMES = {
    "order.docx": noop("Order with annexes (order.docx)"),
    "order_plain.docx": noop("Order without annexes (order_plain.docx)"),
    "amendment.docx": noop("Amending order (amendment.docx)"),
    "diff.docx": noop("Comparison of two editions (diff.docx)"),
    "report.docx": noop("Report of a stage (report.docx)"),
    "letter.docx": noop("Letter to a municipality (letter.docx)"),
}
"""Templates whose mistakes the doctor can tell."""


@pages.get("/templates")
@administrators
def templates() -> ResponseReturnValue:
    """The versions of templates, and the form for another one."""
    return _templates()


@pages.post("/templates")
@administrators
def add_template() -> ResponseReturnValue:
    """The template kept, with what the doctor says of it; or everything that is wrong with it."""
    upload = request.files.get("file")
    form = request.form
    try:
        if upload is None or not upload.filename:
            raise InputError(_("Choose a file."), code="file-missing")
        made, faults = current.service().library.add_template(
            current.scope(),
            form.get("region") or None,
            form.get("name", "").strip(),
            upload.read(),
            form.get("reason", "").strip(),
            called=upload.filename,
        )
    except ProblemsError as error:
        return _templates(error), errors.status_of(error)
    flash(_("Version %(version)d is kept.") % {"version": made.version}, "good")
    for fault in faults:
        flash(f"{fault.place}: {fault.message}", "bad")
    return redirect(url_for("library.templates"))


def _templates(error: ProblemsError | None = None) -> str:
    service, own = current.service(), current.scope().region
    regions = service.documents.regions
    known = [(code, regions[code].profile.name) for code in ([own] if own else regions)]
    return render_template(
        "administration/templates.html",
        editions=service.library.templates(current.scope()),
        codes=known if own else [("", _("all regions")), *known],
        names=[(name, _(words)) for name, words in NAMES.items()],
        error=error,
        form=request.form,
    )


@pages.get("/templates/<int:template_id>")
@administrators
def template(template_id: int) -> ResponseReturnValue:
    """The file of a version."""
    edition, data = current.service().library.template(current.scope(), template_id)
    return attachment(edition.name, data, MEDIA_TYPES["docx"])


@pages.post("/templates/<int:template_id>/use")
@administrators
def use_template(template_id: int) -> ResponseReturnValue:
    """This version is used from now on."""
    return _use("template", template_id)


@pages.post("/templates/<int:template_id>/drop")
@administrators
def drop_template(template_id: int) -> ResponseReturnValue:
    """The one shipped with docgen is used again."""
    return _drop("template", template_id, _("The template shipped with docgen is used now."))


@pages.get("/profiles")
@administrators
def profiles() -> ResponseReturnValue:
    """The regions, and the versions of their profiles."""
    library, scope = current.service().library, current.scope()
    codes = [scope.region] if scope.region else list(current.service().documents.regions)
    return render_template(
        "administration/profiles.html", codes=codes, editions=library.profiles(scope)
    )


@pages.get("/profiles/<region>")
@administrators
def profile(region: str) -> ResponseReturnValue:
    """The profile in use, or the version asked for, to be edited."""
    library, scope = current.service().library, current.scope()
    number = forms.number(request.args.get("version"))
    text = library.profile(scope, number)[1] if number else library.profile_text(scope, region)
    return _profile(region, text)


@pages.post("/profiles/<region>")
@administrators
def change_profile(region: str) -> ResponseReturnValue:
    """The profile in use from now on; or every fault with its line."""
    text = request.form.get("text", "")
    upload = request.files.get("file")
    if upload is not None and upload.filename:
        text = upload.read().decode("utf-8", "replace")
    try:
        current.service().library.add_profile(
            current.scope(), region, text, request.form.get("reason", "").strip()
        )
    except (ProblemsError, ConflictError) as error:
        return _profile(region, text, error), errors.status_of(error)
    flash(_("The profile is in use."), "good")
    return redirect(url_for("library.profiles"))


def _profile(code: str, text: str, error: ProblemsError | ConflictError | None = None) -> str:
    return render_template("administration/profile.html", code=code, text=text, error=error)


@pages.post("/profiles/<int:profile_id>/use")
@administrators
def use_profile(profile_id: int) -> ResponseReturnValue:
    """This version is used from now on."""
    return _use("profile", profile_id)


@pages.post("/profiles/<int:profile_id>/drop")
@administrators
def drop_profile(profile_id: int) -> ResponseReturnValue:
    """The one shipped with docgen is used again."""
    return _drop("profile", profile_id, _("The profile shipped with docgen is used now."))


def _use(what: What, number: int) -> ResponseReturnValue:
    edition = current.service().library.use(current.scope(), what, number)
    flash(_("Version %(version)d is used now.") % {"version": edition.version}, "good")
    return redirect(url_for(f"library.{what}s"))


def _drop(what: What, number: int, told: str) -> ResponseReturnValue:
    current.service().library.drop(current.scope(), what, number)
    flash(told, "good")
    return redirect(url_for(f"library.{what}s"))
