"""The region that answers last: an ordinary plugin that words everything from the profile.

The wordings are those usual for orders (ГОСТ Р 7.0.97 and the five orders in `examples/`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from docgen.hookspecs import hookimpl
from docgen.language.declension import (
    Case,
    Overrides,
    approval_word,
    attached_word,
    decline,
    decline_phrase,
    inner_title,
)
from docgen.language.declension.morphology import is_infinitive
from docgen.models import (
    Annex,
    Appoint,
    Approve,
    Assign,
    Control,
    Form,
    Order,
    Person,
    Point,
    Profile,
    Recommend,
    Revision,
)
from docgen.models.orders import DATE_BLANK, NUMBER_BLANK

_MANY = {
    "приказа": "приказов",
    "распоряжения": "распоряжений",
    "постановления": "постановлений",
    "решения": "решений",
}
SIGNATURE_BLANK = "____________"


@hookimpl
def annex_layout(annex: Annex, profile: Profile) -> str:
    """The layout named `roadmap`, which every profile has."""
    return "roadmap"


@hookimpl
def annex_stamp(order: Order, index: int, profile: Profile) -> Sequence[str]:
    """The approval stamp or the appendix mark, as the profile's `stamp` says."""
    mark = annex_mark(order, index)
    genitive = document_word(profile, "genitive")
    issued = (f"от {order.printed_date} № {order.printed_number}", *edition(order, genitive))
    first, *rest = profile.issuer.genitive
    if profile.stamp == "appendix":
        return (mark, f"к {document_word(profile, 'dative')} {first}", *rest, *issued)
    document = document_word(profile, "instrumental")
    approval = (approval_word(order.annexes[index].title), f"{document} {first}", *rest, *issued)
    return (mark, *approval) if len(order.annexes) > 1 else approval


def document_word(profile: Profile, case: Case) -> str:
    """The profile's word for its documents as it stands inside a sentence: «распоряжению»."""
    return decline_phrase(profile.letterhead.document.lower(), case)


def edition(order: Order, document: str = "приказа") -> tuple[str, ...]:
    """«(в редакции приказа от … № …)», or no line for an order that was never amended."""
    named = [_revision(revision) for revision in order.revisions]
    if not named:
        return ()
    word = document if len(named) == 1 else _MANY.get(document, document)
    return (f"(в редакции {word} {', '.join(named)})",)


def _revision(revision: Revision) -> str:
    day = f"{revision.date:%d.%m.%Y}" if revision.date else DATE_BLANK
    return f"от {day} № {revision.number or NUMBER_BLANK}"


def annex_mark(order: Order, index: int) -> str:
    """«Приложение», numbered only where there are several (ГОСТ Р 7.0.97)."""
    return f"Приложение № {index + 1}" if len(order.annexes) > 1 else "Приложение"


@hookimpl
def point_text(order: Order, form: Form, profile: Profile) -> Point:
    """The usual wording of each form."""
    given = given_forms(order, profile)
    match form:
        case Control(person):
            holder = holder_in_accusative(person, given)
            document = document_word(profile, "genitive")
            return Point(
                sentence(f"Контроль за исполнением настоящего {document} возложить на {holder}")
            )
        case Approve(index):
            return Point(sentence(f"Утвердить {_approved(order, index, profile)}"))
        case Appoint(role, person):
            who = decline(role, case="instrumental", kind="post", overrides=given)
            return Point(sentence(f"Назначить {holder_in_accusative(person, given)} {who}"))
        case Assign(addressee, tasks):
            return with_tasks(_capital(dative(addressee, given)), tasks)
        case Recommend(addressee, tasks):
            return with_tasks(f"Рекомендовать {dative(addressee, given)}", tasks)


def given_forms(order: Order, profile: Profile) -> Overrides:
    """Declined forms given by hand, those of the order before those of the region."""
    return cast(Overrides, {**profile.forms, **order.forms})


def holder_in_accusative(person: Person, given: Overrides) -> str:
    """«проректора по оценке качества образования Захарова С.П.»."""
    name = name_in_accusative(person, given)
    post = decline(person.post, case="accusative", kind="post", overrides=given)
    return f"{post} {name}".strip()


def name_in_accusative(person: Person, given: Overrides) -> str:
    """«Захарова С.П.»; LanguageError where the gender leaves the form open."""
    return decline(
        person.name, case="accusative", kind="person", gender=person.gender, overrides=given
    )


def dative(addressee: str, given: Overrides) -> str:
    """The addressee of a task in the dative."""
    return decline(addressee, case="dative", kind="addressee", overrides=given)


def with_tasks(opening: str, tasks: Sequence[str]) -> Point:
    """One task in the line of the opening; several as sub-points after a colon."""
    if len(tasks) == 1:
        return Point(sentence(f"{opening} {_inside(tasks[0])}"))
    return Point(f"{opening}:", points=tuple(Point(sentence(task)) for task in tasks))


def _inside(task: str) -> str:
    """The task with its infinitive in lower case, as it stands after an addressee."""
    first = task.partition(" ")[0]
    return f"{first.lower()}{task[len(first) :]}" if is_infinitive(first) else task


def sentence(text: str) -> str:
    """The text with a full stop at its end, the one of an abbreviation serving as such."""
    return text if text.endswith(".") else f"{text.rstrip(';')}."


def _approved(order: Order, index: int, profile: Profile) -> str:
    title = order.annexes[index].title
    document = decline_phrase(inner_title(title), "accusative")
    if profile.stamp == "approval" and len(order.annexes) == 1:
        return f"{attached_word(title)} {document}"
    mark = annex_mark(order, index)
    return f"{document} ({mark[:1].lower()}{mark[1:]})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@hookimpl
def acquaintance(order: Order, profile: Profile) -> Sequence[str]:
    """An introduction, then a line with a blank for each person."""
    return (
        f"С {document_word(profile, 'instrumental')} ознакомлены:",
        *(f"{SIGNATURE_BLANK} {name}" for name in order.acquainted),
    )
