"""The text layer of a PDF as lines, read in a process of its own with bounded time and memory.

A PDF may unpack to any size, and its parser follows it there; only the operating system stops it.
Run as a script of its own: the file on standard input, JSON on standard output.
"""

from __future__ import annotations

import io
import json
import logging
import resource
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import pairwise
from statistics import median
from typing import Any

import pdfplumber
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

MAX_PAGES = 300
MAX_SECONDS = 60
MAX_MEMORY = 1024**3
_WIDE_GAP = 2.0  # in letter heights: words further apart stand in columns
_LOOSE = 1.9  # in letter heights, from line to line: more is a gap between paragraphs
_INDENT = 12.0
_SPACE = 3.0
_COLUMN_GAP = 0.7  # in letter heights: so far apart, words of one line stand in columns
_OPEN_GAP = 0.36  # in letter heights: what all lines leave open parts columns; a space is a quarter
_CELL_LINES = 1.3  # in letter heights, from line to line: lines of one cell are no further apart
_LOOSE_ROWS = 3.0  # in letter heights: rows of one table are no further apart
_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 3

Word = Mapping[str, Any]
Gap = tuple[float, float]
Cells = list[list[Word]]
"""The words of each column of one printed line."""


def main() -> None:
    """Answers with `{"lines": […], "doubtful": […]}`, or `{"refused": code}`.

    `doubtful` are texts of cells put together from lines where no rules part the rows.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    logging.disable(logging.CRITICAL)
    try:
        doubtful: list[str] = []
        found = lines(sys.stdin.buffer.read(), doubtful)
        answer: dict[str, object] = {"lines": found, "doubtful": doubtful}
    except MemoryError:
        answer = {"refused": "document-too-long"}
    except PdfminerException as error:
        code = "file-encrypted" if "Password" in repr(error) else "document-damaged"
        answer = {"refused": code}
    except OverflowError:
        answer = {"refused": "document-too-long"}
    except Exception:  # the parser lets out whatever a damaged file makes it trip over
        answer = {"refused": "document-damaged"}
    json.dump(answer, sys.stdout)


def lines(data: bytes, doubtful: list[str]) -> list[str]:
    """The paragraphs and rows of all pages; an empty line between pages and after gaps.

    Cells that may be put together wrongly are added to `doubtful`.
    """
    found: list[str] = []
    with pdfplumber.open(io.BytesIO(data)) as document:
        if len(document.pages) > MAX_PAGES:
            raise OverflowError
        for number, page in enumerate(document.pages, 1):
            own = list(_page_lines(page, number, doubtful))
            if found and own and _goes_on(found[-1], own[0]):
                found[-1] = _joined(found[-1], own.pop(0))
            else:
                found.append("")
            found += own
            page.close()
    return found


def _goes_on(above: str, below: str) -> bool:
    """Whether a paragraph that a page break divided goes on in the next page's first line."""
    is_open = above.endswith((" –", " -")) or above.count("(") > above.count(")")
    if "\t" in above + below or above[-1:] in ".:;!?":
        return False
    return below[:1].islower() or (is_open and below[:1].isalpha())


def _page_lines(page: Page, number: int, doubtful: list[str]) -> Iterator[str]:
    tables = page.find_tables()
    words = page.extract_words(use_text_flow=False)
    outside = [word for word in words if not any(_within(word, each.bbox) for each in tables)]
    blocks: list[tuple[float, list[str]]] = [
        (table.bbox[1], [_row(row) for row in table.extract()]) for table in tables
    ]
    printed = [line for line in _lines(outside) if _text(line) != str(number)]
    blocks += _paragraphs(printed) if tables else _unruled(printed, doubtful)
    for _top, texts in sorted(blocks, key=lambda block: block[0]):
        yield from texts


def _within(word: Word, box: Sequence[float]) -> bool:
    across, down = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _row(cells: Sequence[str | None]) -> str:
    return "\t".join(_cell(cell) for cell in cells)


def _cell(text: str | None) -> str:
    """The lines of a cell as one; words and addresses that were divided are whole."""
    pieces = (text or "").replace("\t", " ").split("\n")
    return reduce(_joined, (piece.strip() for piece in pieces), "")


