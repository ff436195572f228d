"""The profile file of a region: YAML in, a `Profile` out, every problem with its line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PureWindowsPath
from typing import Any

from marshmallow import Schema, ValidationError, fields

from docgen.errors import Problem, RegionError
from docgen.i18n import _
from docgen.models.findings import CODES
from docgen.models.profiles import (
    DEFAULT_REQUISITES,
    DEFAULT_TIME_ZONE,
    Column,
    Issuer,
    Journal,
    Layout,
    Letterhead,
    Operative,
    Profile,
    Project,
    Regrading,
    Reporter,
    ReportStyle,
    Stage,
    Starter,
)
from docgen.schemas.fields import (
    Day,
    Forms,
    ListOf,
    Numberish,
    OneOf,
    Part,
    Strict,
    Switch,
    Text,
    TimeZone,
    Whole,
    Years,
    problems_of,
    wrong_type,
)
from docgen.schemas.reading import Document, read_file

_PLACEHOLDERS = ("{date}", "{number}", "{city}")


class Share(fields.Field[float]):
    """A number above zero, whole or with a decimal point: a width, a percentage."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> float:
        try:
            number = float(value)
        except (TypeError, ValueError):
            raise wrong_type(_("a number")) from None
        if not 0 < number < 1000 or isinstance(value, bool):
            raise wrong_type(_("a number above zero"))
        return number


class TextMap(fields.Field[dict[str, str]]):
    """Words of the region's own, by name."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            raise ValidationError("not-a-mapping")
        if not all(isinstance(text, str) for text in value.values()):
            raise wrong_type(_("text"))
        return value


class ColumnSchema(Strict):
    """One column."""

    model = Column
    key = Text(required=True)
    heading = Text(required=True)
    width = Share(required=True)
    synonyms = ListOf(Text(), load_default=())


class LayoutSchema(Strict):
    """One column layout."""

    model = Layout
    columns = ListOf(Part(ColumnSchema), required=True)
    title = Text(load_default="")
    items = OneOf("through", "section", "hierarchical", load_default="through")
    sections = OneOf("none", "arabic", "roman", load_default="none")
    column_numbers = Switch(load_default=False)
    source = Text(load_default="")


class LetterheadSchema(Strict):
    """The letterhead."""

    model = Letterhead
    lines = ListOf(Text(), required=True)
    heading = OneOf("centre", "left", load_default="centre")
    document = Text(load_default="ПРИКАЗ")
    source = Text(load_default="")


class IssuerSchema(Strict):
    """The issuing body."""

    model = Issuer
    name = Text(required=True)
    genitive = ListOf(Text(), required=True)
    source = Text(load_default="")


class OperativeSchema(Strict):
    """The operative word."""

    model = Operative
    word = Text(load_default="ПРИКАЗЫВАЮ:")
    own_line = Switch(load_default=True)


class StageSchema(Strict):
    """A monitoring stage."""

    model = Stage
    number = Whole(required=True)
    date = Day(required=True)
    title = Text(load_default="")
    threshold = Share(load_default=None, allow_none=True)
    source = Text(load_default="")


class ProjectSchema(Strict):
    """The project."""

    model = Project
    name = Text(required=True)
    short = Text(required=True)
    years = Years(required=True)
    source = Text(load_default="")


class StarterSchema(Strict):
    """What a new order begins with."""

    model = Starter
    title = Text(required=True)
    preamble = Text(required=True)


class JournalSchema(Strict):
    """How the registration journal prints numbers."""

    model = Journal
    number = Text(load_default="{ordinal}")
    source = Text(load_default="")


class RegradingSchema(Strict):
    """How the region takes the findings of one code."""

    model = Regrading
    code = OneOf(*CODES, required=True)
    severity = OneOf("error", "warning", "info", "silent", required=True)
    reason = Text(required=True)


class ReporterSchema(Strict):
    """Who reports some of the items."""

    model = Reporter
    by = OneOf("school", "municipality", "region", required=True)
    items = ListOf(Numberish(), load_default=())
    activity = ListOf(Text(), load_default=())
    executor = ListOf(Text(), load_default=())
    indicator = ListOf(Text(), load_default=())
    source = Text(load_default="")


class ReportStyleSchema(Strict):
    """What a report is called, and what it shows of the plan."""

    model = ReportStyle
    document = Text(load_default=ReportStyle().document)
    source = Text(load_default="")
    columns = ListOf(Text(), load_default=())
    details = ListOf(Text(), load_default=())


class LayoutMap(fields.Field[dict[str, Layout]]):
    """The layouts by name; the one named `roadmap` is used where an annex names none."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> dict[str, Layout]:
        if not isinstance(value, dict):
            raise ValidationError("not-a-mapping")
        layouts: dict[str, Layout] = {}
        faults: dict[str, Any] = {} if "roadmap" in value else {"roadmap": ["missing-key"]}
        for name, entry in value.items():
            try:
                layouts[name] = LayoutSchema().load(entry)
            except ValidationError as error:
                faults[name] = error.messages
        if faults:
            raise ValidationError(faults)
        return layouts


