"""Submissions as they come: most done, some late, some silent, a few wrong. Always the same.

`python -m benchmarks.sample_submissions` writes examples/submissions anew.
"""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from docgen.bootstrap import build_documents, settings_in_force
from docgen.export.report_data import submission_values
from docgen.models import Stage
from docgen.models.reports import PlanItem
from docgen.models.submissions import (
    HEADINGS,
    STATUS_WORDS,
    SUBMISSION_KEYS,
    Municipality,
    Submission,
)
from docgen.regions import Region
from docgen.reports.forms import asked_items
from docgen.reports.plan import plan_items
from docgen.settings import EXAMPLES

SEED = 2022
FOLDER = EXAMPLES / "submissions"
NAMES = {
    "astrakhan": "г. Астрахань|Ахтубинский район|Володарский район|Икрянинский район|"
    "Камызякский район|Лиманский район|Наримановский район|Приволжский район",
    "kirov": "Верхнекамский район",
    "moscow_oblast": "Балашиха|Воскресенск|Дмитровский|Домодедово|Егорьевск|Истра|Клин|Коломна|"
    "Красногорск|Люберцы|Можайский|Мытищи|Наро-Фоминский|Ногинский",
    "smolensk": "г. Смоленск|Вяземский район|Гагаринский район|Дорогобужский район|"
    "Кардымовский район|Починковский район|Рославльский район|Сафоновский район|Угранский район|"
    "Шумячский район|Ярцевский район",
    "yugra": "Белоярский район|Берёзовский район|Кондинский район|Нефтеюганский район|"
    "Нижневартовский район|г. Нягань|Октябрьский район|Советский район|Сургутский район",
}
SCHOOLS = {"astrakhan": 15, "kirov": 1, "moscow_oblast": 42, "smolensk": 29, "yugra": 20}
STAGES = {"astrakhan": (1, 2)}
REASONS = (
    "болезнь педагогов",
    "вакансия учителя математики",
    "нет устойчивого интернета",
    "перенесено по решению методического совета",
    "документы на доработке у куратора",
    "капитальный ремонт школы",
    "совпало с проведением ВПР",
)
EVIDENCE = ("протокол", "приказ школы", "справка", "скриншот ИС МЭДК", "список участников")
SURNAMES = "Алексеева Т.Н.|Борисова Е.В.|Воронов С.А.|Гусева И.П.|Дмитриева О.Ю.|Ершов В.И."


def roster_of(region: str, chance: random.Random) -> tuple[Municipality, ...]:
    """The municipalities with their schools, about as many in each."""
    names = NAMES[region].split("|")
    schools: dict[str, list[str]] = {name: [] for name in names}
    for at in range(SCHOOLS[region]):
        kind = chance.choice(("МБОУ СОШ", "МБОУ ООШ", "МКОУ СОШ"))
        title = "МКОУ СОШ п. Созимский" if region == "kirov" else f"{kind} № {at + 1}"
        schools[names[at % len(names)]].append(title)
    return tuple(
        Municipality(
            name,
            tuple(titles),
            coordinator=chance.choice(SURNAMES.split("|")),
            curators=max(1, len(titles) - chance.randint(0, 1)),
        )
        for name, titles in schools.items()
    )


def sample_rows(
    asked: Sequence[PlanItem],
    roster: Sequence[Municipality],
    stage: Stage,
    chance: random.Random,
) -> Iterator[Submission]:
    """What the coordinators and the operator would send at the stage."""
    for entry in roster:
        zeal = chance.uniform(0.72, 1.0)
        for school in entry.schools:
            if chance.random() < 0.03:
                continue  # a school from which nothing came
            for item in asked:
                if item.scope == "school" and chance.random() > 0.04:
                    yield _row(item, entry.name, school, stage, zeal, chance)
        for item in asked:
            if item.scope == "municipality" and chance.random() > 0.05:
                yield _row(item, entry.name, "", stage, zeal, chance)
    for item in asked:
        if item.scope == "region" and chance.random() > 0.06:
            yield _row(item, "", "", stage, 0.97, chance)


def _row(
    item: PlanItem,
    municipality: str,
    school: str,
    stage: Stage,
    zeal: float,
    chance: random.Random,
) -> Submission:
    luck = chance.random()
    status = "done" if luck < zeal else "partial" if luck < zeal + 0.12 else "not_done"
    if not item.due and luck > 0.5:
        status = "not_due"
    day = _day(item, stage, chance) if status == "done" else None
    late = bool(day and item.last_day and day > item.last_day)
    reason = status in ("partial", "not_done") or late
    return Submission(
        municipality,
        school,
        stage.number,
        item.key,
        status,
        _value(item, status, bool(school), chance),
        day,
        chance.choice(EVIDENCE) if status == "done" and chance.random() < 0.8 else "",
        chance.choice(REASONS) if reason and chance.random() < 0.85 else "",
    )


