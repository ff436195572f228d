"""A context turned into plain data, which is all that an untrusted template may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from markupsafe import Markup

from docgen.errors import Problem, TemplateError
from docgen.i18n import _
from docgen.render.values import FOREIGN, Hyperlink, Linked

_ATOMS = (str, int, float, Decimal, date, time, Hyperlink, Linked, type(None))
_PLAIN = frozenset((*_ATOMS, bool, datetime))


def plain(value: Any, path: str = "") -> Any:
    """The value made of dicts, lists and atoms; `TemplateError` with the path of any other."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Mapping):
        return {
            str(key): each if type(each) in _PLAIN else plain(each, _join(path, key))
            for key, each in value.items()
        }
    if hasattr(value, "__html__") and type(value).__name__ not in FOREIGN:
        return Markup(value.__html__())  # noqa: S704  # RichText and its kin carry XML
    return _compound(value, path)


def _compound(value: Any, path: str) -> Any:
    if isinstance(value, Enum):
        return plain(value.value, path)
    if isinstance(value, _ATOMS):
        return _atom(value)
    if is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in fields(value)]
        return {name: plain(getattr(value, name), _join(path, name)) for name in names}
    if isinstance(value, Iterable) and type(value).__name__ not in FOREIGN:
        return [plain(each, f"{path}[{number}]") for number, each in enumerate(value)]
    message = _("“%(name)s” holds a value that an untrusted template cannot use: %(kind)s")
    text = message % {"name": path, "kind": type(value).__name__}
    raise TemplateError(text, (Problem(path, text, "value-unsupported"),), code="value-unsupported")


def _atom(value: Any) -> Any:
    """A subclass of a plain type, brought back to it."""
    for kind in (str, int, float):
        if isinstance(value, kind):
            return kind(value)
    return value


def _join(path: str, key: Any) -> str:
    return f"{path}.{key}" if path else str(key)
