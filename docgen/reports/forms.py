"""The forms of a stage: what each municipality, or the operator, is asked about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from docgen.models import Profile, Stage
from docgen.models.reports import Goal, PlanItem
from docgen.models.submissions import Form, FormLine, Municipality
from docgen.reports.wording import goal_text

OPERATOR = "Региональный оператор"
_ASKED = {"mean": "процент", "sum": "количество", "least": "раз за период"}
_BLANK = Municipality("", ("",))


def asked_items(plan: Sequence[PlanItem], on: date) -> tuple[PlanItem, ...]:
    """The items that a stage asks about: due, without a calendar day, or begun by that day."""
    return tuple(
        item
        for item in plan
        if item.due is not False or item.first_day is None or item.first_day <= on
    )


def first_day(years: tuple[int, int]) -> date:
    """The earliest day on which anything reported may have been done."""
    return date(years[0] - 1, 1, 1)


def stage_forms(
    plan: Sequence[PlanItem],
    profile: Profile,
    years: tuple[int, int],
    stage: Stage,
    roster: Sequence[Municipality],
) -> tuple[Form, ...]:
    """A form for each municipality and, where the operator has items of its own, one for it.

    Without a roster there is one form, with the names left to be filled in.
    """
    asked = asked_items(plan, stage.date)
    bodies = [(entry.name, tuple(_lines(asked, entry))) for entry in roster or (_BLANK,)]
    bodies.append((OPERATOR, tuple(_operator_lines(asked))))
    return tuple(
        Form(
            project=profile.project.short,
            respondent=name,
            stage=stage.number,
            stage_title=stage.title,
            day=stage.date,
            first_day=first_day(years),
            lines=lines,
            roster=tuple(entry for entry in roster if entry.name == name),
        )
        for name, lines in bodies
        if lines
    )


def joined(forms: Sequence[Form], roster: Sequence[Municipality]) -> Form:
    """All forms as one, for a single workbook."""
    first = forms[0]
    return Form(
        project=first.project,
        respondent="",
        stage=first.stage,
        stage_title=first.stage_title,
        day=first.day,
        first_day=first.first_day,
        lines=tuple(line for form in forms for line in form.lines),
        roster=tuple(roster),
    )


def _lines(asked: Sequence[PlanItem], entry: Municipality) -> Iterator[FormLine]:
    for school in entry.schools:
        for item in asked:
            if item.scope == "school":
                yield from form_lines(item, entry.name, school)
    for item in asked:
        if item.scope == "municipality":
            yield from form_lines(item, entry.name, "")


def _operator_lines(asked: Sequence[PlanItem]) -> Iterator[FormLine]:
    for item in asked:
        if item.scope == "region":
            yield from form_lines(item, "", "")


def form_lines(item: PlanItem, municipality: str = "", school: str = "") -> Iterator[FormLine]:
    """A row about the item, and one for each further target that takes a value of its own."""
    further = [goal for goal in item.goals if not goal.first and goal.rule in _ASKED]
    main = next((goal for goal in item.goals if goal.first), None)
    yield _line(item, item.key, main, municipality, school)
    for goal in further:
        yield _line(item, f"{item.key}#{goal.number}", goal, municipality, school)


def _line(item: PlanItem, key: str, goal: Goal | None, municipality: str, school: str) -> FormLine:
    asked = _ASKED.get(goal.rule, "") if goal else ""
    if "#" in key and goal and goal.subject:
        asked = f"{asked}: {goal.subject}"
    return FormLine(
        municipality=municipality,
        school=school,
        item=key,
        activity=item.activity,
        deadline=item.deadline,
        indicator=item.indicator,
        asked=asked,
        ceiling=100 if goal and goal.rule == "mean" else None,
        nameless=item.scope != "region" and not municipality,
        planned=goal_text(goal) if goal else "",
    )
