"""From a data file to the region's order: load, render, read back, convert, write."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from docgen import errors
from docgen.checks import check_amendment, check_order, check_reading
from docgen.checks.refusal import refuse_errors
from docgen.context import amendment_context, build_context, printed_texts
from docgen.errors import ConversionError, InputError, Problem, RenderError
from docgen.export.data import amendment_values, order_values, to_json, to_yaml
from docgen.i18n import _
from docgen.models import ITEM_KEYS, Amendment, Finding, Layout, Order
from docgen.models.numbering import as_given
from docgen.ondemand import on_demand
from docgen.regions import Region, Regions, unnamed_region
from docgen.render.package import Package, opened
from docgen.render.passport import with_passport
from docgen.render.readback import body_text, leftover_tags, lost_texts
from docgen.schemas.order import load_order
from docgen.schemas.reading import DATA, MAX_BYTES, Document, read_bytes, read_file, require_ending
from docgen.services.passports import Verification, make_passport, verify
from docgen.services.templates import Templates
from docgen.store.files import write_whole

if TYPE_CHECKING:
    from docgen import convert
    from docgen.export import workbook as workbooks
    from docgen.importers import readers
    from docgen.importers import workbook as sheets
    from docgen.models import readings
    from docgen.schemas import amendment as amending
    from docgen.services import starters
else:  # what only some documents need is read with the first of them
    amending = on_demand("docgen.schemas.amendment")
    convert = on_demand("docgen.convert")
    workbooks = on_demand("docgen.export.workbook")
    readers = on_demand("docgen.importers.readers")
    readings = on_demand("docgen.models.readings")
    sheets = on_demand("docgen.importers.workbook")
    starters = on_demand("docgen.services.starters")

FORMATS = ("docx", "pdf", "xlsx", "json")
WORKBOOKS = (".xlsx", ".xlsm", ".xls")
"""Endings that are read as workbooks; old and macro formats are refused there with the reason."""
DOCUMENTS = (".docx", ".txt", ".pdf")
"""Endings of documents that are paper, not data: they are read with their doubts."""

Loaded = TypeVar("Loaded")
Loader = Callable[[Any, frozenset[str], tuple[str, ...]], tuple[Loaded | None, list[Problem]]]
"""Values, the region's item keys and layouts in; a document out, or all problems."""


@dataclass(frozen=True, slots=True)
class Generated:
    """The files made from one data file, and what the check found in it.

    `refusal` says why there is no PDF among the files.
    """

    files: tuple[Path, ...]
    refusal: ConversionError | None = None
    findings: tuple[Finding, ...] = ()


