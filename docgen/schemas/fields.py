"""Marshmallow fields that refuse in Russian, with stable codes and paths as clerks see them.

Marshmallow carries error messages as opaque objects; here each is a `Fault`, a message with its
code, made at the moment of refusal or looked up in `_STANDARD` for marshmallow's own checks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from marshmallow import RAISE, Schema, ValidationError, fields, post_load

from docgen.errors import Problem
from docgen.i18n import _
from docgen.language.declension import CASES
from docgen.ondemand import on_demand

if TYPE_CHECKING:
    import difflib
else:
    difflib = on_demand("difflib")

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_PRINTED = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")
# Nothing that Word's XML cannot hold: C0 controls except tab and line ends, lone surrogates.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_STANDARD: dict[str, Callable[[], str]] = {
    "missing-key": lambda: _("required, but absent"),
    "empty-value": lambda: _("empty; write a value or delete the line"),
    "not-a-mapping": lambda: _("expected a set of “key: value” lines"),
    "not-a-list": lambda: _("expected a list, one “-” a line"),
}
_MESSAGES: dict[str, Any] = {"required": "missing-key", "null": "empty-value"}
# Marshmallow's own words, where a field says them: in any language the reader gets ours.
_CODES = {fields.Field.default_error_messages[key]: code for key, code in _MESSAGES.items()}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a value is refused, and the code of the reason."""

    message: str
    code: str


def refusal(message: str, code: str) -> ValidationError:
    """The marshmallow error that carries one fault."""
    return ValidationError([Fault(message, code)])  # opaque to marshmallow


def wrong_type(expected: str) -> ValidationError:
    """The refusal of a value of another type than `expected`, a translated noun phrase."""
    return refusal(_("expected %(expected)s") % {"expected": expected}, "wrong-type")


def unknown_key(key: str, known: Iterable[str]) -> Fault:
    """The fault of a key the schema does not have, with the nearest it has."""
    near = difflib.get_close_matches(key, sorted(known), n=1)
    if near:
        return Fault(_("unknown key; did you mean “%(key)s”?") % {"key": near[0]}, "unknown-key")
    return Fault(_("unknown key; delete it"), "unknown-key")


def clean_text(value: Any) -> str:
    """The text itself; refuses other types and characters no document can hold."""
    if not isinstance(value, str):
        raise wrong_type(_("text"))
    found = None if value.isprintable() else _UNPRINTABLE.search(value)
    if found:
        raise refusal(
            _("the character U+%(code)04X at position %(position)d cannot be printed; delete it")
            % {"code": ord(found.group()), "position": found.start() + 1},
            "unprintable",
        )
    return value


def parse_day(text: str) -> date:
    """The day written as `2021-12-30` or `30.12.2021`; refused when no such day exists."""
    day = read_day(text)
    if day is None:
        raise refusal(
            _("“%(text)s” is not a date; write it as 2021-12-30 or 30.12.2021") % {"text": text},
            "impossible-date",
        )
    return day


def read_day(text: str) -> date | None:
    """The day written as `2021-12-30` or `30.12.2021`; None when no such day exists."""
    iso, printed = _ISO.fullmatch(text.strip()), _PRINTED.fullmatch(text.strip())
    try:
        if iso:
            year, month, day = map(int, iso.groups())
            return date(year, month, day)
        if printed:
            day, month, year = map(int, printed.groups())
            return date(year, month, day)
    except ValueError:
        pass
    return None


class Text(fields.Field[str]):
    """Text as typed; numbers and other types are refused."""

    default_error_messages = _MESSAGES

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        return clean_text(value)


class Numberish(Text):
    """Text that people write as a bare number: 66, 245-ссл/г, a telephone."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return clean_text(value)


class Day(fields.Field[date]):
    """A calendar day, `2021-12-30` or `30.12.2021`; impossible days are refused."""

    default_error_messages = _MESSAGES

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> date:
        if isinstance(value, date):
            return value
        if not isinstance(value, str):
            raise wrong_type(_("a date such as 2021-12-30"))
        return parse_day(value)


class TimeZone(Text):
    """The IANA name of a time zone."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        name = super()._deserialize(value, attr, data, **kwargs)
        try:
            return ZoneInfo(name).key
        except (KeyError, OSError, ValueError):  # none, a folder of zones, no name of a file
            pass
        places = [zone for zone in available_timezones() if zone.startswith(("Asia/", "Europe/"))]
        names = {zone.rpartition("/")[2].lower(): zone for zone in places}
        near = difflib.get_close_matches(name.rpartition("/")[2].lower(), names, n=1)
        example = names[near[0]] if near else "Europe/Moscow"
        message = _("there is no such time zone; write it as %(example)s") % {"example": example}
        raise refusal(message, "unknown-time-zone")


