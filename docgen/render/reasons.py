"""Why a tag cannot be read or failed, in words for the person who wrote the tag."""

from __future__ import annotations

import re
from collections.abc import Callable

from docgen.i18n import _

_Wording = Callable[[re.Match[str]], str]


def reason_of(error: Exception) -> str:
    """The reason in plain words; Jinja's and Python's own stay in the traceback."""
    text = getattr(error, "message", None) or str(error)
    for pattern, wording in _WORDINGS:
        found = pattern.search(text)
        if found:
            return wording(found)
    for kind, failure in _FAILURES:
        if isinstance(error, kind):
            return failure()
    return _("check how the tag is written")


def _unclosed(found: re.Match[str]) -> str:
    message = _("“{%% %(name)s %%}” is not closed: “{%% end%(name)s %%}” is missing")
    return message % {"name": found[1]}


def _unknown_tag(found: re.Match[str]) -> str:
    if found[1].startswith(("end", "else", "elif")):
        message = _("“{%% %(name)s %%}” closes nothing that was opened before it")
    else:
        message = _("there is no tag “%(name)s”")
    return message % {"name": found[1]}


def _expected(found: re.Match[str]) -> str:
    message = _("“%(wanted)s” should stand where “%(met)s” stands")
    return message % {"wanted": _token(found[1]), "met": _token(found[2])}


def _token(name: str) -> str:
    """A sign as the author typed it; Jinja calls the ends of tags by name."""
    ends = {
        "end of print statement": "}}",
        "end of statement block": "%}",
        "begin of print statement": "{{",
        "begin of statement block": "{%",
    }
    return ends.get(name, name)


def _stray(found: re.Match[str]) -> str:
    return _("“%(sign)s” is out of place") % {"sign": _token(found[1])}


def _character(found: re.Match[str]) -> str:
    return _("the character “%(sign)s” cannot stand in a tag") % {"sign": found[1]}


def _filter(found: re.Match[str]) -> str:
    return _("there is no filter or test “%(name)s”") % {"name": found[1]}


def _empty(_found: re.Match[str]) -> str:
    return _("a name is missing in the tag")


_WORDINGS: tuple[tuple[re.Pattern[str], _Wording], ...] = (
    (re.compile(r"Unexpected end of template.*closed is '(\w+)'", re.DOTALL), _unclosed),
    (re.compile(r"unknown tag '(\w+)'"), _unknown_tag),
    (re.compile(r"[Ee]xpected an expression, got"), _empty),
    (re.compile(r"expected token '(.+?)', got '(.+?)'"), _expected),
    (re.compile(r"unexpected char '(.+?)' at"), _character),
    (re.compile(r"unexpected '(.+?)'"), _stray),
    (re.compile(r"No (?:filter|test) named '(.+?)'"), _filter),
)


def _arithmetic() -> str:
    return _("a division by zero or a number too large")


def _mismatch() -> str:
    return _("the values do not fit what is done with them")


def _depth() -> str:
    return _("the tags are nested too deeply or call themselves")


_FAILURES: tuple[tuple[type[Exception], Callable[[], str]], ...] = (
    (ArithmeticError, _arithmetic),
    (RecursionError, _depth),
    (TypeError, _mismatch),
    (ValueError, _mismatch),
    (LookupError, _mismatch),
    (AttributeError, _mismatch),
)
