"""Jinja for Word parts: values go through the writer, keys come before attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

from jinja2 import Environment, Template, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context

from docgen.i18n import _
from docgen.render.names import StrictName
from docgen.render.survey import Survey
from docgen.render.writer import Writer

_DRAWING_ID = re.compile(r'(<wp:docPr\b[^>]*?\sid=")[^"]*(?=")')
_ABSENT = object()
_CALLED = "call"
_OTHER_TEMPLATES = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)


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


class PartGenerator(CodeGenerator):
    """Python of a surveyed part: one string per stretch of output, values through the writer."""

    def __init__(
        self,
        environment: Environment,
        name: str,
        survey: Survey,
        stream: StringIO,
        *,
        number_drawings: bool,
    ) -> None:
        super().__init__(environment, name, name, stream, optimized=False)
        self._survey = survey
        self._number_drawings = number_drawings

    def write_commons(self) -> None:
        """The local names that every generated function starts with."""
        super().write_commons()
        self.writeline("write = context.writer.write")
        self.writeline("drawing = context.writer.drawing")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        """One `yield` or `append` for all pieces of the output."""
        pieces = list(self._pieces(node))
        values = [piece for piece in pieces if not _is_data(piece)]
        self.start_write(frame, node)
        if values:
            self.write(f"{''.join(map(_format, pieces))!r} % (")
            for value in values:
                self._value(value, frame)
            self.write(")")
        else:
            self.write(repr("".join(map(str, pieces))))
        self.end_write(frame)

    def _pieces(self, node: nodes.Output) -> Iterator[str | nodes.Expr]:
        for child in node.nodes:
            if not isinstance(child, nodes.TemplateData):
                yield child
            elif self._number_drawings and "<wp:docPr" in child.data:
                yield from self._numbered(child.data)
            else:
                yield child.data

    def _numbered(self, data: str) -> Iterator[str]:
        done = 0
        for found in _DRAWING_ID.finditer(data):
            yield data[done : found.end(1)]
            yield _DRAW
            done = found.end()
        yield data[done:]

    def _value(self, value: str | nodes.Expr, frame: Frame) -> None:
        if isinstance(value, str):
            self.write("drawing(), ")
            return
        self.write("write(")
        self.visit(value, frame)
        self.write(f", {self._survey.numbers[id(value)]}), ")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """A lookup; what is called at once is a method even where a key has that name."""
        lookup = "method" if node.ctx == _CALLED else "getattr"
        self.write(f"environment.{lookup}(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")


_DRAW = "\0drawing"


def _is_data(piece: str | nodes.Expr) -> bool:
    return isinstance(piece, str) and piece != _DRAW


def _format(piece: str | nodes.Expr) -> str:
    """The piece in a format string; CPython turns `'…%s…' % (value,)` into one concatenation."""
    return str(piece).replace("%", "%%") if _is_data(piece) else "%s"


def compile_part(
    environment: Environment,
    tree: nodes.Template,
    survey: Survey,
    name: str,
    *,
    number_drawings: bool,
) -> Template:
    """The Jinja template of a surveyed tree; `SecurityError` where it asks for other templates."""
    if tree.find(_OTHER_TEMPLATES):
        raise SecurityError(_("a template cannot take in other templates"))
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Getattr):
            call.node.ctx = _CALLED
    stream = StringIO()
    generator = PartGenerator(environment, name, survey, stream, number_drawings=number_drawings)
    generator.visit(tree)
    code = compile(stream.getvalue(), f"<{name}>", "exec")
    return Template.from_code(environment, code, environment.make_globals(None))