def _joined(above: str, below: str) -> str:
    divided = above.endswith(("-", "/")) and not above.endswith((" -", " /"))
    address = above.rpartition(" ")[2].startswith(("http://", "https://")) and below.isascii()
    return above + below if (divided or address) and above else f"{above} {below}".strip()


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    """The words of each printed line, from left to right."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (round(word["bottom"]), word["x0"])):
        if found and abs(found[-1][0]["bottom"] - word["bottom"]) < 3:
            found[-1].append(word)
        else:
            found.append([word])
    return [sorted(line, key=lambda word: float(word["x0"])) for line in found]


def _text(line: Sequence[Word]) -> str:
    """The words of a line, those far apart with a tab between."""
    text = ""
    for index, word in enumerate(line):
        gap = word["x0"] - line[index - 1]["x1"] if index else 0.0
        height = word["bottom"] - word["top"]
        text += ("\t" if gap > _WIDE_GAP * height else " ") * bool(index) + word["text"]
    return text


def _paragraphs(lines: Sequence[Sequence[Word]]) -> Iterator[tuple[float, list[str]]]:
    """The lines of the page's text put together as paragraphs, each with where it begins.

    A paragraph ends with the line in which the next word would have had room.
    """
    if not lines:
        return
    left = min(line[0]["x0"] for line in lines)
    right = max(line[-1]["x1"] for line in lines)
    height = median(line[0]["bottom"] - line[0]["top"] for line in lines)
    top, text = lines[0][0]["top"], [_text(lines[0])]
    for above, line in pairwise(lines):
        down = line[0]["bottom"] - above[0]["bottom"]
        full = above[-1]["x1"] + _SPACE + line[0]["x1"] - line[0]["x0"] > right
        if down < _LOOSE * height and full and line[0]["x0"] < left + _INDENT:
            text[-1] = _joined(text[-1], _text(line))
            continue
        yield top, text
        top, text = line[0]["top"], [""] * (down > _LOOSE * height) + [_text(line)]
    yield top, text


def _unruled(
    lines: Sequence[Sequence[Word]], doubtful: list[str]
) -> Iterator[tuple[float, list[str]]]:
    """The lines of a page without rules: a table where words stand in columns, else paragraphs."""
    begin, end, gaps = _columned(lines)
    yield from _paragraphs(lines[:begin])
    part: list[Cells] = []
    for line in lines[begin:end]:
        if _fits(line, gaps):
            part.append(_in_columns(line, gaps))
            continue
        yield from _rows(part, doubtful)
        part = []
        yield line[0]["top"], [_text(line).replace("\t", " ")]
    yield from _rows(part, doubtful)
    yield from _paragraphs(lines[end:])


def _columned(lines: Sequence[Sequence[Word]]) -> tuple[int, int, list[Gap]]:
    """Which lines stand in columns, and the gaps between those; an empty range for none.

    The line with the most gaps begins; its neighbours join as long as they leave all gaps open.
    """
    seed = max(range(len(lines)), key=lambda at: len(_gaps(lines[at])), default=0)
    gaps = _gaps(lines[seed]) if lines else []
    if len(gaps) < _FEWEST_COLUMNS - 1:
        return len(lines), len(lines), []
    begin, end = seed, seed + 1
    for at in range(seed + 1, len(lines)):
        narrowed = _narrowed(gaps, lines[at])
        if narrowed:
            gaps, end = narrowed, at + 1
    while begin and (narrowed := _narrowed(gaps, lines[begin - 1])):
        if _step(lines, begin) > _LOOSE_ROWS:
            break
        gaps, begin = narrowed, begin - 1
    while not _gaps(lines[begin]) and _step(lines, begin + 1) >= _CELL_LINES:
        begin += 1  # a line that stands alone above the headings is a title
    full = sum(len(_gaps(line)) >= _FEWEST_COLUMNS - 1 for line in lines[begin:end])
    if full < _FEWEST_ROWS:
        return len(lines), len(lines), []
    return begin, end, _open([line for line in lines[begin:end] if _fits(line, gaps)])


def _open(lines: Sequence[Sequence[Word]]) -> list[Gap]:
    """The gaps that no word of any line closes."""
    words = sorted((word for line in lines for word in line), key=lambda word: float(word["x0"]))
    least = _OPEN_GAP * median(word["bottom"] - word["top"] for word in words)
    gaps: list[Gap] = []
    right = words[0]["x1"]
    for word in words:
        if word["x0"] - right >= least:
            gaps.append((right, word["x0"]))
        right = max(right, word["x1"])
    return gaps


def _step(lines: Sequence[Sequence[Word]], at: int) -> float:
    """How far below the line before it a line stands, in letter heights."""
    above, below = lines[at - 1][0], lines[at][0]
    return float((below["bottom"] - above["bottom"]) / (below["bottom"] - below["top"]))


def _gaps(line: Sequence[Word]) -> list[Gap]:
    """Where the words of a line are so far apart that they stand in different columns."""
    least = _COLUMN_GAP * (line[0]["bottom"] - line[0]["top"])
    pairs = ((left["x1"], right["x0"]) for left, right in pairwise(line))
    return [(left, right) for left, right in pairs if right - left >= least]


def _narrowed(gaps: Sequence[Gap], line: Sequence[Word]) -> list[Gap]:
    """What the words of a line leave open of the gaps; nothing where they close one."""
    left_open: list[Gap] = []
    least = _OPEN_GAP * (line[0]["bottom"] - line[0]["top"])
    for gap in gaps:
        rest = reduce(_beside, line, gap)
        if rest[1] - rest[0] < least:
            return []
        left_open.append(rest)
    return left_open


def _beside(gap: Gap, word: Word) -> Gap:
    """The wider part of the gap that the word leaves open."""
    left, right = gap
    if word["x0"] >= right or word["x1"] <= left:
        return gap
    return (left, word["x0"]) if word["x0"] - left > right - word["x1"] else (word["x1"], right)


def _fits(line: Sequence[Word], gaps: Sequence[Gap]) -> bool:
    return not any(
        word["x0"] < right and word["x1"] > left for word in line for left, right in gaps
    )


def _in_columns(line: Sequence[Word], gaps: Sequence[Gap]) -> Cells:
    cells: Cells = [[] for _ in range(len(gaps) + 1)]
    for word in line:
        cells[sum(word["x0"] >= right for _left, right in gaps)].append(word)
    return cells


def _rows(part: Sequence[Cells], doubtful: list[str]) -> Iterator[tuple[float, list[str]]]:
    """The printed lines of a table put together as rows."""
    for row in _parted(part):
        texts = [
            reduce(
                _joined, (" ".join(word["text"] for word in cell) for cell in column if cell), ""
            )
            for column in zip(*row, strict=True)
        ]
        doubtful += [
            text
            for text, column in zip(texts, zip(*row, strict=True), strict=True)
            if sum(map(bool, column)) > 1
        ]
        yield min(word["top"] for cell in row[0] for word in cell), ["\t".join(texts)]


def _parted(part: Sequence[Cells]) -> Iterator[list[Cells]]:
    """The lines of each row: parted where no cell goes on, else where a full line begins."""
    if not part:
        return
    runs = [run for column in zip(*part, strict=True) for run in _runs(column)]
    parted = [not any(first < at <= last for first, last in runs) for at in range(1, len(part))]
    if not any(parted):
        full = max(sum(map(bool, cells)) for cells in part)
        parted = [sum(map(bool, cells)) == full or all(cells[:2]) for cells in part[1:]]
    row = [part[0]]
    for cells, begins in zip(part[1:], parted, strict=True):
        if begins:
            yield row
            row = []
        row.append(cells)
    yield row


def _runs(column: Sequence[Sequence[Word]]) -> Iterator[tuple[int, int]]:
    """The first and last line of each run of lines that are close enough for one cell."""
    filled = [at for at, words in enumerate(column) if words]
    first = filled[0] if filled else 0
    for above, below in pairwise(filled):
        upper, lower = column[above][0], column[below][0]
        height = upper["bottom"] - upper["top"]
        if lower["bottom"] - upper["bottom"] >= _CELL_LINES * height:
            yield first, above
            first = below
    if filled:
        yield first, filled[-1]


if __name__ == "__main__":
    main()
