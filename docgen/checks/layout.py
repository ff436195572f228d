"""The rules of ГОСТ Р 7.0.97 for the form of an order and the setting of its pages.

The 2016 text holds for documents dated before 18 August 2025, the 2025 text from that day on. A
region whose instructions differ silences or re-grades a code in its profile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from docgen.checks.dossier import Dossier, Mistake, stands_alone
from docgen.errors import LanguageError
from docgen.i18n import _
from docgen.language.declension import approval_word

if TYPE_CHECKING:
    from docgen.models.readings import PageFacts

_IN_FORCE = date(2025, 8, 18)
TOLERANCE = 0.6
"""Millimetres within which a measure counts as kept: Word rounds."""

_HEADING = re.compile(r"(?:О|Об|Обо)\s", re.IGNORECASE)
_SURNAME_FIRST = re.compile(r"[А-ЯЁ][а-яё-]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?")
_ZERO_IN_WORDS = re.compile(
    r"0[1-9]\s+(?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября"
    r"|декабря)\b"
)
_DIGITS = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.20[0-9]{2}\b")


@dataclass(frozen=True, slots=True)
class Edition:
    """What one edition of the standard asks for: lengths in millimetres, sizes in points.

    `sizes` are the least and the largest size of the text and, in `steps`, those between them;
    `corner` is the longest line of a requisite at a side, `across` of one in the middle.
    """

    name: str
    corner: float
    steps: tuple[float, ...] = ()
    sizes: tuple[float, float] = (12, 14)
    left: float = 20
    right: float = 10
    top: float = 20
    bottom: float = 20
    indent: float = 12.5
    spacing: tuple[float, float] = (1, 1.5)
    across: float = 120


_2016 = Edition("ГОСТ Р 7.0.97-2016", corner=75)
_2025 = Edition("ГОСТ Р 7.0.97-2025", corner=80, steps=(12, 13, 14))
_A4 = (210, 297)
KEPT_LONG = 30
"""The left margin of documents kept over ten years, which orders on the main activity are."""


def edition(day: date | None) -> Edition:
    """The edition in force on the day of the document; a draft follows the newest."""
    return _2016 if day and day < _IN_FORCE else _2025


def page_size(dossier: Dossier) -> Iterator[Mistake]:
    """Pages of another size than A4, upright or turned."""
    for index, page in enumerate(dossier.layout.pages if dossier.layout else ()):
        sides = sorted((page.width, page.height))
        if any(abs(side - usual) > 2 for side, usual in zip(sides, _A4, strict=True)):
            yield Mistake(
                f"layout.pages[{index}]",
                _("the page is %(width)s × %(height)s mm")
                % {"width": f"{page.width:g}", "height": f"{page.height:g}"},
                _("set it to A4, 210 × 297 mm"),
            )


def margins(dossier: Dossier) -> Iterator[Mistake]:
    """Pages with margins narrower than the standard's."""
    rules = edition(dossier.order.date)
    for index, page in enumerate(dossier.layout.pages if dossier.layout else ()):
        for side, found, wanted in _sides(page, rules):
            if found < wanted - TOLERANCE:
                values = {"side": side, "found": f"{found:g}", "wanted": f"{wanted:g}"}
                yield Mistake(
                    f"layout.pages[{index}]",
                    _("%(side)s is %(found)s mm wide, less than %(wanted)s mm") % values,
                    _("set it to %(wanted)s mm") % values,
                )
        if rules.left - TOLERANCE <= page.left < KEPT_LONG - TOLERANCE and not index:
            yield Mistake(
                f"layout.pages[{index}]",
                _("the left margin is %(found)s mm; orders are kept over ten years and need 30 mm")
                % {"found": f"{page.left:g}"},
                _("set it to %(wanted)s mm") % {"wanted": KEPT_LONG},
                "info",
            )


def _sides(page: PageFacts, rules: Edition) -> Iterator[tuple[str, float, float]]:
    """Each margin with its least width; a page turned on its side keeps the narrowest all round."""
    turned = page.width > page.height
    least = min(rules.left, rules.right, rules.top, rules.bottom)
    for side, found, wanted in (
        (_("the left margin"), page.left, rules.left),
        (_("the right margin"), page.right, rules.right),
        (_("the top margin"), page.top, rules.top),
        (_("the bottom margin"), page.bottom, rules.bottom),
    ):
        yield side, found, least if turned else wanted


