"""What marshmallow says of a request's body, in the reader's language."""

from __future__ import annotations

import re

from docgen.i18n import _, noop

_WHOLE = (
    noop("Missing data for required field."),
    noop("Field may not be null."),
    noop("Unknown field."),
    noop("Invalid input type."),
    noop("Invalid JSON body."),
    noop("Not a valid string."),
    noop("Not a valid integer."),
    noop("Not a valid number."),
    noop("Not a valid boolean."),
    noop("Not a valid list."),
    noop("Not a valid mapping type."),
    noop("Not a valid date."),
    noop("Not a valid datetime."),
)
_PATTERNS = tuple(
    (re.compile(re.sub(r"%\\?\((\w+)\\?\)s", r"(?P<\1>.+?)", re.escape(message))), message)
    for message in (
        noop("Must be greater than or equal to %(low)s and less than or equal to %(high)s."),
        noop("Must be greater than or equal to %(low)s."),
        noop("Must be less than or equal to %(high)s."),
        noop("Must be one of: %(choices)s."),
        noop("Length must be between %(low)s and %(high)s."),
        noop("Shorter than minimum length %(low)s."),
        noop("Longer than maximum length %(high)s."),
    )
)


def spoken(message: str) -> str:
    """The message in the reader's language; one that is not known stays as it is."""
    if message in _WHOLE:
        return _(message)
    for pattern, worded in _PATTERNS:
        matched = pattern.fullmatch(message)
        if matched:
            return _(worded) % matched.groupdict()
    return message
