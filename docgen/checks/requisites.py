"""Date, number and stamps: what ties an order to its annexes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from docgen.checks.dossier import FROM_LATIN, Dossier, Mistake, Passage, stands_alone
from docgen.i18n import _
from docgen.models import Order

if TYPE_CHECKING:
    from docgen.models.readings import PrintedStamp

_DASHES = str.maketrans("‐‑–—−", "-----")


def stamp_mismatch(dossier: Dossier) -> Iterator[Mistake]:
    """Stamps whose date or number is not the order's."""
    order = dossier.order
    for index, stamp in enumerate(dossier.stamps):
        if stamp is None:
            continue
        differing = [*_other_date(order, stamp), *_other_number(order, stamp)]
        if differing:
            yield Mistake(
                f"annexes[{index}].stamp", "; ".join(differing), _issued_as(order, "от %s № %s")
            )


def _other_date(order: Order, stamp: PrintedStamp) -> Iterator[str]:
    if order.date and stamp.date and order.date != stamp.date:
        yield _("the stamp is dated %(stamp)s, the order %(order)s") % {
            "stamp": f"{stamp.date:%d.%m.%Y}",
            "order": order.printed_date,
        }


def _other_number(order: Order, stamp: PrintedStamp) -> Iterator[str]:
    if order.number and stamp.number and _plain(order.number) != _plain(stamp.number):
        yield _("the stamp has the number “%(stamp)s”, the order “%(order)s”") % {
            "stamp": stamp.number,
            "order": order.number,
        }


def _plain(number: str) -> str:
    """The number without what typing varies: spaces, dashes, capitals, the sign «№»."""
    return "".join(number.split()).translate(_DASHES).lstrip("№N").casefold()


def _issued_as(order: Order, pattern: str) -> str:
    """«от 30.12.2021 № 245-ссл/г», with blanks for what the order does not have."""
    return pattern % (order.printed_date, order.printed_number)


def stamp_blank(dossier: Dossier) -> Iterator[Mistake]:
    """Stamps left to be filled by hand, though the order has its date and number."""
    order = dossier.order
    if not (order.date and order.number):
        return
    for index, stamp in enumerate(dossier.stamps):
        if stamp is not None and (stamp.blank or not (stamp.date or stamp.number)):
            yield Mistake(
                f"annexes[{index}].stamp",
                _("the stamp of the annex is not filled in"),
                _issued_as(order, "от %s № %s"),
            )


def number_in_draft(dossier: Dossier) -> Iterator[Mistake]:
    """A number without a date: numbers are given when the signed order is registered."""
    order = dossier.order
    if order.number and not order.date:
        yield Mistake(
            "number",
            _("the order has the number “%(number)s” but no date: a draft is not numbered")
            % {"number": order.number},
            _("delete the number, or give the date of signing"),
        )


def leftover_tag(dossier: Dossier) -> Iterator[Mistake]:
    """Tags of a template that were printed instead of their values."""
    first: dict[Passage, re.Match[str]] = {}
    for passage, found in chain(dossier.find(_OPENING, "{"), dossier.find(_CLOSING, "}")):
        first.setdefault(passage, found)
    for passage, found in first.items():
        yield Mistake(
            passage.path,
            _("a tag of the template is left over: “%(tag)s”") % {"tag": found.group()},
            _("write what should stand here"),
        )


_OPENING = re.compile(r"\{[{%#](?:[^\x00]{0,60}?[}%#]\})?")
_CLOSING = re.compile(r"[}%#]\}")


def value_lost(dossier: Dossier) -> Iterator[Mistake]:
    """Marks that programs leave where a value was lost."""
    marks = chain.from_iterable(dossier.find(*lost) for lost in _LOST)
    for passage, found in chain(marks, _names_of_nothing(dossier)):
        if found.group().isalpha() and not stands_alone(found):
            continue
        yield Mistake(
            passage.path,
            _("“%(mark)s” stands here instead of a value") % {"mark": found.group()},
            _("write the value that was lost"),
        )


_LOST = (
    (re.compile(r"\ufffd+"), "\ufffd"),
    (re.compile(r"#(?:ССЫЛКА!|ЗНАЧ!|ИМЯ\?|Н/Д|ДЕЛ/0!|REF!|VALUE!|NAME\?|N/A|DIV/0!)"), "#"),
    (re.compile(r"Ошибка! (?:Источник ссылки не найден|Закладка не определена)"), "Ошибка!"),
    (re.compile(r"Error! (?:Reference source not found|Bookmark not defined)"), "Error!"),
)
"""U+FFFD of a wrong encoding, error values of spreadsheets and broken fields of Word."""


def _names_of_nothing(dossier: Dossier) -> Iterator[tuple[Passage, re.Match[str]]]:
    """The words that programs have for nothing; few words of an order are Latin at all."""
    for passage, latin in dossier.find(FROM_LATIN):
        for found in _NOTHING.finditer(latin.string, latin.start(), latin.end()):
            yield passage, found


_NOTHING = re.compile(r"(?:None|NaN|nan|NaT|null|NULL|undefined)\b(?![-./@])")


def doubtful_value(dossier: Dossier) -> Iterator[Mistake]:
    """Values the reader of a document was not sure of."""
    for doubt in dossier.reading.doubts if dossier.reading else ():
        if doubt.confidence >= _SURE:
            continue
        yield Mistake(
            doubt.path,
            _("read with doubt: %(reason)s") % {"reason": doubt.reason},
            _("compare with the document"),
        )


_SURE = 0.9
"""Confidence from which what was read needs no second look."""


def unplaced_text(dossier: Dossier) -> Iterator[Mistake]:
    """Text of a document that belongs to no part of an order."""
    for index, text in enumerate(dossier.order.unplaced):
        yield Mistake(
            f"unplaced[{index}]",
            _("this text belongs to no part of the order: “%(text)s”") % {"text": text[:80]},
            _("move it where it belongs, or delete it"),
        )
    for piece in dossier.reading.unplaced if dossier.reading else ():
        yield Mistake(
            "",
            _("%(place)s: this text belongs to no part of the order: “%(text)s”")
            % {"place": piece.place, "text": piece.text[:80]},
        )
