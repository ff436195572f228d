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

Word = Mapping[str, Any]


def main() -> None:
    """Answers with `{"lines": […]}`, or `{"refused": code}`."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    logging.disable(logging.CRITICAL)
    try:
        answer: dict[str, object] = {"lines": lines(sys.stdin.buffer.read())}
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


def lines(data: bytes) -> list[str]:
    """The paragraphs and rows of all pages; an empty line between pages and after gaps."""
    found: list[str] = []
    with pdfplumber.open(io.BytesIO(data)) as document:
        if len(document.pages) > MAX_PAGES:
            raise OverflowError
        for number, page in enumerate(document.pages, 1):
            own = list(_page_lines(page, number))
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


def _page_lines(page: Page, number: int) -> Iterator[str]:
    tables = page.find_tables()
    words = page.extract_words(use_text_flow=False)
    outside = [word for word in words if not any(_within(word, each.bbox) for each in tables)]
    blocks: list[tuple[float, list[str]]] = [
        (table.bbox[1], [_row(row) for row in table.extract()]) for table in tables
    ]
    blocks += _paragraphs([line for line in _lines(outside) if _text(line) != str(number)])
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


if __name__ == "__main__":
    main()
