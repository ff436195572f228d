"""Who may come in and as whom: accounts, invitations, tokens."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from docgen.errors import AccessError, ConflictError, refused_field
from docgen.i18n import _
from docgen.models.accounts import Account, Invitation, Role, Scope, Token
from docgen.models.pages import Page
from docgen.services import membership, passwords
from docgen.services.membership import found, subject
from docgen.services.sign_in import Door, digest, normal
from docgen.store import accounts as store
from docgen.store import audit, keys
from docgen.store.database import Database

INVITATION_DAYS = 14
_USE_IS_NOTED = timedelta(hours=1)


class Accounts:
    """The use cases of accounts. An administrator of a region rules that region only."""

    def __init__(self, database: Database, regions: Collection[str]) -> None:
        self._database = database
        self._regions = regions
        self._door = Door(database)

    # -- who asks -------------------------------------------------------------------------------

    def sign_in(self, login: str, password: str) -> Account:
        """The account; AccessError `bad-credentials` or `account-locked`, alike for all logins."""
        return self._door.prove(login, password, "session.begun")

    def account(self, number: int, epoch: int) -> Account | None:
        """The account of a session that began in this epoch, while it is active."""
        with self._database.read() as connection:
            known = store.find(connection, Scope.of_service(), number)
        return known if known is not None and known.active and known.epoch == epoch else None

    def by_token(self, plain: str) -> Account | None:
        """The account of a token that works."""
        at = datetime.now(UTC)
        with self._database.read() as connection:
            known = keys.bearer(connection, digest(plain))
        if known is None or not known[0].works(at):
            return None
        token, account = known
        if token.used_at is None or at - token.used_at > _USE_IS_NOTED:
            with self._database.begin() as connection:
                keys.mark_used(connection, token.id, at)
        return account if account.active else None

    # -- accounts -------------------------------------------------------------------------------

    def list(
        self,
        scope: Scope,
        *,
        search: str = "",
        role: Role | None = None,
        active: bool | None = None,
        page: int = 1,
        page_size: int = 50,
    ) -> Page[Account]:
        """The accounts in view, by name."""
        with self._database.read() as connection:
            return store.page(
                connection, scope, search=search.strip(), role=role, active=active,
                number=page, size=page_size,
            )  # fmt: skip

    def read(self, scope: Scope, number: int) -> Account:
        """The account; NotFoundError when the scope does not see it."""
        with self._database.read() as connection:
            return found(store.find(connection, scope, number))

    def create(
        self,
        scope: Scope,
        login: str,
        name: str,
        role: Role,
        region: str | None = None,
        municipality_id: int | None = None,
        password: str | None = None,
    ) -> Account:
        """A new account; without a password its owner needs a link to set one."""
        login = normal(login)
        hashed = None
        if password is not None:
            passwords.refuse_weak(password, login, name)
            hashed = passwords.hash_password(password)
        with self._database.begin() as connection:
            place = membership.place(
                connection, scope, self._regions, role, region, municipality_id
            )
            values = {"name": membership.named(name), **place}
            created = membership.add(connection, login, {**values, "password_hash": hashed})
            audit.record(connection, scope, "account.created", subject(created), role=role)
        return created

    def update(
        self,
        scope: Scope,
        number: int,
        *,
        name: str,
        role: Role,
        region: str | None = None,
        municipality_id: int | None = None,
        active: bool | None = None,
    ) -> Account:
        """The account under this name, in this role and place; open or closed where that is given.

        A closed account lets nobody in: its sessions, tokens and links are over.
        """
        with self._database.begin() as connection:
            before = found(store.find(connection, scope, number))
            place = membership.place(
                connection, scope, self._regions, role, region, municipality_id
            )
            active = before.active if active is None else active
            if (role, place["region"], active) != (before.role, before.region, before.active):
                membership.refuse_oneself(scope, before)
            store.change(connection, number, name=membership.named(name), active=active, **place)
            if before.active and not active:
                membership.end_everything(connection, number)
            membership.keep_an_administrator(connection, before)
            details = {"role": role, "active": active}
            audit.record(connection, scope, "account.changed", subject(before), **details)
            return found(store.find(connection, scope, number))

    def _open_or_close(self, scope: Scope, number: int, *, active: bool) -> Account:
        """The account lets its owner in again, or nobody any more."""
        account = self.read(scope, number)
        return self.update(
            scope,
            number,
            name=account.name,
            role=account.role,
            region=account.region,
            municipality_id=account.municipality_id,
            active=active,
        )

    def deactivate(self, scope: Scope, number: int) -> Account:
        """The account lets nobody in any more."""
        return self._open_or_close(scope, number, active=False)

    def activate(self, scope: Scope, number: int) -> Account:
        """The account lets its owner in again."""
        return self._open_or_close(scope, number, active=True)

    def change_password(self, scope: Scope, old: str, new: str) -> Account:
        """The account with its new password; its sessions and tokens are over."""
        mine = self.read(scope, membership.own(scope))
        try:
            self._door.prove(mine.login, old, "account.proved")
        except AccessError as error:
            if error.code == "account-locked":
                raise
            message = _("This is not your present password.")
            raise refused_field("old", message, "wrong-password") from error
        return self.set_password(scope, mine.id, new)

    def set_password(self, scope: Scope, number: int, new: str) -> Account:
        """The account with a new password; its sessions and tokens are over."""
        account = self.read(scope, number)
        passwords.refuse_weak(new, account.login, account.name)
        hashed = passwords.hash_password(new)
        with self._database.begin() as connection:
            membership.new_password(connection, account, hashed)
            audit.record(connection, scope, "account.password", subject(account))
            return found(store.find(connection, scope, number))

    def end_sessions(self, scope: Scope) -> Account:
        """The account that asks, all its sessions over; tokens go on."""
        with self._database.begin() as connection:
            account = found(store.find(connection, scope, membership.own(scope)))
            store.end_sessions(connection, account.id)
            audit.record(connection, scope, "account.sessions-ended", subject(account))
            return found(store.find(connection, scope, account.id))

    def municipalities(self, scope: Scope) -> Sequence[tuple[int, str, str]]:
        """The municipalities an account may be bound to, as (id, region, name)."""
        with self._database.read() as connection:
            return store.municipality_choices(connection, scope)

    # -- invitations ----------------------------------------------------------------------------

    def invite(
        self,
        scope: Scope,
        name: str,
        municipality_id: int | None = None,
        role: Role = Role.COORDINATOR,
        *,
        region: str | None = None,
        days: int = INVITATION_DAYS,
    ) -> tuple[Invitation, str]:
        """An invitation and its secret, which is shown this once."""
        with self._database.begin() as connection:
            place = membership.place(
                connection, scope, self._regions, role, region, municipality_id
            )
            return membership.invite(
                connection, scope, {**place, "name": membership.named(name)}, days
            )

    def reset(self, scope: Scope, number: int, days: int = 2) -> tuple[Invitation, str]:
        """A link by which the account gets a new password, once; former links are over."""
        with self._database.begin() as connection:
            account = found(store.find(connection, scope, number))
            if not account.active:
                raise ConflictError(_("The account is not active."), code="account-inactive")
            keys.withdraw_of(connection, account.id, datetime.now(UTC))
            values = {
                "account_id": account.id,
                "name": account.name,
                "role": account.role,
                "region": account.region,
                "municipality_id": account.municipality_id,
            }
            return membership.invite(connection, scope, values, days)

    def invitations(self, scope: Scope) -> Sequence[Invitation]:
        """The invitations that still work, the newest first."""
        with self._database.read() as connection:
            return keys.open_invitations(connection, scope, datetime.now(UTC))

    def withdraw(self, scope: Scope, number: int) -> None:
        """The invitation opens nothing any more."""
        with self._database.begin() as connection:
            found(keys.invitation(connection, scope, number))
            keys.withdraw(connection, number, datetime.now(UTC))
            audit.record(connection, scope, "invitation.withdrawn", f"invitation:{number}")

    def open_invitation(self, plain: str) -> Invitation:
        """The invitation with this secret; NotFoundError when it was used or is too old."""
        with self._database.read() as connection:
            return membership.working(keys.invitation_by_hash(connection, digest(plain)))

    def login_of(self, invitation: Invitation) -> str | None:
        """The login that a link to a new password is for; None where a new one is chosen."""
        if invitation.account_id is None:
            return None
        return self.read(Scope.of_service(), invitation.account_id).login

    def accept_invitation(self, plain: str, login: str, password: str) -> Account:
        """The account the invitation is for, new or with a new password. It works once."""
        invitation = self.open_invitation(plain)
        login = self.login_of(invitation) or normal(login)
        membership.checked_login(login)
        passwords.refuse_weak(password, login, invitation.name)
        hashed = passwords.hash_password(password)
        with self._database.begin() as connection:
            if not keys.use(connection, invitation.id, datetime.now(UTC)):
                membership.working(None)
            account = membership.accept(connection, invitation, login, hashed)
            opened = f"invitation:{invitation.id}"
            audit.record(connection, Scope.of(account), "invitation.accepted", opened)
        return account

    # -- tokens ---------------------------------------------------------------------------------

    def issue_token(self, scope: Scope, name: str, days: int = 365) -> tuple[Token, str]:
        """A token of the account that asks, and its secret, which is shown this once."""
        at, plain = datetime.now(UTC), f"dg_{secrets.token_urlsafe(32)}"
        account_id = membership.own(scope)
        values = {
            "account_id": account_id,
            "name": membership.named(name),
            "prefix": plain[:9],
            "hash": digest(plain),
            "expires_at": at + membership.lifetime(days),
        }
        with self._database.begin() as connection:
            number = keys.add_token(connection, values)
            audit.record(connection, scope, "token.issued", f"token:{number}")
            token = keys.token(connection, number, account_id)
        return found(token), plain

    def tokens(self, scope: Scope) -> Sequence[Token]:
        """The tokens of the account that asks, the newest first."""
        with self._database.read() as connection:
            return keys.tokens_of(connection, membership.own(scope))

    def revoke_token(self, scope: Scope, number: int) -> None:
        """The token opens nothing any more."""
        with self._database.begin() as connection:
            token = found(keys.token(connection, number, membership.own(scope)))
            keys.revoke(connection, token.account_id, datetime.now(UTC), number)
            audit.record(connection, scope, "token.revoked", f"token:{number}")

    # -- what happened --------------------------------------------------------------------------

    def audit(
        self, scope: Scope, *, before: int | None = None, limit: int = 100
    ) -> Sequence[audit.Entry]:
        """The log of the region, the newest first."""
        with self._database.read() as connection:
            return audit.entries(connection, scope, before=before, limit=limit)