def page_number(dossier: Dossier) -> Iterator[Mistake]:
    """Page numbers that are absent, not centred in the top margin, or on the first page."""
    pages = dossier.layout.pages if dossier.layout else ()
    if pages and dossier.order.annexes and not any(page.number_place for page in pages):
        yield Mistake(
            "layout.pages",
            _("the order has several pages, and none is numbered"),
            _("put the page number into the page header, centred"),
            "info",
        )
    for index, page in enumerate(pages):
        path = f"layout.pages[{index}]"
        if page.number_place not in (None, "top-centre"):
            yield Mistake(
                path,
                _("the page number does not stand in the middle of the top margin"),
                _("put it into the page header, centred"),
            )
        if page.first_numbered and not index:
            yield Mistake(
                path,
                _("the first page is numbered"),
                _("number pages from the second on (“different first page”)"),
            )


def heading(dossier: Dossier) -> Iterator[Mistake]:
    """A title that does not begin with «О» or «Об», is in quotes, or ends with a full stop.

    An order without any is a mistake in the text of 2025; that of 2016 let short ones go without.
    """
    title = dossier.order.title.strip()
    if not title:
        is_new = edition(dossier.order.date) is _2025
        yield Mistake(
            "title",
            _("no title that begins with “О” or “Об” was found"),
            _("word it so that it answers “about what?”: “Об утверждении …”"),
            None if is_new else "info",
        )
    bare = title.strip('«»"“”„')
    if title.startswith(("«", '"', "“", "„")) and title.endswith(("»", '"', "”", "“")):
        yield Mistake("title", _("the title is in quotes"), bare)
    if bare and not _HEADING.match(bare):
        yield Mistake(
            "title",
            _("the title does not begin with “О” or “Об”"),
            _("word it so that it answers “about what?”: “Об утверждении …”"),
        )
    if title.endswith(".") and not title.endswith(("г.", "гг.", "др.")):
        yield Mistake("title", _("the title ends with a full stop"), title.rstrip("."))


def operative(dossier: Dossier) -> Iterator[Mistake]:
    """A document of orders whose preamble does not lead to «ПРИКАЗЫВАЮ:» with its colon."""
    reading = dossier.reading
    if reading is None or "ПРИКАЗ" not in reading.document.upper().replace(" ", ""):
        return
    word = reading.operative.strip()
    if not word:
        yield Mistake(
            "preamble", _("the preamble does not end with the word of command"), "ПРИКАЗЫВАЮ:"
        )
    elif not word.endswith(":"):
        yield Mistake("preamble", _("“%(word)s” lacks its colon") % {"word": word}, f"{word}:")


def signature(dossier: Dossier) -> Iterator[Mistake]:
    """A signature without a name, or with the surname before the initials."""
    order = dossier.order
    name = order.signatory.name.strip() if order.signatory else ""
    if _SURNAME_FIRST.fullmatch(name):
        surname, _space, initials = name.partition(" ")
        yield Mistake(
            "signatory.name",
            _("in a signature the initials stand before the surname: “%(name)s”") % {"name": name},
            f"{initials.replace(' ', '')} {surname}",
        )
    if order.date and not name:
        yield Mistake(
            "signatory", _("the order is dated, but no one signs it"), _("add post and name")
        )


def date_form(dossier: Dossier) -> Iterator[Mistake]:
    """Dates written neither as «05.06.2016» nor as «5 июня 2016 г.»."""
    for passage, found in chain(dossier.find(_ZERO_IN_WORDS), dossier.find(_DIGITS, ".20")):
        printed = found.group()
        if stands_alone(found) and _date_form(printed) != printed:
            yield Mistake(
                passage.path,
                _("this is not how a date is written: “%(date)s”") % {"date": printed},
                _date_form(printed),
            )


def _date_form(printed: str) -> str:
    if "." not in printed:
        return printed.removeprefix("0")
    day, month, year = printed.split(".")
    return f"{day:0>2}.{month:0>2}.{year}"


def approval(dossier: Dossier) -> Iterator[Mistake]:
    """Stamps whose «УТВЕРЖДЕН» does not agree with the annex, or is not written in capitals."""
    for index, stamp in enumerate(dossier.stamps[: len(dossier.order.annexes)]):
        printed = stamp.approval_word.strip() if stamp and stamp.approval_word else ""
        if not printed:
            continue
        try:
            wanted = approval_word(dossier.order.annexes[index].title)
        except LanguageError:
            continue
        if printed.strip(' «»"').upper().replace("Ё", "Е") != wanted:
            values = {"printed": printed, "wanted": wanted}
            yield Mistake(
                f"annexes[{index}].stamp",
                _("“%(printed)s” does not agree with the name of the annex") % values,
                wanted,
            )


def stamp(dossier: Dossier) -> Iterator[Mistake]:
    """Annexes of a document without any stamp or mark."""
    for index, printed in enumerate(dossier.stamps[: len(dossier.order.annexes)]):
        if printed is None:
            yield Mistake(
                f"annexes[{index}].stamp",
                _("the annex has neither an approval stamp nor a mark “Приложение”"),
                "\n".join(dossier.region.stamp(dossier.order, index)),
            )
