"""From an order and what coordinators sent to the report of a stage, and the forms they fill in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docgen.convert import PdfOptions
from docgen.errors import ConversionError, InputError, Problem
from docgen.export.charts import add_charts
from docgen.export.data import to_json
from docgen.export.report_data import KIND, former_of, report_values
from docgen.export.report_workbook import write_tables
from docgen.export.submissions import write_form
from docgen.i18n import _
from docgen.importers.submissions import import_submissions
from docgen.models import Order, Stage
from docgen.models.federal import RegionSummary
from docgen.models.reports import Former, StageReport
from docgen.models.submissions import ANY_STAGE, Batch, Form, Municipality, gathered_roster
from docgen.regions import Region, Regions
from docgen.render.package import opened
from docgen.render.passport import with_passport
from docgen.render.readback import body_text
from docgen.reports import compute_stage
from docgen.reports.charts import report_charts
from docgen.reports.document import printed_report, report_context
from docgen.reports.federal import (
    federal_chart,
    federal_context,
    federal_values,
    summary_from,
)
from docgen.reports.federal_sheets import federal_tables
from docgen.reports.forms import joined, stage_forms
from docgen.reports.letters import letter_contexts, printed_letter
from docgen.reports.plan import plan_items
from docgen.reports.stage import as_former
from docgen.reports.tables import report_tables
from docgen.schemas.reading import TEXTS, read_file, require_ending
from docgen.services.documents import Documents, Generated, read_back
from docgen.services.passports import make_passport
from docgen.services.templates import Templates
from docgen.store.files import write_whole

_NO_FORMS = (*TEXTS, ".xls", ".xlsm", ".ods", ".csv", ".docx", ".pdf")
"""Endings that a file of forms does not have, and a folder of them neither."""
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
FORMATS = ("docx", "pdf", "xlsx", "json")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A computed report with its order, and every row that could not be counted."""

    order: Order
    region: Region
    report: StageReport
    problems: tuple[Problem, ...]
    stem: str


