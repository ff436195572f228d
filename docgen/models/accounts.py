"""Who uses the service, what they may do, and how far they see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a person is in the service; design.md section 1."""

    CLERK = "clerk"
    ANALYST = "analyst"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Account:
    """A user as the store keeps them, without the password.

    An administrator without a region sees every region; a coordinator sees one municipality.
    `epoch` changes with the password: sessions and tokens of an earlier one are over.
    """

    id: int
    login: str
    name: str
    role: Role
    region: str | None = None
    municipality_id: int | None = None
    active: bool = True
    epoch: int = 0
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks and how far they see. No query of the store runs without one.

    `region` None means every region, `municipality_id` None every municipality of the region.
    `account_id` is None where the service itself acts: the sweeper, a worker, the command line.
    """

    role: Role
    region: str | None = None
    municipality_id: int | None = None
    account_id: int | None = None
    login: str = ""

    @classmethod
    def of(cls, account: Account) -> Scope:
        """The scope of an account."""
        return cls(account.role, account.region, account.municipality_id, account.id, account.login)

    @classmethod
    def of_service(cls) -> Scope:
        """The scope of the service itself, which sees everything."""
        return cls(Role.ADMINISTRATOR, login="docgen")


@dataclass(frozen=True, slots=True)
class Token:
    """A key for programs: what may be shown of it. Its secret is known only to its owner."""

    id: int
    account_id: int
    name: str
    prefix: str
    created_at: datetime
    expires_at: datetime | None = None
    used_at: datetime | None = None
    revoked_at: datetime | None = None

    def works(self, at: datetime) -> bool:
        """Whether it opens anything at that moment."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > at)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that works once: for a new account, or for a new password of `account_id`."""

    id: int
    role: Role
    name: str
    region: str | None
    municipality_id: int | None
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    account_id: int | None = None

    def works(self, at: datetime) -> bool:
        """Whether it opens anything at that moment."""
        return self.used_at is None and self.expires_at > at