def _day(item: PlanItem, stage: Stage, chance: random.Random) -> date:
    last = min(item.last_day or stage.date, stage.date)
    shift = chance.randint(1, 12) if chance.random() < 0.06 else -chance.randint(0, 3)
    return min(last + timedelta(days=shift), stage.date)


def _value(item: PlanItem, status: str, is_school: bool, chance: random.Random) -> float | None:
    goal = next((goal for goal in item.goals if goal.first), None)
    if goal is None or goal.value is None or status not in ("done", "partial"):
        return None
    full = status == "done"
    if goal.rule == "mean":
        least = int(min(goal.value, 100))
        return chance.randint(least, 100) if full else chance.randint(10, max(11, least - 1))
    if goal.rule == "sum":
        return 1 if is_school else float(goal.value if full else goal.value // 2)
    return goal.value if goal.rule == "least" else None


def spoiled(rows: list[Submission], chance: random.Random) -> list[dict[str, object]]:
    """The rows as data, one sent twice, one answered twice, three with mistakes."""
    values: list[dict[str, object]] = [submission_values(row) for row in rows]
    if len(values) < 60:
        return values
    values.insert(20, dict(values[20]))
    contradiction = dict(values[30]) | {"status": "not_done", "comment": "уточнённые сведения"}
    contradiction["date"] = "2022-06-15"
    values.insert(40, contradiction)
    values.append(dict(values[5]) | {"status": "готово"})
    values.append(dict(values[6]) | {"date": "31.02.2022"})
    values.append(dict(values[7]) | {"item": "99"})
    return values


def write_examples() -> None:
    documents = build_documents(settings_in_force())
    for code in NAMES:
        chance = random.Random(f"{SEED} {code}")
        order = documents.load(EXAMPLES / f"{code}.yaml")
        region = documents.regions[code]
        roster = roster_of(code, chance)
        rows: list[Submission] = []
        for stage in region.profile.stages:
            if stage.number in STAGES.get(code, (1,)):
                layouts = [region.layout(annex) for annex in order.annexes]
                plan = plan_items(order, layouts, order.years or (2022, 2022), stage.date)
                asked = asked_items(plan, stage.date)
                rows += sample_rows(asked, roster, stage, chance)
        _write(code, region, roster, spoiled(rows, chance))
    documents.close()


def _write(
    code: str,
    region: Region,
    roster: Sequence[Municipality],
    rows: Sequence[dict[str, object]],
) -> None:
    FOLDER.mkdir(exist_ok=True)
    if code in ("moscow_oblast", "smolensk"):
        (FOLDER / f"{code}.csv").write_text(_csv(roster, rows), "utf-8")
        return
    head = f"# {region.profile.name}: образец, сведения придуманы.\n"
    lines = [head, "kind: submissions\n", f"region: {code}\n", "roster:\n"]
    for entry in roster:
        values = {
            "name": entry.name,
            "schools": list(entry.schools),
            "coordinator": entry.coordinator,
            "curators": entry.curators,
        }
        lines.append(f"  - {json.dumps(values, ensure_ascii=False)}\n")
    lines.append("submissions:\n")
    lines += [f"  - {json.dumps(row, ensure_ascii=False)}\n" for row in rows]
    (FOLDER / f"{code}.yaml").write_text("".join(lines), "utf-8")


def _csv(roster: Sequence[Municipality], rows: Sequence[dict[str, object]]) -> str:
    """The table that Excel of this country writes: semicolons, Russian headings, commas in numbers.

    A school from which nothing came has a row of the form left blank.
    """
    stream = io.StringIO()
    table = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    table.writerow([HEADINGS[key][0] for key in SUBMISSION_KEYS])
    heard = {row.get("school") for row in rows}
    for row in rows:
        day = str(row.get("date", ""))
        shown = dict(row)
        shown["status"] = STATUS_WORDS.get(str(row["status"]), row["status"])  # type: ignore[call-overload]
        shown["value"] = str(row.get("value", "")).replace(".", ",")
        shown["date"] = date.fromisoformat(day).strftime("%d.%m.%Y") if "-" in day else day
        table.writerow([shown.get(key, "") for key in SUBMISSION_KEYS])
    for entry in roster:
        for school in entry.schools:
            if school not in heard:
                table.writerow([entry.name, school, 1, 1, "", "", "", "", ""])
    return "\ufeff" + stream.getvalue()


if __name__ == "__main__":
    write_examples()
    for path in sorted(Path(FOLDER).iterdir()):
        print(f"{path.name}: {path.stat().st_size // 1024} KB")
