"""A service filled to be looked at: the five orders, a running stage, and people of each role."""

from __future__ import annotations

import copy
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from docgen.errors import FindingsError
from docgen.export.data import order_values
from docgen.importers.submissions import import_submissions
from docgen.models import Order
from docgen.models.accounts import Role, Scope
from docgen.models.monitoring import MonitoringStage, Place
from docgen.models.registry import StoredDocument
from docgen.models.submissions import Municipality, Submission, gathered_roster
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
_ROWS_OF_DRAFT = 12
_ROWS_SENT = 4
_WORDS = ("берёза", "синица", "тетрадь", "глобус", "яблоня", "родник", "ласточка", "перемена")
_CLERKS = {
    "astrakhan": "Волгина Нина Андреевна",
    "kirov": "Вяткина Ольга Семёновна",
    "moscow_oblast": "Клязьмина Елена Юрьевна",
    "smolensk": "Днепрова Анна Петровна",
    "yugra": "Иртышева Мария Львовна",
}
_COORDINATORS = (
    "Орлова Вера Михайловна",
    "Гусева Ирина Павловна",
    "Соколова Елена Викторовна",
    "Журавлёв Олег Николаевич",
    "Голубева Татьяна Сергеевна",
    "Воробьёва Наталья Ивановна",
    "Снегирёв Андрей Юрьевич",
    "Лебедева Галина Петровна",
    "Синицына Ольга Дмитриевна",
    "Ястребова Марина Львовна",
    "Чайкина Светлана Борисовна",
)
_COMMENT = "Приложите протокол или справку: по ссылке документ не открывается."


@dataclass(frozen=True, slots=True)
class Guest:
    """Someone to sign in as; `place` is a coordinator's municipality."""

    login: str
    name: str
    role: Role
    region: str | None
    password: str
    place: str = ""


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
        guests = sorted(self._fill(), key=lambda guest: guest.region not in (None, REGION))
        text = json.dumps([asdict(guest) for guest in guests], ensure_ascii=False)
        with put_in_place(kept, 0o600) as file:
            file.write(text.encode())
        return guests

    def _fill(self) -> Iterator[Guest]:
        yield self._guest("admin", "Смирнов Пётр Ильич", Role.ADMINISTRATOR)[0]
        guest, analyst = self._guest("analyst", "Лосева Дарья Игоревна", Role.ANALYST, REGION)
        yield guest
        for order in self._orders():
            login = "clerk" if order.region == REGION else f"clerk-{order.region}"
            name = _CLERKS.get(order.region, login)
            guest, clerk = self._guest(login, name, Role.CLERK, order.region)
            yield guest
            stored = self._stored(clerk, order)
            if order.region == REGION:
                self._work_of_clerk(clerk, stored, order_values(order))
                yield self._stage(analyst, stored)

    def _guest(
        self,
        login: str,
        name: str,
        role: Role,
        region: str | None = None,
        place: Place | None = None,
    ) -> tuple[Guest, Scope]:
        words = "-".join(secrets.choice(_WORDS) for _word in range(3))
        password = f"{words}-{secrets.randbelow(1_000_000):06}"
        home = place.id if place else None
        made = self.accounts.create(SERVICE, login, name, role, region, home, password)
        guest = Guest(login, name, role, region, password, place.name if place else "")
        return guest, Scope.of(made)

    def _orders(self) -> Iterator[Order]:
        for path in sorted(self.examples.glob("*.yaml")):
            yield self.documents.load(path)

    def _stored(self, clerk: Scope, order: Order) -> StoredDocument:
        """The order registered as it was published; one that no one may sign stays a draft."""
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

    def _work_of_clerk(self, clerk: Scope, order: StoredDocument, values: dict[str, Any]) -> None:
        """An amendment that waits to be registered, and a draft with mistakes to be mended."""
        amended = copy.deepcopy(values)
        rows = amended["annexes"][0]["sections"][0]["items"]
        rows[0]["deadline"], rows[1]["executor"] = "до 28.02.2022", "ЦНППМ, муниципальные кураторы"
        self.registry.amend(clerk, order.id, amended)
        begun = copy.deepcopy(values)
        del begun["date"], begun["number"]
        section = begun["annexes"][0]["sections"][0]
        section["items"] = section["items"][:_ROWS_OF_DRAFT]
        begun["annexes"][0]["sections"] = [section]
        section["items"][2]["deadline"] = "до 31.02.2022"
        self.registry.create(clerk, begun)

    def _stage(self, analyst: Scope, order: StoredDocument) -> Guest:
        """The coordinator of a municipality that has begun to answer, among others that did."""
        (source,) = (self.examples / "submissions").glob(f"{REGION}.*")
        rows = [row for row in import_submissions(source).batch.rows if row.stage == _STAGE]
        gathered = gathered_roster((row.municipality, row.school) for row in rows)
        roster = tuple(map(_coordinated, gathered, cycle(_COORDINATORS)))
        roadmap = self.monitoring.publish(analyst, order.id, roster)
        stage = self.monitoring.open_stage(analyst, roadmap.id, _STAGE, now() + _OPEN_FOR)
        found = self.monitoring.schools(analyst, roadmap.id)
        schools = {(school.municipality_id, school.name): school.id for school in found}
        answers = {
            place: list(_answers((r for r in rows if r.municipality == place.name), place, schools))
            for place in self.monitoring.municipalities(analyst)
        }
        first, *others = answers
        for place in others[::2]:
            login = f"coordinator-{place.id}"
            scope = self._guest(login, place.coordinator, Role.COORDINATOR, REGION, place)[1]
            self.submissions.submit(scope, stage.id, answers[place])
        login, name = "coordinator", first.coordinator
        guest, coordinator = self._guest(login, name, Role.COORDINATOR, REGION, first)
        self._begun(coordinator, analyst, stage, answers[first])
        return guest

    def _begun(
        self,
        coordinator: Scope,
        analyst: Scope,
        stage: MonitoringStage,
        answers: list[dict[str, Any]],
    ) -> None:
        """Some answers sent, the first of them returned, and one more saved but not sent."""
        self.submissions.submit(coordinator, stage.id, answers[:_ROWS_SENT])
        self.submissions.save(coordinator, stage.id, answers[_ROWS_SENT : _ROWS_SENT + 1])
        given = self.submissions.answers(analyst, stage.id, item=answers[0]["item"])
        (own,) = [a for a in given if a.key.school_id == answers[0].get("school_id")]
        self.submissions.return_row(analyst, own.id, _COMMENT)


def _coordinated(entry: Municipality, name: str) -> Municipality:
    return replace(entry, coordinator=name)


def _answers(
    rows: Iterable[Submission], place: Place, schools: Mapping[tuple[int, str], int]
) -> Iterator[dict[str, Any]]:
    for row in rows:
        answer: dict[str, Any] = {"item": row.item, "status": row.status}
        if row.school:
            answer["school_id"] = schools[place.id, row.school]
        given = {"value": row.value, "evidence": row.evidence, "comment": row.comment}
        given["date"] = row.date.isoformat() if row.date else None
        yield answer | {key: value for key, value in given.items() if value not in (None, "")}