class Reports:
    """The use cases of stage reports."""

    def __init__(self, documents: Documents, templates: Templates) -> None:
        self.documents = documents
        self._templates = templates

    def close(self) -> None:
        """Ends the converter, if one was needed."""
        self.documents.close()

    def prepare(
        self, order_path: Path, stage: int, submissions: Path, previous: Path | None = None
    ) -> Prepared:
        """The report of the stage; InputError when the order or the stage does not exist.

        `previous` is the former stage's report as JSON, or its submissions.
        """
        order = self.documents.load(order_path)
        region = self.documents.regions.find(order.region)
        found = import_submissions(submissions)
        former = self._former(order, region, stage, previous, found.batch)
        stem = f"{order_path.stem}-stage-{stage}"
        prepared = self.compute(order, stage_of(region, stage), found.batch, former, stem)
        others = [row for row in found.batch.rows if row.stage not in (stage, ANY_STAGE)]
        problems = (*found.problems, *prepared.problems)
        if others and not prepared.report.submissions and not prepared.problems:
            stages = sorted({row.stage for row in others})
            raise InputError(
                _("The submissions are of other stages: %(stages)s.")
                % {"stages": ", ".join(map(str, stages))},
                problems,
                code="stage-mismatch",
            )
        return replace(prepared, problems=problems)

    def compute(
        self, order: Order, stage: Stage, batch: Batch, former: Former | None = None, stem: str = ""
    ) -> Prepared:
        """The report of the stage over these rows."""
        region = self.documents.regions.find(order.region)
        layouts = [region.layout(annex) for annex in order.annexes]
        years = order.years or region.profile.project.years
        reporters = region.profile.reporters
        computed = compute_stage(order, layouts, years, stage, batch, former, reporters)
        return Prepared(order, region, computed.report, computed.problems, stem)

    def _former(
        self, order: Order, region: Region, stage: int, previous: Path | None, batch: Batch
    ) -> Former | None:
        """The stage before: from the file given, or from rows that the submissions hold of it."""
        if previous is not None and previous.suffix.lower() == ".json":
            values = read_file(previous).values
            if isinstance(values, Mapping) and values.get("kind") == KIND:
                return _saved(values, previous)
        if previous is not None:
            batch = import_submissions(previous).batch
        earlier = sorted({row.stage for row in batch.rows if ANY_STAGE < row.stage < stage})
        known = {entry.number for entry in region.profile.stages}
        if not earlier or earlier[-1] not in known:
            return None
        return as_former(self.compute(order, stage_of(region, earlier[-1]), batch).report)

    def write_forms(
        self, order_path: Path, stage: int, output: Path, roster_path: Path | None = None
    ) -> tuple[Path, ...]:
        """The forms of the stage: one workbook, or one a municipality where `output` is a folder.

        The roster comes from a file or folder of submissions, or of their forms.
        """
        order = self.documents.load(order_path)
        day = stage_of(self.documents.regions.find(order.region), stage)
        roster = _roster(roster_path) if roster_path else ()
        forms = self.forms(order, day, roster)
        if output.suffix.lower() in _NO_FORMS and not output.is_dir():
            require_ending(output, (".xlsx",))
        if output.suffix.lower() == ".xlsx":
            forms, files = (joined(forms, roster),), [output]
        else:
            files = [output / f"{safe_name(form.respondent)}.xlsx" for form in forms]
        for form, file in zip(forms, files, strict=True):
            write_whole(file, write_form(form))
        return tuple(files)

    def forms(self, order: Order, stage: Stage, roster: Sequence[Municipality]) -> tuple[Form, ...]:
        """The forms of the stage, one a respondent; InputError when there is nothing to ask."""
        region = self.documents.regions.find(order.region)
        layouts = [region.layout(annex) for annex in order.annexes]
        years = order.years or region.profile.project.years
        plan = plan_items(order, layouts, years, stage.date, region.profile.reporters)
        forms = stage_forms(plan, region.profile, years, stage, roster)
        if not forms:
            raise InputError(_("The stage has nothing to ask about."), code="nothing-due")
        return forms

    def render(self, prepared: Prepared) -> bytes:
        """The DOCX of the report; RenderError when it does not say all that it was given."""
        report, profile = prepared.report, prepared.region.profile
        charts = report_charts(report)
        signatory = prepared.order.signatory
        context = report_context(report, profile, signatory, tuple(charts))
        template = self._templates.path("report", profile)
        docx = self._templates.read(template).render(context)
        read_back(opened(docx), list(printed_report(context)))
        docx = add_charts(docx, charts)
        return _signed(docx, report_values(report), prepared.region, template)

    def letters(self, prepared: Prepared) -> Iterator[tuple[str, bytes]]:
        """A DOCX letter to each municipality that owes answers or overdue items, with its name."""
        report, profile = prepared.report, prepared.region.profile
        for name, context in letter_contexts(report, profile, prepared.order.signatory):
            texts = list(printed_letter(context))
            docx = self.documents.fill("letter", prepared.region.code, context, texts, context)
            yield f"{safe_name(name)}.docx", docx

    def write_letters(self, prepared: Prepared, folder: Path) -> tuple[Path, ...]:
        """The letters as files in the folder."""
        files: list[Path] = []
        for name, docx in self.letters(prepared):
            files.append(folder / name)
            write_whole(files[-1], docx)
        return tuple(files)

    def make(self, prepared: Prepared, kind: str) -> bytes:
        """The report in one of `FORMATS`."""
        if kind == "pdf":
            return self._convert(self.render(prepared))
        return self._makers(prepared)[kind]()

    def _makers(self, prepared: Prepared) -> Mapping[str, Callable[[], bytes]]:
        return {
            "docx": lambda: self.render(prepared),
            "xlsx": lambda: write_tables(report_tables(prepared.report)),
            "json": lambda: to_json(report_values(prepared.report)).encode(),
        }

    def _convert(self, docx: bytes) -> bytes:
        return self.documents.convert(docx, PdfOptions(title="Отчёт"))

    def write(self, prepared: Prepared, folder: Path, formats: Sequence[str]) -> Generated:
        """The files of the report in the folder; a PDF that cannot be made keeps no other back."""
        return self._write(self._makers(prepared), folder / prepared.stem, formats)

    def write_federal(
        self, paths: Sequence[Path], folder: Path, formats: Sequence[str]
    ) -> Generated:
        """The federal report over regions' reports saved as JSON, read one at a time."""
        summaries = [_summary(path, self.documents.regions) for path in paths]
        makers = {
            "docx": lambda: self._render_federal(summaries),
            "xlsx": lambda: write_tables(federal_tables(summaries)),
            "json": lambda: to_json(federal_values(summaries)).encode(),
        }
        return self._write(makers, folder / "federal", formats)

    def _render_federal(self, summaries: Sequence[RegionSummary]) -> bytes:
        context = federal_context(summaries)
        template = self._templates.shipped("report")
        docx = self._templates.read(template).render(context)
        read_back(opened(docx), list(printed_report(context)))
        docx = add_charts(docx, federal_chart(summaries))
        return _signed(docx, federal_values(summaries), None, template)

    def _write(
        self, makers: Mapping[str, Callable[[], bytes]], stem: Path, formats: Sequence[str]
    ) -> Generated:
        """The files asked for, each kind made once; a PDF that fails keeps no other back."""
        made = {kind: makers[kind]() for kind in makers if kind in formats}
        refusal: ConversionError | None = None
        if "pdf" in formats:
            try:
                docx = made.get("docx") or makers["docx"]()
                made["pdf"] = self._convert(docx)
            except ConversionError as error:
                refusal = error
        files = [stem.with_name(f"{stem.name}.{kind}") for kind in formats if kind in made]
        for file in files:
            write_whole(file, made[file.suffix[1:]])
        return Generated(tuple(files), refusal)


