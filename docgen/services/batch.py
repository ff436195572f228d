"""One template over many rows, on all cores, going on where it was interrupted."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
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
from docgen.render.guard import end_processes
from docgen.render.package import opened
from docgen.render.passport import with_passport
from docgen.render.readback import body_text
from docgen.schemas.reading import DATA, read_bytes, read_file, require_ending
from docgen.services.passports import data_of, passport_of, sha256
from docgen.services.worklog import Worklog, writing

if TYPE_CHECKING:
    import multiprocessing
    from concurrent import futures
    from multiprocessing import util

    from docgen import convert
    from docgen.importers import spreadsheet
else:
    convert = on_demand("docgen.convert")
    futures = on_demand("concurrent.futures")
    multiprocessing, util = on_demand("multiprocessing"), on_demand("multiprocessing.util")
    spreadsheet = on_demand("docgen.importers.spreadsheet")

MAX_ROWS_BYTES = 500 * 2**20
WORKLOG = ".docgen-done.jsonl"
_AT_ONCE = 8
"""Documents that a process is told to fill at once; with no more than these, none is started."""
_UNSAFE = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')


@dataclass(frozen=True, slots=True)
class Entry:
    """What one document is filled with, and the name of its files without an ending."""

    name: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Filled:
    """What became of one row; `kept` when an earlier run had made it from the same data.

    `digest` is that of all it was made from.
    """

    name: str
    files: tuple[Path, ...] = ()
    error: DocgenError | None = None
    kept: bool = False
    digest: str = ""


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
        self._made_with = Ingredient(name, sha256(template))
        self._recipe = self._made_with.sha256 + ",".join(formats)
        self._folder = folder
        self._formats = formats
        self._converter = open_converter() if "pdf" in formats else None

    def run(self, rows: Sequence[Entry], workers: int) -> Iterator[Filled]:
        """What became of each row, as it is done: first those that an earlier run had made."""
        worklog = Worklog(self._folder / WORKLOG)
        with closing(worklog):
            left = []
            for row in rows:
                if self._is_made(row, worklog):
                    yield Filled(row.name, self._files(row), kept=True)
                else:
                    left.append(row)
            for filled in self._made(left, workers):
                if filled.error is None:
                    worklog.note(filled.name, filled.digest)
                yield filled
        os.sync()

    def _made(self, rows: Sequence[Entry], workers: int) -> Iterator[Filled]:
        """The rows filled: by threads where LibreOffice has the work, else by processes."""
        if self._converter is not None:
            with futures.ThreadPoolExecutor(workers) as pool:
                yield from pool.map(self.fill, rows)
        elif workers == 1 or len(rows) <= _AT_ONCE:
            yield from map(self.fill, rows)
        else:
            context = multiprocessing.get_context("fork")
            with futures.ProcessPoolExecutor(workers, context, _begin, (self, rows)) as pool:
                yield from pool.map(_in_process, range(len(rows)), chunksize=_AT_ONCE)

    def _is_made(self, row: Entry, worklog: Worklog) -> bool:
        """Whether an earlier run made the row's files, from the same data, and they are there."""
        if row.name not in worklog:
            return False
        data = data_of(row.values).encode("utf-8", "surrogatepass")
        digest = self._digest(sha256(data))
        return worklog.recall(row.name, digest) is not None and self._all_there(row)

    def _digest(self, data_sha256: str) -> str:
        return sha256((self._recipe + data_sha256).encode())

    def _files(self, row: Entry) -> tuple[Path, ...]:
        return tuple(self._folder / f"{row.name}.{kind}" for kind in self._formats)

    def _all_there(self, row: Entry) -> bool:
        return all(path.is_file() and path.stat().st_size for path in self._files(row))

    def fill(self, row: Entry) -> Filled:
        """The files of one row, or the reason why there are none."""
        try:
            package = opened(self._template.render(row.values))
            data, text = data_of(row.values), body_text(package)
            passport = passport_of(data, text, None, self._made_with)
            docx = with_passport(package, passport)
            for path in self._files(row):
                _put(path, docx if path.suffix == ".docx" else self._pdf(docx))
        except DocgenError as error:
            return Filled(row.name, error=error)
        return Filled(row.name, self._files(row), digest=self._digest(passport.data_sha256))

    def _pdf(self, docx: bytes) -> bytes:
        assert self._converter is not None  # noqa: S101  # opened where PDF was asked for
        return self._converter.convert(docx, options=convert.PdfOptions())

    def close(self) -> None:
        """Ends the converter, if there is one."""
        if self._converter is not None:
            self._converter.close()


_of_this_process: list[tuple[Batch, Sequence[Entry]]] = []


def _begin(batch: Batch, rows: Sequence[Entry]) -> None:
    _of_this_process.append((batch, rows))
    util.Finalize(None, end_processes, exitpriority=100)


def _in_process(index: int) -> Filled:
    batch, rows = _of_this_process[0]
    return batch.fill(rows[index])


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