class Whole(fields.Field[int]):
    """A whole number, 0 or more."""

    default_error_messages = _MESSAGES

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise wrong_type(_("a whole number"))
        return value


class Switch(fields.Field[bool]):
    """Yes or no: `true` or `false`."""

    default_error_messages = _MESSAGES

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise wrong_type(_("true or false"))
        return value


_SHOWN_WORDS = 12
"""Of more words than these only the near ones are named."""


class OneOf(fields.Field[str]):
    """One of a closed set of words."""

    default_error_messages = _MESSAGES

    def __init__(self, *words: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.words = words

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        if value not in self.words:
            many = len(self.words) > _SHOWN_WORDS
            near = difflib.get_close_matches(str(value), self.words) if many else []
            words = ", ".join(near or self.words)
            raise refusal(_("expected one of: %(words)s") % {"words": words}, "unknown-word")
        return str(value)


class Years(fields.Field[tuple[int, int]]):
    """First and last year of the project, `[2022, 2023]`, or one year."""

    default_error_messages = _MESSAGES

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> tuple[int, int]:
        pair = [value, value] if isinstance(value, int) else value
        if not isinstance(pair, list | tuple) or len(pair) != 2 or not all(map(_is_year, pair)):
            raise wrong_type(_("two years such as [2022, 2023]"))
        if pair[0] > pair[1]:
            raise refusal(_("the last year is before the first"), "years-reversed")
        return pair[0], pair[1]


def _is_year(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1990 <= value <= 2100


class Forms(fields.Field[dict[str, dict[str, str]]]):
    """Declined forms given by hand: nominative → case → the form as it is to be printed."""

    default_error_messages = _MESSAGES

    def _deserialize(
        self, value: Any, attr: Any, data: Any, **kwargs: Any
    ) -> dict[str, dict[str, str]]:
        if not isinstance(value, Mapping):
            raise ValidationError("not-a-mapping")
        faults: dict[str, Any] = {}
        for text, forms in value.items():
            if not isinstance(forms, Mapping):
                faults[str(text)] = ["not-a-mapping"]
                continue
            wrong = {str(case): [unknown_key(str(case), CASES)] for case in forms.keys() - {*CASES}}
            if wrong:
                faults[str(text)] = wrong
        if faults:
            raise ValidationError(faults)
        return {
            clean_text(text): {case: clean_text(form) for case, form in forms.items()}
            for text, forms in value.items()
        }


class ListOf(fields.List[Any]):
    """A list of one kind of value, given back as a tuple."""

    default_error_messages: dict[str, Any] = {**_MESSAGES, "invalid": "not-a-list"}

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise self.make_error("invalid")
        return tuple(super()._deserialize(value, attr, data, **kwargs))


def not_empty(values: Sequence[Any]) -> None:
    """Refuses a list that must name something and names nothing."""
    if not values:
        raise ValidationError("empty-value")


class Part(fields.Nested):
    """A value with a schema of its own."""

    default_error_messages: dict[str, Any] = {**_MESSAGES, "type": "not-a-mapping"}


class Strict(Schema):
    """A schema that refuses unknown keys and gives back its `model` made of the loaded values."""

    model: ClassVar[Callable[..., Any]]
    error_messages = {"type": "not-a-mapping", "unknown": "unknown-key"}

    class Meta:
        """Keys the schema does not name are refused."""

        unknown = RAISE

    @post_load
    def build(self, data: dict[str, Any], **_kwargs: Any) -> Any:
        """The model; marshmallow calls this after all fields were accepted."""
        return type(self).model(**data)


def problems_of(messages: Any, known: Iterable[str], path: str = "") -> Iterator[Problem]:
    """Marshmallow's nested messages as flat problems with paths such as `annexes[0].title`.

    `known` are all keys of the schema, among which a misspelt key is looked up.
    """
    if isinstance(messages, Mapping):
        for key, value in messages.items():
            yield from problems_of(value, known, _join(path, key))
    elif isinstance(messages, list | tuple):
        for entry in messages:
            yield from problems_of(entry, known, path)
    else:
        fault = messages if isinstance(messages, Fault) else _standard(str(messages), path, known)
        yield Problem(path, fault.message, fault.code)


def _join(path: str, key: Any) -> str:
    if isinstance(key, int):
        return f"{path}[{key}]"
    if key == "_schema":
        return path
    return f"{path}.{key}" if path else str(key)


def _standard(code: str, path: str, known: Iterable[str]) -> Fault:
    code = _CODES.get(code, code)
    if code == "unknown-key":
        return unknown_key(path.rsplit(".", 1)[-1], known)
    worded = _STANDARD.get(code)
    return Fault(worded(), code) if worded else Fault(code, "invalid")