def _signed(docx: bytes, values: object, region: Region | None, template: Path) -> bytes:
    """The document with the passport of its text."""
    package = opened(docx)
    return with_passport(package, make_passport(values, body_text(package), region, template))


def _roster(path: Path) -> tuple[Municipality, ...]:
    """The roster of a file, or the schools that occur in its rows."""
    batch = import_submissions(path).batch
    return batch.roster or gathered_roster((row.municipality, row.school) for row in batch.rows)


def safe_name(text: str) -> str:
    """The text as a file's name on any system."""
    return _UNSAFE.sub(" ", text).strip(" .") or "form"


def _summary(path: Path, regions: Regions) -> RegionSummary:
    """The summary of a report saved as JSON; InputError where the file is none."""
    values = read_file(path).values
    try:
        code = values["region"] if values["kind"] == KIND else ""
        return summary_from(values, regions.find(code).profile.name)
    except (KeyError, TypeError, ValueError) as error:
        raise _not_a_report(path) from error


def _not_a_report(path: Path) -> InputError:
    message = _("%(name)s is not a stage report saved as JSON.")
    return InputError(message % {"name": path.name}, code="not-a-report")


def stage_of(region: Region, number: int) -> Stage:
    """The region's stage with this number; InputError names those that exist."""
    stages = region.profile.stages
    for stage in stages:
        if stage.number == number:
            return stage
    known = ", ".join(f"{stage.number} ({stage.date:%d.%m.%Y})" for stage in stages)
    raise InputError(
        _("The region “%(region)s” has no stage %(stage)d; known: %(known)s.")
        % {"region": region.code, "stage": number, "known": known or "–"},
        code="unknown-stage",
    )


def _saved(values: Mapping[str, object], path: Path) -> Former:
    try:
        return former_of(values)
    except (KeyError, TypeError, ValueError) as error:
        raise _not_a_report(path) from error
