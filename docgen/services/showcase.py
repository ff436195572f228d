"""A service filled to be looked at: the five orders, a running stage, and people of each role."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from docgen.errors import FindingsError
from docgen.export.data import order_values
from docgen.i18n import _
from docgen.importers.submissions import import_submissions
from docgen.models import Order
from docgen.models.accounts import Role, Scope
from docgen.models.registry import StoredDocument
from docgen.models.submissions import Submission, gathered_roster
from docgen.services.accounts import Accounts
from docgen.services.documents import Documents
from docgen.services.monitoring import Monitoring
from docgen.services.registry import Registry
from docgen.services.submissions import Submissions
from docgen.store.files import put_in_place
from docgen.store.tables import now

SERVICE = Scope.of_service()
REGION = "smolensk"
_STAGE = 1
_OPEN_FOR = timedelta(days=14)
_WORDS = ("берёза", "синица", "тетрадь", "глобус", "яблоня", "родник", "ласточка", "перемена")


@dataclass(frozen=True, slots=True)
class Guest:
    """Someone to sign in as."""

    login: str
    name: str
    role: Role
    region: str | None
    password: str


@dataclass(frozen=True, slots=True)
class Showcase:
    """Fills an empty service; what it does goes through the use cases that people use."""

    documents: Documents
    accounts: Accounts
    registry: Registry
    monitoring: Monitoring
    submissions: Submissions
    examples: Path

    def open(self, home: Path) -> list[Guest]:
        """The people to sign in as: made now, or when the service was filled before.

        Empty where the service has users of its own: it is left alone.
        """
        kept = home / "demo-users.json"
        if kept.exists():
            return [Guest(**each) for each in json.loads(kept.read_text("utf-8"))]
        if self.accounts.list(SERVICE).total:
            return []
        guests = list(self._fill())
        text = json.dumps([asdict(guest) for guest in guests], ensure_ascii=False)
        with put_in_place(kept, 0o600) as file:
            file.write(text.encode())
        return guests

    def _fill(self) -> Iterator[Guest]:
        yield self._guest("admin", "Администратор", Role.ADMINISTRATOR, None)
        yield self._guest("clerk", "Делопроизводитель", Role.CLERK, REGION)
        yield self._guest("analyst", "Аналитик", Role.ANALYST, REGION)
        yield self._guest("clerk-kirov", "Делопроизводитель", Role.CLERK, "kirov")
        stored = {order.region: self._stored(order) for order in self._orders()}
        yield self._stage(stored[REGION])

    def _guest(
        self, login: str, name: str, role: Role, region: str | None, place: int | None = None
    ) -> Guest:
        words = "-".join(secrets.choice(_WORDS) for _word in range(3))
        password = f"{words}-{secrets.randbelow(1_000_000):06}"
        self.accounts.create(SERVICE, login, name, role, region, place, password)
        return Guest(login, name, role, region, password)

    def _orders(self) -> Iterator[Order]:
        for path in sorted(self.examples.glob("*.yaml")):
            yield self.documents.load(path)

    def _stored(self, order: Order) -> StoredDocument:
        """The order registered as it was published; one that no one may sign stays a draft."""
        clerk = Scope(Role.CLERK, order.region, login="docgen")
        values = order_values(order)
        day, number = values.pop("date", None), values.pop("number", None)
        draft = self.registry.create(clerk, values)
        if day is None or number is None:
            return draft
        try:
            return self.registry.register(
                clerk, draft.id, draft.version, date=date.fromisoformat(str(day)), number=number
            )
        except FindingsError:
            return draft

    def _stage(self, order: StoredDocument) -> Guest:
        """The coordinator of a municipality that has yet to answer, among others that did."""
        analyst = Scope(Role.ANALYST, REGION, login="analyst")
        (source,) = (self.examples / "submissions").glob(f"{REGION}.*")
        rows = import_submissions(source).batch.rows
        roster = gathered_roster((row.municipality, row.school) for row in rows)
        roadmap = self.monitoring.publish(analyst, order.id, roster)
        stage = self.monitoring.open_stage(analyst, roadmap.id, _STAGE, now() + _OPEN_FOR)
        places = self.monitoring.municipalities(analyst)
        found = self.monitoring.schools(analyst, roadmap.id)
        for place in places[1::2]:
            given = [row for row in rows if row.municipality == place.name and row.stage == _STAGE]
            scope = Scope(Role.COORDINATOR, REGION, place.id, login="docgen")
            schools = {s.name: s.id for s in found if s.municipality_id == place.id}
            self.submissions.submit(scope, stage.id, list(_answers(given, schools)))
        name, place_id = places[0].name, places[0].id
        title = _("Coordinator, %(place)s") % {"place": name}
        return self._guest("coordinator", title, Role.COORDINATOR, REGION, place_id)


def _answers(rows: Sequence[Submission], schools: dict[str, int]) -> Iterable[dict[str, Any]]:
    for row in rows:
        answer: dict[str, Any] = {"item": row.item, "status": row.status}
        if row.school:
            answer["school_id"] = schools[row.school]
        given = {"value": row.value, "evidence": row.evidence, "comment": row.comment}
        given["date"] = row.date.isoformat() if row.date else None
        yield answer | {key: value for key, value in given.items() if value not in (None, "")}
