"""The amending order made of the difference between two editions (ГОСТ Р 7.0.97)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from docgen.amendments.changes import changes_between
from docgen.amendments.clauses import clauses
from docgen.amendments.differences import compare_orders
from docgen.amendments.sheets import edits
from docgen.default_region import document_word
from docgen.errors import AmendmentError, LanguageError
from docgen.i18n import _
from docgen.language.declension import approval_word, decline_phrase, inner_title
from docgen.models import (
    AmendedOrder,
    Amendment,
    Approve,
    Control,
    Order,
    Point,
    Profile,
    Sheet,
)
from docgen.models.differences import AnnexDiff

_APPROVED = {
    "УТВЕРЖДЕН": "утвержденный",
    "УТВЕРЖДЕНА": "утвержденную",
    "УТВЕРЖДЕНО": "утвержденное",
    "УТВЕРЖДЕНЫ": "утвержденные",
}


@dataclass(frozen=True, slots=True)
class Edition:
    """An order as its data file gives it, and as its region prints it."""

    order: Order
    printed: Order


@dataclass(frozen=True, slots=True)
class Requisites:
    """What an amending order has of its own; None for what is not known yet."""

    date: date | None = None
    number: str | None = None
    preamble: str | None = None


def amend(old: Edition, new: Edition, requisites: Requisites, profile: Profile) -> Amendment:
    """The order that turns the old edition into the new one, in the region's words.

    It is signed by the new edition's signatory. Raises AmendmentError where the two are not
    editions of one order, or say the same.
    """
    fresh = _same_order(old.order, new.order)
    diff = compare_orders(old.printed, new.printed)
    changes = changes_between(old.order, fresh, diff)
    texts = clauses(diff)
    sheets = _sheets(old.order, diff.annexes, profile)
    if not texts and not sheets:
        raise AmendmentError(
            _("Both editions print the same text: there is nothing to amend."),
            code="nothing-changed",
        )
    count = len(texts) + sum(len(sheet.edits) for sheet in sheets)
    title = f"О внесении {_plural(count, 'изменения', 'изменений')} в {_cited(old.order, profile)}"
    named = AmendedOrder(old.order.title, old.order.date, old.order.number)
    order = replace(
        fresh,
        kind="amendment",
        date=requisites.date,
        number=requisites.number,
        title=title,
        preamble=requisites.preamble or _preamble(profile),
        points=(*_points(old.order, texts, sheets, profile), *_control(new.order)),
        annexes=(),
        acknowledged=(),
        revisions=(),
    )
    return Amendment(order, named, changes, sheets)


def _same_order(old: Order, new: Order) -> Order:
    """The new edition under the old one's date and number, which no amendment changes."""
    for key in ("region", "date", "number"):
        before, after = getattr(old, key), getattr(new, key)
        if after is not None and before != after:
            raise AmendmentError(
                _(
                    "These are two different orders: %(key)s is “%(old)s” in one and “%(new)s” "
                    "in the other."
                )
                % {"key": key, "old": before, "new": after},
                code="another-order",
            )
    return replace(new, date=old.date, number=old.number)


def _plural(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def issued(order: Order, profile: Profile) -> str:
    """«приказ ГАУ ДПО СОИРО от 30.12.2021 № 245-ссл/г» without its first word."""
    issuer = " ".join(profile.issuer.genitive)
    return f"{issuer} от {order.printed_date} № {order.printed_number}"


def _cited(order: Order, profile: Profile) -> str:
    return f"{document_word(profile, 'accusative')} {issued(order, profile)} «{order.title}»"


def _preamble(profile: Profile) -> str:
    name = profile.project.name
    project = decline_phrase(name[:1].lower() + name[1:], "genitive")
    return f"В целях уточнения мероприятий по реализации {project}"


def _points(
    order: Order, texts: Sequence[str], sheets: Sequence[Sheet], profile: Profile
) -> tuple[Point, ...]:
    approvals = tuple(Point(form=Approve(index)) for index in range(len(sheets)))
    if not texts:
        return approvals
    changes = _plural(len(texts), "следующее изменение", "следующие изменения")
    opening = f"Внести в {_cited(order, profile)} {changes}:"
    return (Point(opening, points=tuple(map(Point, texts))), *approvals)


def _control(order: Order) -> tuple[Point, ...]:
    """The control clause of the order that is amended, which the amending one repeats."""
    for point in reversed(order.points):
        if isinstance(point.form, Control) or point.text.startswith("Контроль"):
            return (point,)
    return ()


def _sheets(order: Order, diffs: Sequence[AnnexDiff], profile: Profile) -> tuple[Sheet, ...]:
    found = ((diff, edits(diff)) for diff in diffs)
    return tuple(
        Sheet(
            title=f"Изменения, которые вносятся в {_object(order, diff, profile)}",
            edits=instructions,
            layout=diff.new.layout if diff.new else None,
        )
        for diff, instructions in found
        if instructions
    )


def _object(order: Order, diff: AnnexDiff, profile: Profile) -> str:
    """What a sheet changes: the annex by its name or its mark, or the order that gets a new one."""
    if diff.old is None:
        return f"{document_word(profile, 'accusative')} {issued(order, profile)}"
    if profile.stamp == "approval" and not diff.old_number:
        named = _approved(diff.old.title, order, profile)
        if named is not None:
            return named
    mark = f" № {diff.old_number}" if diff.old_number else ""
    return f"приложение{mark} к {document_word(profile, 'dative')} {issued(order, profile)}"


def _approved(title: str, order: Order, profile: Profile) -> str | None:
    """«план-график …, утвержденный приказом …»; None where its forms cannot be decided."""
    try:
        document = decline_phrase(inner_title(title), "accusative")
        word = document_word(profile, "instrumental")
        return f"{document}, {_APPROVED[approval_word(title)]} {word} {issued(order, profile)}"
    except LanguageError:
        return None
