"""Names of persons: initials as the standard writes them, forms that can be declined."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.checks.dossier import Dossier, Mistake, Passage, stands_alone
from docgen.errors import LanguageError
from docgen.i18n import _

_SURNAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_ENDING = (
    r"(?:(?:ов|ев|ёв|ин|ын)(?:а|у|ой|ым|ом|е|ых)?|[сц]к(?:ий|ого|ому|им|ом|ая|ой|ую)"
    r"|(?:енко|юк|ук|ич|як|ян)(?:а|у|ом|ем|е)?)"
)
_LIKELY_SURNAME = re.compile(rf"[А-ЯЁ][а-яё]*{_ENDING}")
_GOOD = re.compile(
    rf"(?:{_SURNAME}\s[А-ЯЁ]\.(?:[А-ЯЁ]\.)?|[А-ЯЁ]\.(?:[А-ЯЁ]\.)?\s?{_SURNAME}|(?:{_SURNAME}\s?){{2,4}})"
)
_TRAILING = re.compile(
    rf"(?P<name>{_SURNAME}),?\s+(?P<a>[А-ЯЁ])[.,]?\s?(?P<b>[А-ЯЁ])[.,]?(?![А-Яа-яЁё])"
)
_LEADING = re.compile(
    rf"(?<![А-Яа-яЁё])(?P<a>[А-ЯЁ])[.,]?\s?(?P<b>[А-ЯЁ])[.,]?\s*(?P<name>{_SURNAME})"
)
_AFTER_CAPITAL = re.compile(r"[.,](?<=[А-ЯЁ].)")
_INITIALS = re.compile(
    r"(?P<name>[А-ЯЁ][а-яё]+)\s(?P<a>[А-ЯЁ])"
    r"(?:[.,]\s?(?P<b>[А-ЯЁ])[.,]?|(?P<c>[А-ЯЁ])\.)(?![А-Яа-яЁё«\"(-])"
)
_INITIALS_FIRST = re.compile(
    rf"(?P<a>[А-ЯЁ])(?:[.,]\s?(?P<b>[А-ЯЁ])[.,]?|\s?(?P<c>[А-ЯЁ])\.)\s?(?P<name>{_SURNAME})"
)
_ABBREVIATIONS = frozenset(
    ("ОО", "ОУ", "МО", "РФ", "АО", "ОГ", "АУ", "ДО", "ПО", "СО", "УО", "ЦО", "ИС", "ИТ", "ИП", "ПК",
     "СШ", "ОШ", "НШ", "КШ", "ДШ", "ДС", "ЦР", "ШО", "РО", "РК", "УР", "ГО", "КО", "ТО", "АП", "НП")
)  # fmt: skip
"""Two capitals after a word that are no initials: schools, bodies, kinds of territory."""


def initials_malformed(dossier: Dossier) -> Iterator[Mistake]:
    """Names whose initials lack a dot or are parted: «Суворову НИ.»."""
    for passage, printed, mended in (*_in_names(dossier), *_in_texts(dossier)):
        parted = "".join(printed.split()) == "".join(mended.split())
        yield Mistake(
            passage.path,
            _("the initials are not written as “И.О.”: “%(name)s”") % {"name": printed},
            mended,
            "info" if parted else "warning",
        )


def _in_names(dossier: Dossier) -> Iterator[tuple[Passage, str, str]]:
    """Names by themselves that are not «Фамилия И.О.», «И.О. Фамилия» or a name in full."""
    for passage in dossier.passages:
        if passage.part != "name" or _GOOD.fullmatch(name := passage.text.strip()):
            continue
        trailing, leading = _TRAILING.fullmatch(name), _LEADING.fullmatch(name)
        if trailing:
            yield passage, name, f"{trailing['name']} {trailing['a']}.{trailing['b']}."
        elif leading:
            yield passage, name, f"{leading['a']}.{leading['b']}. {leading['name']}"


def _in_texts(dossier: Dossier) -> Iterator[tuple[Passage, str, str]]:
    """Surnames in running text beside initials that are not «И.О.»."""
    for passage in dict.fromkeys(passage for passage, _dot in dossier.find(_AFTER_CAPITAL)):
        if passage.part == "name":
            continue
        for found in _INITIALS.finditer(passage.text):
            mended = f"{found['name']} {_initials(found)}"
            if _is_name(found) and found.group() != mended:
                yield passage, found.group(), mended
        for found in _INITIALS_FIRST.finditer(passage.text):
            is_whole = stands_alone(found) and not _GOOD.fullmatch(found.group())
            if is_whole and _is_name(found):
                yield passage, found.group(), f"{_initials(found)} {found['name']}"


def _initials(found: re.Match[str]) -> str:
    return f"{found['a']}.{found['b'] or found['c']}."


def _is_name(found: re.Match[str]) -> bool:
    letters = _initials(found).replace(".", "")
    return bool(_LIKELY_SURNAME.fullmatch(found["name"])) and letters not in _ABBREVIATIONS


def gender_unknown(dossier: Dossier) -> Iterator[Mistake]:
    """Points given as forms whose wording cannot be decided, most often for want of a gender."""
    for index, point in enumerate(dossier.order.points):
        if point.form is None:
            continue
        kind = type(point.form).__name__.lower()
        try:
            dossier.region.word(dossier.order, point.form)
        except LanguageError as error:
            yield Mistake(
                f"points[{index}].{kind}",
                error.message,
                _("give the gender (“gender: f” or “gender: m”), or write the point as text"),
            )
        except IndexError:
            continue  # an annex that is not there: annex-missing says so
