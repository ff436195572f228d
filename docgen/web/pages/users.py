"""Administration of users: the list, invitations, and what may be done to one account."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from docgen.errors import ConflictError, DocgenError, InputError
from docgen.i18n import _
from docgen.models.accounts import Account, Role
from docgen.web import current, errors, navigation
from docgen.web.access import allow
from docgen.web.pages import forms

pages = Blueprint("users", __name__, url_prefix="/users")
administrators = allow(Role.ADMINISTRATOR)


@pages.get("/")
@administrators
def index() -> ResponseReturnValue:
    """The accounts in view, sought by name or login, and the invitations that still work."""
    accounts = current.service().accounts
    role = request.args.get("role", "")
    state = request.args.get("state", "active")
    found = accounts.list(
        current.scope(),
        search=request.args.get("search", ""),
        role=Role(role) if role in list(Role) else None,
        active={"active": True, "inactive": False}.get(state),
        page=forms.number(request.args.get("page")) or 1,
    )
    invitations = accounts.invitations(current.scope())
    return render_template(
        "users/index.html",
        found=found,
        role=role,
        state=state,
        invitations=invitations,
        homes={key: name for key, _region, name in accounts.municipalities(current.scope())},
    )


@pages.get("/new")
@administrators
def new() -> ResponseReturnValue:
    """The form of an invitation, or of an account with a password at once."""
    return _new()


@pages.post("/invitations")
@administrators
def invite() -> ResponseReturnValue:
    """The invitation's link, shown this once; or the form with what is wrong."""
    try:
        place = _place()
        invitation, secret = current.service().accounts.invite(
            current.scope(),
            request.form.get("name", ""),
            place["municipality_id"],
            place["role"],
            region=place["region"],
            days=forms.number(request.form.get("days")) or 0,
        )
    except InputError as error:
        return _new(error), errors.status_of(error)
    return _link(secret, invitation.name)


@pages.post("/invitations/<int:invitation_id>/withdraw")
@administrators
def withdraw(invitation_id: int) -> ResponseReturnValue:
    """The invitation opens nothing any more."""
    current.service().accounts.withdraw(current.scope(), invitation_id)
    flash(_("The link does not work any more."))
    return redirect(url_for("users.index"))


@pages.get("/<int:user_id>")
@administrators
def show(user_id: int) -> ResponseReturnValue:
    """One account, to be changed."""
    return _show(current.service().accounts.read(current.scope(), user_id))


@pages.post("/<int:user_id>")
@administrators
def update(user_id: int) -> ResponseReturnValue:
    """The account changed; or the form with what is wrong."""
    accounts = current.service().accounts
    try:
        accounts.update(current.scope(), user_id, name=request.form.get("name", ""), **_place())
    except (InputError, ConflictError) as error:
        account = accounts.read(current.scope(), user_id)
        return _show(account, error), errors.status_of(error)
    flash(_("Saved."))
    return redirect(url_for("users.show", user_id=user_id))


@pages.post("/<int:user_id>/deactivate")
@administrators
def deactivate(user_id: int) -> ResponseReturnValue:
    """The account lets nobody in."""
    current.service().accounts.deactivate(current.scope(), user_id)
    flash(_("The account is closed; its sessions and tokens have ended."))
    return redirect(url_for("users.show", user_id=user_id))


@pages.post("/<int:user_id>/activate")
@administrators
def activate(user_id: int) -> ResponseReturnValue:
    """The account lets its owner in again."""
    current.service().accounts.activate(current.scope(), user_id)
    flash(_("The account is open again."))
    return redirect(url_for("users.show", user_id=user_id))


@pages.post("/<int:user_id>/reset")
@administrators
def reset(user_id: int) -> ResponseReturnValue:
    """A link by which the owner sets a new password, shown this once."""
    invitation, secret = current.service().accounts.reset(current.scope(), user_id)
    return _link(secret, invitation.name)


def _place() -> dict[str, Any]:
    """Role, region and municipality as the form has them; a municipality tells its region."""
    role = request.form.get("role", "")
    return {
        "role": Role(role) if role in list(Role) else Role.COORDINATOR,
        "region": request.form.get("region") or None,
        "municipality_id": forms.number(request.form.get("municipality_id")),
    }


def _link(secret: str, name: str) -> str:
    link = url_for("accounts.invitation", secret=secret, _external=True)
    return render_template("users/link.html", link=link, name=name)


def _new(error: DocgenError | None = None) -> str:
    return render_template("users/new.html", **_choices(error))


def _show(account: Account, error: DocgenError | None = None) -> str:
    return render_template("users/show.html", account=account, **_choices(error))


def _choices(error: DocgenError | None) -> dict[str, Any]:
    """What the forms offer: roles, regions in view, municipalities in view."""
    service, scope = current.service(), current.scope()
    codes = [scope.region] if scope.region else list(service.documents.regions)
    names = [(code, service.documents.regions[code].profile.name) for code in codes]
    every = [] if scope.region else [("", _("all regions, for an administrator"))]
    places = [
        (key, name if scope.region else f"{name} ({dict(names).get(code, code)})")
        for key, code, name in service.accounts.municipalities(scope)
    ]
    return {
        "role_choices": [(role.value, _(label)) for role, label in navigation.ROLES.items()],
        "region_choices": names + every,
        "municipality_choices": [("", "–"), *places],
        "faults": forms.faults(error),
        "general": forms.general(error),
    }
