"""How an amending order names points, rows and sections: «строки 3–5», «раздел II»."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from docgen.models import Annex
from docgen.models.differences import AnnexDiff, ItemDiff

_LAST = re.compile(r"(.*?)(\d+)")


@dataclass(frozen=True, slots=True)
class Noun:
    """The forms of a noun that instructions use."""

    accusative: str
    plural: str
    instrumental: str
    instrumental_plural: str
    genitive: str

    def object(self, labels: Sequence[str]) -> str:
        """«строку 3», «строки 3–5»: what is exchanged or taken out."""
        return f"{self.plural if len(labels) > 1 else self.accusative} {ranges(labels)}"

    def means(self, labels: Sequence[str]) -> str:
        """«строкой 3», «строками 3–5»: what is added, what a number turns into."""
        word = self.instrumental_plural if len(labels) > 1 else self.instrumental
        return f"{word} {ranges(labels)}"


POINT = Noun("пункт", "пункты", "пунктом", "пунктами", "пункта")
ROW = Noun("строку", "строки", "строкой", "строками", "строки")
SECTION = Noun("раздел", "разделы", "разделом", "разделами", "раздела")


def label(number: str) -> str:
    """The number as it is cited: «14.» → «14»."""
    return number.strip().rstrip(".)")


def follows(before: str, after: str) -> bool:
    """Whether one number is the next after another: 3.1 and 3.2."""
    first, second = _LAST.fullmatch(before), _LAST.fullmatch(after)
    if not first or not second:
        return False
    return first[1] == second[1] and int(second[2]) == int(first[2]) + 1


def ranges(labels: Sequence[str]) -> str:
    """The numbers with runs of three and more drawn together: «3, 5–7»."""
    runs: list[list[str]] = []
    for each in labels:
        if runs and follows(runs[-1][-1], each):
            runs[-1].append(each)
        else:
            runs.append([each])
    return ", ".join(_run(run) for run in runs)


def _run(run: Sequence[str]) -> str:
    return ", ".join(run) if len(run) < 3 else f"{run[0]}–{run[-1]}"


def renumbered(noun: Noun, numbers: Sequence[tuple[str, str]]) -> Iterator[str]:
    """«строки 5–7 считать соответственно строками 6–8» for each run of (old, new) numbers."""
    for before, after in runs(numbers):
        word = "считать соответственно" if len(before) > 1 else "считать"
        yield f"{noun.object(before)} {word} {noun.means(after)}"


def runs(numbers: Sequence[tuple[str, str]]) -> Iterator[tuple[list[str], list[str]]]:
    """The (old, new) numbers in runs in which both go up one by one."""
    found: list[tuple[list[str], list[str]]] = []
    for old, new in numbers:
        if found and follows(found[-1][0][-1], old) and follows(found[-1][1][-1], new):
            found[-1][0].append(old)
            found[-1][1].append(new)
        else:
            found.append(([old], [new]))
    yield from found


def section_marks(diff: AnnexDiff) -> Callable[[ItemDiff], str]:
    """What tells a row's section, for tables whose sections repeat the numbers of their rows."""
    sections = tuple(
        edition.sections if edition is not None and _numbers_repeat(edition) else ()
        for edition in (diff.old, diff.new)
    )

    def mark(row: ItemDiff) -> str:
        found, path = (sections[1], row.new_path) if row.new_path else (sections[0], row.old_path)
        if not found or path is None:
            return ""
        section = found[int(path.rpartition(".items")[0].rpartition("[")[2].rstrip("]"))]
        return label(section.number or "") or short(section.title or "")

    return mark


def _numbers_repeat(annex: Annex) -> bool:
    seen: set[str] = set()
    for section in annex.sections:
        numbers = {item.number for item in section.items if item.number}
        if seen & numbers:
            return True
        seen |= numbers
    return False


def sentence(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def short(text: str, length: int = 60) -> str:
    """The text cut at a word where it is longer than `length`."""
    if len(text) <= length:
        return text
    return f"{text[:length].rpartition(' ')[0]}…"
