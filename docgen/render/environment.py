"""Jinja for Word parts: values go through the writer, keys come before attributes."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, Undefined
from jinja2.runtime import Context

from docgen.render.names import StrictName
from docgen.render.writer import Writer

_ABSENT = object()


class WriterContext(Context):
    """A template context that carries the writer of the part being rendered."""

    writer: Writer

    def derived(self, locals: dict[str, Any] | None = None) -> WriterContext:  # noqa: A002
        """A copy for a nested scope, with the same writer."""
        context = super().derived(locals)
        assert isinstance(context, WriterContext)  # noqa: S101
        context.writer = self.writer
        return context


class PartEnvironment(Environment):
    """The environment of trusted templates."""

    context_class = WriterContext

    def __init__(self, *, strict: bool) -> None:
        undefined = StrictName if strict else Undefined
        super().__init__(autoescape=True, undefined=undefined)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`obj.attribute`: the key of a mapping first, then the attribute."""
        if isinstance(obj, dict):
            value = obj.get(attribute, _ABSENT)
            if value is not _ABSENT:
                return value
        return super().getattr(obj, attribute)

    def method(self, obj: Any, attribute: str) -> Any:
        """`obj.attribute` where it is called: an attribute before a key of that name."""
        return super().getattr(obj, attribute)
