"""The rules of ГОСТ Р 7.0.97 for the setting of type: size, indent, alignment, spacing, width."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from docgen.checks.dossier import Dossier, Mistake
from docgen.checks.layout import KEPT_LONG, TOLERANCE, Edition, edition
from docgen.i18n import _

if TYPE_CHECKING:
    from docgen.models.readings import PageFacts, ParagraphFacts

_PATH = "layout.paragraphs"
_TEXT = frozenset(("preamble", "point"))
_BODY = _TEXT | {"operative"}
"""The roles of the order's own text; the operative word may stand alone, without an indent."""
_SHOWN = 60
_ROUNDED = 0.1
"""Points and lines within which a size or a spacing counts as kept."""
_GUESS = 1.05
"""How much longer than allowed a line must be: widths are told by the letters, not measured."""
_NARROWEST = 40
"""Millimetres; a column of text that an indent makes narrower stands on another page."""


def font_size(dossier: Dossier) -> Iterator[Mistake]:
    """Paragraphs of the text in a size that the standard does not allow; each size once."""
    rules = edition(dossier.order.date)
    told: set[float] = set()
    for paragraph in _paragraphs(dossier, _BODY):
        size = paragraph.size
        if size is None or size in told or _is_allowed(size, rules):
            continue
        told.add(size)
        yield _mistake(
            paragraph,
            _("the text is set in %(found)s pt: “%(text)s”"),
            f"{size:g}",
            _("set it in 12–14 pt; only tables may be smaller"),
        )


def _is_allowed(size: float, rules: Edition) -> bool:
    if rules.steps:
        return any(abs(size - step) <= _ROUNDED for step in rules.steps)
    least, largest = rules.sizes
    return least - _ROUNDED <= size <= largest + _ROUNDED


def indent(dossier: Dossier) -> Iterator[Mistake]:
    """Text whose first lines are not indented by 12.5 mm; told once."""
    wanted = edition(dossier.order.date).indent
    yield from _first(
        dossier,
        _TEXT,
        lambda it: it.first_line is not None and abs(it.first_line - wanted) > TOLERANCE,
        lambda it: _mistake(
            it,
            _("the first line is indented by %(found)s mm, not by 12.5 mm: “%(text)s”"),
            f"{it.first_line:g}",
            _("set the first-line indent to 12.5 mm"),
        ),
    )


def alignment(dossier: Dossier) -> Iterator[Mistake]:
    """Text that is not justified; told once."""
    yield from _first(
        dossier,
        _TEXT,
        lambda it: it.align not in (None, "justify"),
        lambda it: _mistake(
            it, _("the text is not justified: “%(text)s”"), "", _("justify it at both margins")
        ),
    )


def line_spacing(dossier: Dossier) -> Iterator[Mistake]:
    """Text outside 1 to 1.5 lines, and stamps of several lines not set single; each told once."""
    least, most = edition(dossier.order.date).spacing
    yield from _first(
        dossier,
        _BODY,
        lambda it: _is_outside(it.spacing, least, most),
        lambda it: _mistake(
            it,
            _("the lines are %(found)s apart: “%(text)s”"),
            f"{it.spacing:g}",
            _("set the line spacing to 1–1.5"),
        ),
    )
    yield from _first(
        dossier,
        frozenset({"stamp"}),
        lambda it: bool(it.text) and _is_outside(it.spacing, 0, 1),
        lambda it: _mistake(
            it,
            _("the lines of a requisite are %(found)s apart: “%(text)s”"),
            f"{it.spacing:g}",
            _("set the line spacing to 1"),
        ),
    )


def _is_outside(spacing: float | None, least: float, most: float) -> bool:
    return spacing is not None and not least - _ROUNDED <= spacing <= most + _ROUNDED


def requisite_width(dossier: Dossier) -> Iterator[Mistake]:
    """Lines of the title or of a stamp longer than the standard allows; each once."""
    rules = edition(dossier.order.date)
    pages = dossier.layout.pages if dossier.layout else ()
    for role in ("title", "stamp"):
        yield from _first(
            dossier,
            frozenset({role}),
            lambda it: _width(it, pages) > _longest(it, rules) * _GUESS,
            lambda it: _mistake(
                it,
                _("a line of a requisite is about %(found)s mm long: “%(text)s”"),
                f"{_width(it, pages):.0f}",
                _("keep it within %(wanted)s mm") % {"wanted": f"{_longest(it, rules):g}"},
            ),
        )


def _longest(paragraph: ParagraphFacts, rules: Edition) -> float:
    is_across = paragraph.role == "title" and paragraph.align == "center"
    return rules.across if is_across else rules.corner


def _width(paragraph: ParagraphFacts, pages: tuple[PageFacts, ...]) -> float:
    """How long the longest line is: as its words ask, but no longer than its column.

    What margins too narrow add to the column is theirs to answer for.
    """
    columns = [
        page.width - max(page.left, KEPT_LONG) - max(page.right, 10) - paragraph.inset
        for page in pages
    ]
    return min([paragraph.width or 0, *(column for column in columns if column > _NARROWEST)])


def _first(
    dossier: Dossier,
    roles: frozenset[str],
    is_wrong: Callable[[ParagraphFacts], bool],
    mistake: Callable[[ParagraphFacts], Mistake],
) -> Iterator[Mistake]:
    """The mistake of the first wrong paragraph: those set alike are wrong alike."""
    wrong = filter(is_wrong, _paragraphs(dossier, roles))
    yield from map(mistake, islice(wrong, 1))


def _paragraphs(dossier: Dossier, roles: frozenset[str]) -> Iterator[ParagraphFacts]:
    paragraphs = dossier.layout.paragraphs if dossier.layout else ()
    return (paragraph for paragraph in paragraphs if paragraph.role in roles)


def _mistake(paragraph: ParagraphFacts, message: str, found: str, suggestion: str) -> Mistake:
    values = {"found": found, "text": paragraph.text[:_SHOWN]}
    return Mistake(_PATH, message % values, suggestion)