class Documents:
    """The use cases of orders; `open_converter` is called when the first PDF is asked for."""

    def __init__(
        self,
        regions: Regions,
        templates: Templates,
        open_converter: Callable[[], convert.Converter],
    ) -> None:
        self.regions = regions
        self._templates = templates
        self._open_converter = open_converter
        self._converter: convert.Converter | None = None
        self._opening = Lock()

    def conversions(self) -> convert.Stats | None:
        """What the converter of this process did so far; None where none was needed."""
        return None if self._converter is None else self._converter.stats()

    def close(self) -> None:
        """Ends the converter, if one was needed."""
        if self._converter is not None:
            self._converter.close()

    def load(self, path: Path) -> Order:
        """The order in a data file; InputError names everything that is wrong with it."""
        if path.suffix.lower() in WORKBOOKS:
            return self.order_in_workbook(read_bytes(path, limit=MAX_BYTES), path.name)
        return self.order_from(_data_file(path), path.name)

    def order_in_workbook(self, data: bytes, name: str) -> Order:
        """The order in a workbook; InputError names each place that is wrong with it."""
        order = self.order_from(sheets.read_workbook(data, name, self._layouts), name)
        region = self.regions.find(order.region)
        annexes = tuple(as_given(annex, region.layout(annex)) for annex in order.annexes)
        return replace(order, annexes=annexes)

    def _layouts(self, code: str) -> Mapping[str, Layout]:
        return self.regions[code].profile.layouts if code in self.regions else {}

    def order_from(self, document: Document, name: str) -> Order:
        """The order in the values of a data file; InputError names everything that is wrong."""
        return self._accepted(document, name, load_order)

    def document_in(self, path: Path) -> Order | Amendment:
        """The order or amending order in a data file, as its key `kind` says."""
        if path.suffix.lower() in WORKBOOKS:
            return self.load(path)
        document = _data_file(path)
        if isinstance(document.values, Mapping) and document.values.get("kind") == "amendment":
            return self.amendment_from(document, path.name)
        return self.order_from(document, path.name)

    def amendment_from(self, document: Document, name: str) -> Amendment:
        """The amending order in the values of a data file; InputError names all its mistakes."""
        return self._accepted(document, name, amending.load_amendment)

    def load_amendment(self, path: Path) -> Amendment:
        """The amending order in a data file; InputError where the file is none."""
        document = self.document_in(path)
        if isinstance(document, Amendment):
            return document
        raise InputError(
            _("%(name)s is not an amending order: “kind: amendment” is missing.")
            % {"name": path.name},
            code="not-an-amendment",
        )

    def _accepted(self, document: Document, name: str, load: Loader[Loaded]) -> Loaded:
        problems = list(document.problems)
        keys: frozenset[str] = frozenset(ITEM_KEYS)
        layouts: tuple[str, ...] = ("roadmap",)
        if isinstance(document.values, Mapping) and "region" in document.values:
            try:
                profile = self.regions.find(document.values["region"]).profile
                keys, layouts = profile.item_keys, tuple(profile.layouts)
            except InputError as error:
                problems += error.problems
        loaded, faults = load(document.values, keys, layouts)
        unreadable = {problem.path for problem in problems if problem.path}
        problems += [fault for fault in faults if fault.path not in unreadable]
        if loaded is None or problems:
            problems.sort(key=lambda problem: document.line_of(problem.path))
            raise InputError(
                _("%(name)s was not accepted; nothing was written.") % {"name": name},
                tuple(_placed(problem, document) for problem in problems),
            )
        return loaded

    def workbook(self, order: Order) -> bytes:
        """The order as a workbook that a clerk can fill in further."""
        region = self.regions.find(order.region)
        return workbooks.write_workbook(
            order, region.profile, list(map(region.layout_name, order.annexes))
        )

    def render(self, document: Order | Amendment) -> bytes:
        """The DOCX of an order; RenderError when it does not say all that it was given."""
        if isinstance(document, Amendment):
            return self._render_amendment(document)
        region = self.regions.find(document.region)
        template = self._templates.of_order(document, region.profile)
        context = build_context(document, region)
        texts = list(printed_texts(context))
        return self._filled(template, context, texts, region, order_values(document))

    def _render_amendment(self, amendment: Amendment) -> bytes:
        region = self.regions.find(amendment.order.region)
        template = self._templates.of_amendment(amendment, region.profile)
        context = amendment_context(amendment, region)
        texts = list(printed_texts(context))
        context["points"] = [
            {**point, "text": point["text"].replace("\n", "\a")} for point in context["points"]
        ]
        return self._filled(template, context, texts, region, amendment_values(amendment))

    def fill(
        self, kind: str, code: str, context: Mapping[str, Any], texts: Sequence[str], values: Any
    ) -> bytes:
        """A document of another kind: the region's template filled with the context.

        `texts` are what the document must say, `values` what its passport holds as data.
        """
        region = self.regions.find(code)
        template = self._templates.path(kind, region.profile)
        return self._filled(template, context, texts, region, values)

    def _filled(
        self,
        template: Path,
        context: Mapping[str, Any],
        texts: Sequence[str],
        region: Region,
        values: Any,
    ) -> bytes:
        """The template filled and read back, with its passport."""
        package = opened(self._templates.read(template).render(context))
        text = read_back(package, texts)
        return with_passport(package, make_passport(values, text, region, template))

    def verify(self, path: Path) -> Verification:
        """Whether a DOCX is as docgen made it; InputError when it is no DOCX."""
        return verify(read_bytes(path), self.regions, self._templates)

    def check(self, path: Path) -> list[Finding]:
        """What the checks find in a data file or in anybody's document, in the order of reading."""
        if path.suffix.lower() in (*DOCUMENTS, *WORKBOOKS):
            return self.check_reading(self.read(path))
        return self.check_document(self.document_in(path))

    def check_document(self, document: Order | Amendment) -> list[Finding]:
        """What the checks find in an order or an amending order, in the order of reading."""
        if isinstance(document, Amendment):
            return check_amendment(document, self.regions.find(document.order.region))
        return self.check_order(document)

    def read(self, path: Path, region: str | None = None) -> readings.Reading:
        """The order in a document by anyone; without a region it is recognised."""
        try:
            return self.reading(read_bytes(path), path.name, region)
        except errors.TemplateError as error:  # a DOCX that is none, or that is not safe to read
            message = f"{path.name}: {error.message}"
            raise InputError(message, error.problems, code=error.code) from error

    def reading(self, data: bytes, name: str, region: str | None = None) -> readings.Reading:
        """The order in the bytes of a document; the ending of its name tells the kind."""
        if Path(name).suffix.lower() in WORKBOOKS and sheets.is_order(data, name):
            return readings.Reading(self.order_in_workbook(data, name))
        return readers.read_document(data, name, self.regions, region)

    def read_whole(self, path: Path, region: str | None = None) -> readings.Reading:
        """The same, with the region's usual words where a lone table has none of an order."""
        reading = self.read(path, region)
        code = reading.order.region
        return starters.completed(reading, self.regions.find(code)) if code else reading

    def check_reading(self, reading: readings.Reading) -> list[Finding]:
        """What the checks find in an order read from a document, its stamps and pages included."""
        code = reading.order.region
        region = self.regions.find(code) if code else unnamed_region(reading.order)
        return check_reading(reading, region)

    def check_order(self, order: Order) -> list[Finding]:
        """What the checks find in an order, in the order of reading."""
        return check_order(order, self.regions.find(order.region))

    def generate(
        self, path: Path, folder: Path, formats: Sequence[str], *, force: bool = False
    ) -> Generated:
        """The files of one data file in the folder, named after it.

        FindingsError names the mistakes that no one may sign, unless they are acknowledged or
        `force` overrides them. A PDF that cannot be made keeps no other file from being written.
        """
        document = self.document_in(path)
        findings = tuple(self.check_document(document))
        if not force:
            message = _(
                "%(name)s has mistakes that no one may sign; nothing was written. Mend them, "
                "acknowledge them in the data file, or add --force."
            )
            refuse_errors(findings, message % {"name": path.name})
        files, refusal = self.write(document, folder / path.stem, formats)
        return Generated(files, refusal, findings)

    def write(
        self, document: Order | Amendment, target: Path, formats: Sequence[str]
    ) -> tuple[tuple[Path, ...], ConversionError | None]:
        """The files of a document under one name, and why there is no PDF among them."""
        docx = self.render(document)
        made: dict[str, bytes] = {"docx": docx}
        refusal: ConversionError | None = None
        if "json" in formats:
            made["json"] = to_json(document_values(document)).encode()
        if "yaml" in formats:
            made["yaml"] = to_yaml(document_values(document)).encode()
        if "xlsx" in formats:
            made["xlsx"] = self.workbook(_with_sheet(document))
        if "pdf" in formats:
            try:
                made["pdf"] = self.convert(docx, pdf_options(document))
            except ConversionError as error:
                refusal = error
        files = [target.with_name(f"{target.name}.{kind}") for kind in formats if kind in made]
        for file in files:
            write_whole(file, made[file.suffix[1:]])
        return tuple(files), refusal

    def file(self, document: Order | Amendment, kind: str) -> bytes:
        """The document in one of `FORMATS`."""
        if kind == "json":
            return to_json(document_values(document)).encode()
        if kind == "xlsx":
            return self.workbook(_with_sheet(document))
        docx = self.render(document)
        return docx if kind == "docx" else self.convert(docx, pdf_options(document))

    def convert(self, docx: bytes, options: convert.PdfOptions | None = None) -> bytes:
        """The PDF of a DOCX; ConversionError says why there is none."""
        with self._opening:
            if self._converter is None:
                self._converter = self._open_converter()
        return self._converter.convert(docx, options=options or convert.PdfOptions())

    def convert_file(self, path: Path, folder: Path, pdfa: bool) -> Path:
        """The PDF file made of a DOCX file, in the folder, under its name."""
        target = folder / f"{path.stem}.pdf"
        write_whole(target, self.convert(read_bytes(path), convert.PdfOptions(pdfa=pdfa)))
        return target

    def save(self, order: Order, path: Path, remark: str = "") -> None:
        """The order as a data file of `DATA`; InputError where the ending says no kind of it."""
        ending = require_ending(path, DATA)
        if ending == ".xlsx":
            write_whole(path, self.workbook(order))
        else:
            values = order_values(order)
            text = to_json(values) if ending == ".json" else remark + to_yaml(values)
            write_whole(path, text.encode())

    def write_data(self, reading: readings.Reading, path: Path) -> None:
        """The data file of an order that was read; text without a place stands at its end."""
        unplaced = tuple(text.text for text in reading.unplaced)
        self.save(replace(reading.order, unplaced=unplaced), path)

    def write_starter(self, code: str, year: int, path: Path) -> None:
        """A data file for a new order of the region; YAML has its headings as remarks."""
        region = self.regions.find(code)
        order = starters.starter_order(region, year)
        self.save(order, path, starters.headings_comment(region))