class ProfileSchema(Strict):
    """The whole profile file."""

    model = Profile
    code = Text(required=True)
    name = Text(required=True)
    letterhead = Part(LetterheadSchema, required=True)
    issuer = Part(IssuerSchema, required=True)
    project = Part(ProjectSchema, required=True)
    layouts = LayoutMap(required=True)
    signatory_post = Text(required=True)
    starter = Part(StarterSchema, required=True)
    requisites = ListOf(Text(), load_default=DEFAULT_REQUISITES)
    city = Text(load_default=None, allow_none=True)
    time_zone = TimeZone(load_default=DEFAULT_TIME_ZONE)
    operative = Part(OperativeSchema, load_default=Operative)
    stamp = OneOf("approval", "appendix", load_default="approval")
    terms = TextMap(load_default=dict)
    stages = ListOf(Part(StageSchema), load_default=())
    templates = TextMap(load_default=dict)
    forms = Forms(load_default=dict)
    findings = ListOf(Part(RegradingSchema), load_default=())
    journal = Part(JournalSchema, load_default=Journal)
    report = Part(ReportStyleSchema, load_default=ReportStyle)
    reporters = ListOf(Part(ReporterSchema), load_default=())


def load_profile(path: Path) -> Profile:
    """The profile in a file; RegionError lists every problem with path and line."""
    document = read_file(path)
    profile: Profile | None = None
    problems = list(document.problems)
    try:
        profile = ProfileSchema().load(document.values)
    except ValidationError as error:
        problems += problems_of(error.messages, frozenset(_vocabulary()))
    if profile is not None:
        problems += _contradictions(profile, path)
    if problems or profile is None:
        message = _("The profile %(name)s cannot be used.") % {"name": path.name}
        raise RegionError(message, tuple(_with_line(p, document) for p in problems))
    return profile


def _contradictions(profile: Profile, path: Path) -> list[Problem]:
    """What a schema cannot see: a code unlike the file's name, doubled keys, odd patterns."""
    found: list[Problem] = []
    if profile.code != path.stem:
        expected = _("expected “%(code)s”, the name of the file") % {"code": path.stem}
        found.append(Problem("code", expected, "code-mismatch"))
    for name, layout in profile.layouts.items():
        for key, times in Counter(column.key for column in layout.columns).items():
            if times > 1:
                where = f"layouts.{name}.columns"
                message = _("the column “%(key)s” stands twice") % {"key": key}
                found.append(Problem(where, message, "duplicate-column"))
    for index, line in enumerate(profile.requisites):
        if line != "title" and not any(mark in line for mark in _PLACEHOLDERS):
            message = _("expected “title” or a line with {date}, {number} or {city}")
            found.append(Problem(f"requisites[{index}]", message, "bad-pattern"))
    marks = re.findall(r"\{[^}]*\}?|\}", profile.journal.number)
    if marks.count("{ordinal}") != 1 or not {*marks} <= {"{ordinal}", "{year}"}:
        message = _("expected a pattern with {ordinal}, and {year} where the number has one")
        found.append(Problem("journal.number", message, "bad-pattern"))
    for kind, name in profile.templates.items():
        if not _within(name):
            message = _("expected a DOCX file inside the folder of templates, without “..”")
            found.append(Problem(f"templates.{kind}", message, "bad-path"))
    return [*found, *_report_faults(profile)]


def _within(name: str) -> bool:
    """Whether the path leads to a DOCX file below the folder it is looked for in, on any system."""
    path = PureWindowsPath(name)
    return path.suffix.lower() == ".docx" and not (path.anchor or ".." in path.parts)


def _report_faults(profile: Profile) -> Iterator[Problem]:
    """Columns of a report that no roadmap has, and rules about reporters that fit no item."""
    known = [column.key for column in profile.layouts["roadmap"].columns if column.key != "number"]
    message = _("the roadmap has no such column; it has: %(keys)s") % {"keys": ", ".join(known)}
    for group in ("columns", "details"):
        for index, key in enumerate(getattr(profile.report, group)):
            if key not in known:
                yield Problem(f"report.{group}[{index}]", message, "unknown-column")
    for index, rule in enumerate(profile.reporters):
        if not (rule.items or rule.activity or rule.executor or rule.indicator):
            message = _("say of which items: give items, activity, executor or indicator")
            yield Problem(f"reporters[{index}]", message, "missing-key")


def _with_line(problem: Problem, document: Document) -> Problem:
    line = document.line_of(problem.path)
    message = _("line %(line)d: %(message)s") % {"line": line, "message": problem.message}
    return replace(problem, message=message)


def _vocabulary() -> list[str]:
    schemas: tuple[type[Schema], ...] = (
        ProfileSchema,
        LayoutSchema,
        ColumnSchema,
        LetterheadSchema,
        IssuerSchema,
        OperativeSchema,
        StageSchema,
        ProjectSchema,
        StarterSchema,
        JournalSchema,
        RegradingSchema,
        ReporterSchema,
        ReportStyleSchema,
    )
    return [name for schema in schemas for name in schema().fields]
