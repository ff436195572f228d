"""The rules of accounts: who may be what, and where; steps inside an open transaction."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from docgen.errors import AccessError, ConflictError, NotFoundError, refused_field
from docgen.i18n import _
from docgen.models.accounts import Account, Invitation, Role, Scope
from docgen.services.sign_in import digest
from docgen.store import accounts as store
from docgen.store import audit, keys
from docgen.store.database import Connection

LONGEST_DAYS = 366
LONGEST_NAME = 200
_LOGIN = re.compile(r"[\w.@+-]{3,100}")
T = TypeVar("T")


def found(value: T | None) -> T:
    """The value; NotFoundError for none: what is foreign is as if it did not exist."""
    if value is None:
        raise NotFoundError(_("There is nothing here."))
    return value


def subject(account: Account) -> str:
    """The account as the audit log names it."""
    return f"account:{account.id}"


def named(name: str) -> str:
    """The name without spaces around it; refused when empty."""
    plain = " ".join(name.split())
    if not plain:
        raise refused_field("name", _("Write a name."), "name-missing")
    if len(plain) > LONGEST_NAME or not plain.isprintable():
        raise refused_field(
            "name", _("This name is too long or cannot be printed."), "name-unusable"
        )
    return plain


def checked_login(login: str) -> str:
    """The login, when it is one."""
    if not _LOGIN.fullmatch(login):
        advice = _("From 3 to 100 letters, digits and the signs . @ + - _, without spaces.")
        raise refused_field("login", advice, "login-unusable")
    return login


def lifetime(days: int) -> timedelta:
    """The days as a length of time; refused beyond a year."""
    if not 1 <= days <= LONGEST_DAYS:
        advice = _("From 1 to %(count)d days.") % {"count": LONGEST_DAYS}
        raise refused_field("days", advice, "days-unusable")
    return timedelta(days=days)


def own(scope: Scope) -> int:
    """The id of the account that asks; AccessError for the service itself, which has none."""
    if scope.account_id is None:
        raise AccessError(_("Sign in first."), code="not-signed-in")
    return scope.account_id


def place(
    connection: Connection,
    scope: Scope,
    regions: Collection[str],
    role: Role,
    region: str | None,
    municipality_id: int | None,
) -> dict[str, Any]:
    """Role, region and municipality that fit together and into the scope.

    Nobody gives more than they have: an administrator of a region makes nobody outside it.
    """
    region = region or scope.region
    if scope.region is not None and region != scope.region:
        raise refused_field(
            "region", _("You may do this in your own region only."), "region-foreign"
        )
    if region is None and role is not Role.ADMINISTRATOR:
        raise refused_field("region", _("Choose a region."), "region-missing")
    if region is not None and region not in regions:
        raise refused_field("region", _("There is no such region."), "unknown-region")
    if role is not Role.COORDINATOR:
        municipality_id = None
    elif (municipality_id, region) not in _municipalities(connection, scope):
        advice = _("Choose the municipality whose schools the coordinator reports on.")
        raise refused_field("municipality_id", advice, "municipality-missing")
    return {"role": role, "region": region, "municipality_id": municipality_id}


def _municipalities(connection: Connection, scope: Scope) -> set[tuple[int | None, str | None]]:
    return {(row[0], row[1]) for row in store.municipality_choices(connection, scope)}


def refuse_oneself(scope: Scope, account: Account) -> None:
    """ConflictError when the account is the one that asks: no one locks themselves out."""
    if account.id == scope.account_id:
        message = _("Ask another administrator: this is your own account.")
        raise ConflictError(message, code="own-account")


def keep_an_administrator(connection: Connection, before: Account) -> None:
    """ConflictError when the account was the last that might do everything everywhere."""
    was_one = before.role is Role.ADMINISTRATOR and before.region is None and before.active
    if was_one and not store.unlimited_administrators(connection):
        message = _("At least one administrator of all regions has to stay.")
        raise ConflictError(message, code="last-administrator")


def add(connection: Connection, login: str, values: Mapping[str, Any]) -> Account:
    """The new account; ConflictError when the login is taken."""
    if store.find_login(connection, checked_login(login)) is not None:
        message = _("The login “%(login)s” is taken; choose another.") % {"login": login}
        raise ConflictError(message, code="login-taken")
    number = store.add(connection, {**values, "login": login})
    return found(store.find(connection, Scope.of_service(), number))


def invite(
    connection: Connection, scope: Scope, values: Mapping[str, Any], days: int
) -> tuple[Invitation, str]:
    """The new invitation and its secret."""
    plain = secrets.token_urlsafe(32)
    expires_at = datetime.now(UTC) + lifetime(days)
    number = keys.add_invitation(
        connection,
        {
            **values,
            "hash": digest(plain),
            "author_id": scope.account_id,
            "expires_at": expires_at,
        },
    )
    audit.record(connection, scope, "invitation.made", f"invitation:{number}", role=values["role"])
    return found(keys.invitation(connection, scope, number)), plain


def working(invitation: Invitation | None) -> Invitation:
    """The invitation; NotFoundError when it opens nothing, without saying why."""
    if invitation is None or not invitation.works(datetime.now(UTC)):
        message = _("This link has been used or is too old. Ask for a new one.")
        raise NotFoundError(message, code="invitation-over")
    return invitation


def accept(connection: Connection, invitation: Invitation, login: str, hashed: str) -> Account:
    """The account that the invitation leads to, with its password."""
    if invitation.account_id is not None:
        account = found(store.find(connection, Scope.of_service(), invitation.account_id))
        new_password(connection, account, hashed)
        return found(store.find(connection, Scope.of_service(), account.id))
    account = add(
        connection,
        login,
        {
            "name": invitation.name,
            "role": invitation.role,
            "region": invitation.region,
            "municipality_id": invitation.municipality_id,
            "password_hash": hashed,
        },
    )
    keys.bind(connection, invitation.id, account.id)
    return account


def new_password(connection: Connection, account: Account, hashed: str) -> None:
    """The account has the password, and nothing that was opened with the former one works."""
    store.change(connection, account.id, password_hash=hashed)
    store.forget_attempts(connection, digest(account.login))
    end_everything(connection, account.id)


def end_everything(connection: Connection, number: int) -> None:
    """Sessions, tokens and links of the account are over."""
    at = datetime.now(UTC)
    store.end_sessions(connection, number)
    keys.revoke(connection, number, at)
    keys.withdraw_of(connection, number, at)
