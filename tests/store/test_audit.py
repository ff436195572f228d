from __future__ import annotations

from docgen.models.accounts import Role, Scope
from docgen.store import audit
from docgen.store.database import Database

SMOLENSK = Scope(Role.CLERK, "smolensk", login="ivanova")
YUGRA = Scope(Role.CLERK, "yugra", login="petrova")


def test_tells_the_newest_first_and_only_the_own_region(database: Database) -> None:
    with database.begin() as connection:
        audit.record(connection, SMOLENSK, "document.created", "document:1", title="Приказ")
        audit.record(connection, YUGRA, "document.created", "document:2")
        audit.record(connection, SMOLENSK, "document.registered", "document:1")
    with database.read() as connection:
        seen = audit.entries(connection, SMOLENSK)
    assert [(e.action, e.object, e.login) for e in seen] == [
        ("document.registered", "document:1", "ivanova"),
        ("document.created", "document:1", "ivanova"),
    ]
    assert seen[1].details == {"title": "Приказ"}
    assert seen[0].at.tzinfo is not None


def test_the_service_reads_every_region(database: Database) -> None:
    with database.begin() as connection:
        audit.record(connection, SMOLENSK, "a")
        audit.record(connection, YUGRA, "b")
    with database.read() as connection:
        assert len(audit.entries(connection, Scope.of_service())) == 2