def _placed(problem: Problem, document: Document) -> Problem:
    """The problem with the line or cell where a person finds it."""
    return problem if problem.place else replace(problem, place=document.place_of(problem.path))


def _data_file(path: Path) -> Document:
    """The values of a data file; InputError says how a document becomes one, or what is read."""
    if path.suffix.lower() in DOCUMENTS:
        message = _(
            "%(name)s is a document, not a data file. It is made one by: "
            "docgen import %(name)s -o %(stem)s.yaml"
        )
        raise InputError(message % {"name": path.name, "stem": path.stem}, code="not-an-order")
    if path.is_file():
        require_ending(path, (*DATA, *DOCUMENTS))
    return read_file(path)


def document_values(document: Order | Amendment) -> dict[str, Any]:
    """The data file of an order or amending order as plain values."""
    return amendment_values(document) if isinstance(document, Amendment) else order_values(document)


def heading(document: Order | Amendment) -> str:
    """The title of an order or amending order."""
    return document.order.title if isinstance(document, Amendment) else document.title


def pdf_options(document: Order | Amendment) -> convert.PdfOptions:
    """A PDF under the document's own title."""
    return convert.PdfOptions(title=heading(document))


def _with_sheet(document: Order | Amendment) -> Order:
    """The order itself; InputError for an amending one, which has no form as a workbook."""
    if isinstance(document, Order):
        return document
    raise InputError(
        _("An amending order is not kept as a workbook; ask for json instead of xlsx."),
        code="no-workbook",
    )


def read_back(package: Package, expected: Sequence[str]) -> str:
    """The document's text; RenderError names every value it lost and every tag left in it."""
    text = body_text(package)
    lost = [
        _("the text “%(text)s” is missing from the document") % {"text": value[:80]}
        for value in lost_texts(text, expected)
    ]
    left = [
        _("a template tag was left over: %(text)s") % {"text": line[:80]}
        for line in leftover_tags(text, expected)
    ]
    if lost or left:
        problems = [Problem("", message, "value-lost") for message in lost]
        problems += [Problem("", message, "leftover-tag") for message in left]
        raise RenderError(_("The document came out wrong and was not written."), tuple(problems))
    return text
