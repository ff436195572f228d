"""One template over many rows, on all cores, going on where it was interrupted."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen.errors import DocgenError, InputError, Problem
from docgen.i18n import _
from docgen.models.passports import Ingredient
from docgen.ondemand import on_demand
from docgen.render import compile_template
from docgen.render.passport import with_passport
from docgen.render.readback import document_text
from docgen.schemas.reading import DATA, read_bytes, read_file, require_ending
from docgen.services.passports import passport_of
from docgen.services.worklog import Worklog, writing

if TYPE_CHECKING:
    from docgen import convert
    from docgen.importers import spreadsheet
else:
    convert = on_demand("docgen.convert")
    spreadsheet = on_demand("docgen.importers.spreadsheet")

MAX_ROWS_BYTES = 500 * 2**20
WORKLOG = ".docgen-done.jsonl"
_UNSAFE = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')


@dataclass(frozen=True, slots=True)
class Entry:
    """What one document is filled with, and the name of its files without an ending."""

    name: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Filled:
    """What became of one row; `kept` when an earlier run had made it from the same data."""

    name: str
    files: tuple[Path, ...] = ()
    error: DocgenError | None = None
    kept: bool = False


def read_rows(path: Path, pattern: str) -> list[Entry]:
    """The rows of a workbook's first sheet, or of a list in JSON or YAML.

    `pattern` names the documents: `{column}` stands for a value, `{row}` for the row's number.
    Raises InputError for rows that are no mappings and for names that stand twice.
    """
    if path.is_file():
        require_ending(path, DATA)
    values = _sheet(path) if path.suffix.lower() == ".xlsx" else _listed(path)
    if not isinstance(values, list) or not all(isinstance(row, dict) for row in values):
        raise InputError(
            _("%(name)s: expected a list of rows, each a set of “key: value” lines.")
            % {"name": path.name}
        )
    rows = [Entry(_file_name(pattern, row, number), row) for number, row in enumerate(values, 1)]
    _refuse_doubles(rows)
    return rows


def _listed(path: Path) -> Any:
    """The values of a file of rows; InputError for keys that stand twice and what YAML drops."""
    document = read_file(path, MAX_ROWS_BYTES)
    if document.problems:
        message = _("%(name)s was not accepted; nothing was written.") % {"name": path.name}
        problems = (
            replace(p, place=p.place or document.place_of(p.path)) for p in document.problems
        )
        raise InputError(message, tuple(problems))
    return document.values


def _sheet(path: Path) -> list[dict[str, Any]]:
    """The rows under the first sheet's headings; empty cells are empty texts."""
    sheet = spreadsheet.open_spreadsheet(read_bytes(path), path.name)[0]
    headings, *body = sheet.rows or [spreadsheet.Row("", 0, {})]
    names = {column: str(cell.value).strip() for column, cell in headings.cells.items()}
    return [{name: _text(row.cells.get(column)) for column, name in names.items()} for row in body]


def _text(cell: spreadsheet.Cell | None) -> str:
    """The value as a clerk sees it: days as 30.12.2021, whole numbers without a fraction."""
    value = "" if cell is None else cell.value
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _file_name(pattern: str, row: Mapping[str, Any], number: int) -> str:
    """The pattern with the row's values, without characters that file systems refuse."""
    name = pattern.replace("{row}", f"{number:05}")
    for key, value in row.items():
        place = f"{{{key}}}"
        name = name.replace(place, str(value)) if place in name else name
    return _UNSAFE.sub("_", name).strip(" .")[:120] or f"{number:05}"


def _refuse_doubles(rows: Sequence[Entry]) -> None:
    first: dict[str, int] = {}
    doubles = [
        Problem(
            f"[{index}]",
            _("the name “%(name)s” is taken by row %(row)d") % {"name": row.name, "row": seen + 1},
            "duplicate-name",
        )
        for index, row in enumerate(rows)
        if (seen := first.setdefault(row.name, index)) != index
    ]
    if doubles:
        raise InputError(_("Several rows would write the same file."), tuple(doubles))


class Batch:
    """Fills one template with many rows; the worklog in the folder says what is done."""

    def __init__(
        self,
        template: bytes,
        folder: Path,
        formats: Sequence[str],
        open_converter: Callable[[], convert.Converter],
        name: str = "",
    ) -> None:
        self._template = compile_template(template)
        self._made_with = Ingredient(name, hashlib.sha256(template).hexdigest())
        self._recipe = self._made_with.sha256 + ",".join(formats)
        self._folder = folder
        self._formats = formats
        self._converter = open_converter() if "pdf" in formats else None

    def run(self, rows: Sequence[Entry], workers: int) -> Iterator[Filled]:
        """What became of each row, as it is done; the order is that of completion."""
        worklog = Worklog(self._folder / WORKLOG)
        with ThreadPoolExecutor(workers) as pool, closing(worklog):
            running: dict[Future[Filled], str] = {}
            for row in rows:
                digest = self._digest(row)
                if worklog.recall(row.name, digest) is not None and self._all_there(row):
                    yield Filled(row.name, self._files(row), kept=True)
                else:
                    running[pool.submit(self._fill, row)] = digest
            for future in as_completed(running):
                filled = future.result()
                if filled.error is None:
                    worklog.note(filled.name, running[future])
                yield filled
        os.sync()

    def _digest(self, row: Entry) -> str:
        values = json.dumps(row.values, sort_keys=True, default=str, ensure_ascii=False)
        content = (self._recipe + values).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(content, digest_size=32).hexdigest()

    def _files(self, row: Entry) -> tuple[Path, ...]:
        return tuple(self._folder / f"{row.name}.{kind}" for kind in self._formats)

    def _all_there(self, row: Entry) -> bool:
        return all(path.is_file() and path.stat().st_size for path in self._files(row))

    def _fill(self, row: Entry) -> Filled:
        try:
            docx = self._template.render(row.values)
            text = document_text(docx)
            docx = with_passport(docx, passport_of(row.values, text, None, self._made_with))
            for path in self._files(row):
                _put(path, docx if path.suffix == ".docx" else self._pdf(docx))
        except DocgenError as error:
            return Filled(row.name, error=error)
        return Filled(row.name, self._files(row))

    def _pdf(self, docx: bytes) -> bytes:
        assert self._converter is not None  # noqa: S101  # opened where PDF was asked for
        return self._converter.convert(docx, options=convert.PdfOptions())

    def close(self) -> None:
        """Ends the converter, if there is one."""
        if self._converter is not None:
            self._converter.close()


def _put(path: Path, data: bytes) -> None:
    """The file, whole or not at all; the batch syncs the disk once, at its end.

    A row whose file a power cut took is made again: the worklog's line proves nothing without it.
    """
    aside = path.with_name(f".{path.name}.part")
    with writing(path):
        try:
            aside.write_bytes(data)
            aside.replace(path)
        except OSError:
            aside.unlink(missing_ok=True)
            raise
