"""The tables of docs/declension.md, made from declension.yaml; run me to write them anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.cases import read_cases

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "declension.md"
MARK = "<!-- The tables below are made by tests/language/declension_page.py. -->"
CASES = read_cases(HERE / "declension.yaml")
HEADINGS = {
    "region": "Регионы",
    "post": "Должности",
    "organisation": "Организации",
    "addressee": "Адресаты поручений",
    "title": "Названия документов",
}
COLUMNS = "| Именительный | Родительный | Дательный | Винительный | Творительный | Предложный |"


def page(text: str) -> str:
    """The page with its tables as the data file has them now."""
    return "\n".join([text.partition(MARK)[0] + MARK, "", *tables()])


def tables() -> Iterator[str]:
    """The lines of all tables."""
    yield from _table("Лица", [row for rows in CASES["person"].values() for row in rows])
    for kind, heading in HEADINGS.items():
        yield from _table(heading, CASES[kind])
    yield from ("### Нужно указать пол", "", ", ".join(CASES["gender-unknown"]), "")
    yield from ("### Согласование грифа", "", "| Гриф | Документ |", "| --- | --- |")
    for word, titles in CASES["agreement"].items():
        yield f"| {word} | {'; '.join(titles)} |"
    yield ""


def _table(heading: str, rows: list[list[str]]) -> Iterator[str]:
    yield from (f"### {heading}", "", COLUMNS, "|" + " --- |" * 6)
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
