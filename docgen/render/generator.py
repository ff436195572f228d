"""Python code of a surveyed part, made for speed: bytes joined in C, plain text and keys inline.

Jinja's own generator calls a function for each value and each attribute. Here a value that is
printable text is escaped and encoded in place, and a key of a dict is taken in place; only what
is rarer goes through the writer and the environment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import StringIO

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError

from docgen.i18n import _
from docgen.render.survey import Survey

_DRAWING_ID = re.compile(r'(<wp:docPr\b[^>]*?\sid=")[^"]*(?=")')
_DRAW = "\0drawing"
_CALLED = "call"
_OTHER_TEMPLATES = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)


def compile_part(
    environment: Environment,
    tree: nodes.Template,
    survey: Survey,
    name: str,
    *,
    number_drawings: bool,
) -> Template:
    """The template of a surveyed tree; its output comes in bytes where `survey.encodes`.

    Raises `SecurityError` where the template asks for other templates.
    """
    if any(tree.find_all(_OTHER_TEMPLATES)):
        raise SecurityError(_("a template cannot take in other templates"))
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Getattr):
            call.node.ctx = _CALLED
    stream = StringIO()
    generator = PartGenerator(environment, name, survey, stream, number_drawings=number_drawings)
    generator.visit(tree)
    code = compile(stream.getvalue(), f"<{name}>", "exec")
    return Template.from_code(environment, code, environment.make_globals(None))


class PartGenerator(CodeGenerator):
    """Writes one `yield` for each stretch of output."""

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
        self.writeline("escape_text = context.writer.escape")
        self.writeline("lookup = environment.getattr")
        self.writeline("lookup_method = environment.method")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        """One `yield` or `append` for all pieces of the output."""
        encodes = self._survey.encodes and frame.buffer is None
        pieces = list(self._pieces(node))
        self.start_write(frame, node)
        if len(pieces) == 1:
            self.write("(")
            self._piece(pieces[0], frame, encodes=encodes)
            self.write(")")
        else:
            self.write("b''.join((" if encodes else "''.join((")
            for piece in pieces:
                self._piece(piece, frame, encodes=encodes)
                self.write(", ")
            self.write("))")
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

    def _piece(self, piece: str | nodes.Expr, frame: Frame, *, encodes: bool) -> None:
        if isinstance(piece, nodes.Expr):
            self._value(piece, frame)
        elif piece == _DRAW:
            self.write("drawing()")
        else:
            self.write(repr(piece.encode() if encodes else piece))
            return
        if encodes:
            self.write(".encode()")

    def _value(self, value: nodes.Expr, frame: Frame) -> None:
        """Plain printable text escaped in place; anything else through the writer."""
        self.newline(value)  # so that a traceback leads to the value's own line
        self.write("(escape_text(v) if (v := ")
        self.visit(value, frame)
        number = self._survey.numbers[id(value)]
        self.write(f").__class__ is str and v.isprintable() else write(v, {number}))")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """A key of a dict in place, or a lookup; what is called at once is a method first."""
        if node.ctx == _CALLED:
            self.write("lookup_method(")
            self.visit(node.node, frame)
            self.write(f", {node.attr!r})")
            return
        self.write(f"(o[{node.attr!r}] if (o := ")
        self.visit(node.node, frame)
        self.write(f").__class__ is dict and {node.attr!r} in o else lookup(o, {node.attr!r}))")
