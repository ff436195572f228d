"""Signing in and out, the reader's own account, and invitations."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from docgen.errors import AccessError, ConflictError, DocgenError, InputError, refused_field
from docgen.i18n import _
from docgen.web import current, errors, navigation, unsent
from docgen.web.access import anyone, signed_in
from docgen.web.pages import forms

pages = Blueprint("accounts", __name__)


@pages.get("/sign-in")
@anyone
def sign_in_form() -> ResponseReturnValue:
    """The form; those who are signed in are led on."""
    if current.account_or_none() is not None:
        return redirect(_onward(request.args.get("next")))
    return _form()


@pages.post("/sign-in")
@anyone
def sign_in() -> ResponseReturnValue:
    """A new session, and the page that was wanted or what was typed; or what is wrong."""
    try:
        account = current.service().accounts.sign_in(
            request.form.get("login", ""), request.form.get("password", "")
        )
    except AccessError as error:
        return (
            _form(error.message, request.form.get("login", "")),
            errors.status_of(error),
            errors.headers_of(error),
        )
    current.begin_session(account)
    kept = unsent.of_sign_in()
    if kept is not None and unsent.may_be_sent(kept):
        return unsent.confirmation(kept)
    return redirect(_onward(request.form.get("next")))


def _form(fault: str = "", login: str = "") -> str:
    wanted = navigation.safe_target(request.values.get("next"))
    return unsent.door(unsent.of_sign_in(), fault, login, wanted or "")


def _onward(target: str | None) -> str:
    return navigation.safe_target(target) or navigation.home()


@pages.post("/sign-out")
@signed_in
def sign_out() -> ResponseReturnValue:
    """Nobody is signed in any more."""
    current.end_session()
    return redirect(url_for("accounts.sign_in_form"))


@pages.get("/account")
@signed_in
def account() -> ResponseReturnValue:
    """The reader's own account: password and tokens."""
    return _account()


def _account(error: DocgenError | None = None, secret: str = "") -> str:
    return render_template(
        "accounts/account.html",
        tokens=current.service().accounts.tokens(current.scope()),
        faults=forms.faults(error),
        general=forms.general(error),
        secret=secret,
    )


@pages.post("/account/password")
@signed_in
def change_password() -> ResponseReturnValue:
    """The new password in force: other sessions and all tokens are over, this session goes on."""
    try:
        if request.form.get("new") != request.form.get("again"):
            raise refused_field("again", _("This is not the same password."), "passwords-differ")
        changed = current.service().accounts.change_password(
            current.scope(), request.form.get("old", ""), request.form.get("new", "")
        )
    except (InputError, AccessError) as error:
        return (
            _account(error),
            errors.status_of(error),
            errors.headers_of(error),
        )
    current.begin_session(changed)
    flash(_("The password is changed. Other sessions and all tokens have ended."))
    return redirect(url_for("accounts.account"))


@pages.post("/account/sessions")
@signed_in
def end_sessions() -> ResponseReturnValue:
    """All sessions but this one are over."""
    current.begin_session(current.service().accounts.end_sessions(current.scope()))
    flash(_("Your other sessions have ended."))
    return redirect(url_for("accounts.account"))


@pages.post("/account/tokens")
@signed_in
def issue_token() -> ResponseReturnValue:
    """The new token, shown this once."""
    days = forms.number(request.form.get("days")) or 0
    try:
        _token, secret = current.service().accounts.issue_token(
            current.scope(), request.form.get("name", ""), days
        )
    except InputError as error:
        return _account(error), errors.status_of(error)
    return _account(secret=secret)


@pages.post("/account/tokens/<int:token_id>/revoke")
@signed_in
def revoke_token(token_id: int) -> ResponseReturnValue:
    """The token opens nothing any more."""
    current.service().accounts.revoke_token(current.scope(), token_id)
    flash(_("The token is revoked."))
    return redirect(url_for("accounts.account"))


@pages.get("/invitation/<secret>")
@anyone
def invitation(secret: str) -> ResponseReturnValue:
    """The form by which the invited choose a login and a password."""
    return _invitation(secret)


@pages.post("/invitation/<secret>")
@anyone
def accept(secret: str) -> ResponseReturnValue:
    """The account ready and signed in; or the form with what is wrong."""
    try:
        accepted = current.service().accounts.accept_invitation(
            secret, request.form.get("login", ""), request.form.get("password", "")
        )
    except (InputError, ConflictError) as error:
        return _invitation(secret, error), errors.status_of(error), errors.headers_of(error)
    current.begin_session(accepted)
    flash(_("Welcome! Next time sign in as “%(login)s”.") % {"login": accepted.login})
    return redirect(navigation.home())


def _invitation(secret: str, error: DocgenError | None = None) -> str:
    accounts = current.service().accounts
    opened = accounts.open_invitation(secret)
    return render_template(
        "accounts/invitation.html",
        secret=secret,
        invitation=opened,
        login=accounts.login_of(opened),
        faults=forms.faults(error),
        general=forms.general(error),
    )
