"""The environment of templates that did not ship with docgen: plain data, few names, no code.

Everything is refused that is not on a list: attributes by the type they belong to, filters and
globals by name. Values are plain data by the time they get here (see `plain`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from types import BuiltinMethodType, MethodType
from typing import Any

from jinja2 import Undefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, TemplateReference
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from docgen.i18n import _
from docgen.render.environment import WriterContext
from docgen.render.names import StrictName

MAX_RANGE = 10_000
MAX_REPEATED = 1_000_000
MAX_EXPONENT = 64


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DATE = _names("day month year isoformat isoweekday strftime weekday")
_TIME = _names("hour minute second isoformat strftime")
ATTRIBUTES: dict[type, frozenset[str]] = {
    LoopContext: _names(
        "cycle changed depth depth0 first index index0 last length nextitem previtem revindex"
        " revindex0"
    ),
    str: _names(
        "capitalize count endswith find isalpha isdigit isupper join lower lstrip replace rstrip"
        " split startswith strip title upper"
    ),
    dict: _names("get items keys values"),
    list: _names("count index"),
    tuple: _names("count index"),
    datetime: _DATE | _TIME | _names("date time"),
    date: _DATE,
    time: _TIME,
    float: _names("is_integer"),
}
_FILTERS = _names(
    "abs batch capitalize center count d default dictsort e escape first float forceescape groupby"
    " indent int items join last length list lower map max min reject rejectattr replace reverse"
    " round select selectattr slice sort string sum title trim truncate unique upper wordcount"
    " wordwrap"
)


class SandboxEnvironment(ImmutableSandboxedEnvironment):
    """Strict about attributes, callables, filters and sizes; raises `SecurityError`."""

    context_class = WriterContext
    intercepted_binops = frozenset(("*", "**"))

    def __init__(self, *, strict: bool) -> None:
        super().__init__(autoescape=True, undefined=StrictName if strict else Undefined)
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.globals = {"range": _limited_range, "namespace": Namespace}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`obj.attribute`: a key, or an attribute on the list for the type."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return self.method(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """`obj[argument]`, with an allowed attribute as the second guess, as Jinja does."""
        try:
            return obj[argument]
        except (TypeError, LookupError):
            if isinstance(argument, str):
                return self.method(obj, argument)
        return self.undefined(obj=obj, name=argument)

    def method(self, obj: Any, attribute: str) -> Any:
        """An attribute on the list for the type of `obj`."""
        if isinstance(obj, Undefined):
            obj._fail_with_undefined_error()
        if isinstance(obj, Namespace) and not attribute.startswith("_"):
            return getattr(obj, attribute, self.undefined(obj=obj, name=attribute))
        if isinstance(obj, TemplateReference) and not attribute.startswith("_"):
            return obj[attribute]
        if attribute in _allowed(obj):
            return getattr(obj, attribute)
        if attribute.startswith("_") or hasattr(obj, attribute):
            raise SecurityError(_("“%(name)s” is not allowed here") % {"name": attribute})
        return self.undefined(obj=obj, name=attribute)

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether a template may call this: macros, loops, its globals, methods on the list."""
        if isinstance(obj, Macro | LoopContext | BlockReference) or obj in (
            _limited_range,
            Namespace,
        ):
            return True
        bound = isinstance(obj, BuiltinMethodType | MethodType)
        return bound and obj.__name__ in _allowed(obj.__self__)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Multiplication and powers, refused where the result would be out of all measure."""
        refused = _is_huge_power(left, right) if operator == "**" else _is_huge(left, right)
        if refused:
            raise SecurityError(_("the result of “%(sign)s” is too large") % {"sign": operator})
        return super().call_binop(context, operator, left, right)


def _allowed(obj: Any) -> frozenset[str]:
    for kind, names in ATTRIBUTES.items():
        if isinstance(obj, kind):
            return names
    return frozenset()


def _limited_range(*bounds: int) -> range:
    numbers = range(*bounds)
    if len(numbers) > MAX_RANGE:
        raise SecurityError(_("“%(name)s” is not allowed here") % {"name": f"range{bounds}"})
    return numbers


def _is_huge(left: Any, right: Any) -> bool:
    sizes = [len(each) if hasattr(each, "__len__") else each for each in (left, right)]
    repeats = hasattr(left, "__len__") or hasattr(right, "__len__")
    return repeats and sizes[0] * sizes[1] > MAX_REPEATED


def _is_huge_power(left: Any, right: Any) -> bool:
    return isinstance(right, int | float) and abs(right) > MAX_EXPONENT
