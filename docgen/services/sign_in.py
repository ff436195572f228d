"""Signing in: the same work and the same answer whether the login exists or not."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from math import ceil

from docgen.errors import AccessError
from docgen.i18n import _, ngettext
from docgen.models.accounts import Account, Role, Scope
from docgen.services import passwords
from docgen.store import accounts as store
from docgen.store import audit
from docgen.store.database import Database

FREE_ATTEMPTS = 5
LONGEST_WAIT = timedelta(minutes=15)
_FORGOTTEN = timedelta(days=1)


def digest(text: str) -> str:
    """The SHA-256 by which a secret is found again."""
    return hashlib.sha256(text.encode()).hexdigest()


def normal(login: str) -> str:
    """The login as it is kept: people capitalise it, phones add a space."""
    return login.strip().casefold()


class Door:
    """Lets in those who know their password, and counts the failures of all others."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def prove(self, login: str, password: str, action: str) -> Account:
        """The active account, with `action` in the log; else `bad-credentials`, `account-locked`.

        The attempt is counted as failed before the password is looked at, so that those who try
        many at once gain nothing. Hashing holds no transaction.
        """
        key = digest(normal(login))
        account, kept = self._begin(normal(login), key)
        if not passwords.fits(password, kept) or account is None or not account.active:
            self._refuse(account)
            raise AccessError(_("The login or the password is wrong."), code="bad-credentials")
        self._welcome(account, key, password, kept, action)
        return account

    def _begin(self, login: str, key: str) -> tuple[Account | None, str | None]:
        """The account and its hash; one attempt more is counted, and the next may have to wait."""
        at = datetime.now(UTC)
        with self._database.begin() as connection:
            failures, until = store.count_attempt(connection, key, at, at - _FORGOTTEN)
            if until is not None and until > at:  # and what was counted is forgotten
                raise _locked(until - at)
            account = store.find_login(connection, login)
            kept = store.password_hash(connection, account.id) if account is not None else None
            if failures >= FREE_ATTEMPTS:
                pause = timedelta(minutes=2 ** min(failures - FREE_ATTEMPTS, 10))
                store.lock(connection, key, at + min(pause, LONGEST_WAIT))
        return account, kept

    def _refuse(self, account: Account | None) -> None:
        """One line in the log; what was typed may be a password, so it is not kept."""
        scope = Scope(Role.COORDINATOR, account.region if account else None)
        subject = f"account:{account.id}" if account else ""
        with self._database.begin() as connection:
            audit.record(connection, scope, "session.refused", subject)

    def _welcome(
        self, account: Account, key: str, password: str, kept: str | None, action: str
    ) -> None:
        values: dict[str, object] = {"signed_in_at": datetime.now(UTC)}
        if kept is not None and passwords.outdated(kept):
            values["password_hash"] = passwords.hash_password(password)
        with self._database.begin() as connection:
            store.forget_attempts(connection, key)
            store.change(connection, account.id, **values)
            audit.record(connection, Scope.of(account), action, f"account:{account.id}")


def _locked(left: timedelta) -> AccessError:
    seconds = ceil(left.total_seconds())
    minutes = ceil(seconds / 60)
    message = ngettext(
        "Too many failed attempts. Try again in %(count)d minute.",
        "Too many failed attempts. Try again in %(count)d minutes.",
        minutes,
    )
    error = AccessError(message % {"count": minutes}, code="account-locked")
    error.retry_after = seconds
    return error
