"""What is known about a part before any value: the surroundings of each tag, sound structure.

A walk over the parsed template follows every path once. Where all paths through a condition or
a loop come back to the same state, the surroundings of each tag are the same in every document,
and the fast path may rely on them; where they differ, the part is checked after rendering.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from jinja2 import nodes

from docgen.render.listing import Expansion
from docgen.render.scanner import Mode, Scanner

_TABLE_TAGS = frozenset(("w:tbl", "/w:tbl", "w:gridCol", "w:tr", "/w:tr", "w:tc", "w:gridSpan"))
_GRID_SPAN = re.compile(r'w:val="(\d+)"')


@dataclass(frozen=True, slots=True)
class Site:
    """A place where a value is printed: what surrounds it and how the template names it."""

    mode: Mode
    paragraph: str | None
    run: str | None
    expression: str
    expansion: Expansion | None = None  # of line breaks, where it is known before the document is


@dataclass(slots=True)
class Survey:
    """The findings about one part."""

    sites: list[Site] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)  # id of a printed node → its site
    sound: bool = True  # well-formed in every document
    resolved: bool = True  # special characters of the template's own text are expanded
    settled_grids: bool = True  # no table's columns depend on the values
    encodes: bool = True  # output is in bytes; in text where Jinja joins it itself


@dataclass(slots=True)
class _Row:
    scope: int
    cells: int = 0
    columns: int = 0
    settled: bool = True


@dataclass(slots=True)
class _Table:
    scope: int
    columns: int = 0
    generated: bool = False
    settled: bool = True
    rows: list[_Row] = field(default_factory=list)

    def keeps_grid(self) -> bool:
        """Whether mending would change nothing, whichever rows a document has."""
        if self.generated:
            return True
        fits = all(row.settled and row.cells <= self.columns for row in self.rows)
        filled = any(row.scope == self.scope and row.columns >= self.columns for row in self.rows)
        return self.settled and fits and filled


def survey(template: nodes.Template) -> Survey:
    """The findings; the template's data nodes are rewritten with special characters expanded."""
    return _Surveyor().survey(template)


class _Surveyor:
    def __init__(self, *, trial: bool = False) -> None:
        self.trial = trial  # to learn where a path leads; the template stays what it is
        self.result = Survey()
        self.scanner = Scanner()
        self.scope = 0
        self.scopes = 0
        self.tables: list[_Table] = []
        self.rows: list[_Row] = []

    def survey(self, template: nodes.Template) -> Survey:
        self._walk(template.body)
        self._absorb(self.scanner)
        if self.scanner.stack or self.tables:
            self.result.sound = False
        return self.result

    def _absorb(self, scanner: Scanner) -> None:
        self.result.sound = self.result.sound and scanner.balanced
        self.result.resolved = self.result.resolved and not scanner.unresolved

    # --- paths ------------------------------------------------------------------------------

    def _walk(self, body: Iterable[nodes.Node]) -> None:
        for node in body:
            visit = getattr(self, f"_{type(node).__name__.lower()}", None)
            if visit is not None:
                visit(node)

    def _branch(self, start: Scanner, body: Iterable[nodes.Node]) -> Scanner:
        """The state after `body`, entered from `start`, in a scope of its own."""
        outer, self.scanner = self.scope, start.copy()
        self.scopes += 1
        self.scope = self.scopes
        self._walk(body)
        self.scope = outer
        return self.scanner

    def _meet(self, ends: list[Scanner]) -> None:
        for end in ends:
            self._absorb(end)
        self.scanner = ends[0].copy()
        if any(end.key() != ends[0].key() for end in ends):
            for end in ends:
                self.scanner.meet(end)
            self.result.sound = self.result.settled_grids = False

    def _if(self, node: nodes.If) -> None:
        start = self.scanner
        bodies = [node.body, *(branch.body for branch in node.elif_), node.else_]
        self._meet([self._branch(start, body) for body in bodies])

    def _for(self, node: nodes.For) -> None:
        if node.recursive:  # its body is printed inside itself, too
            self._macro(node)
            self.result.encodes = self.result.sound = self.result.settled_grids = False
            return
        start = self.scanner
        ends = [start, self._branch(self._every_turn(start, node.body), node.body)]
        if node.else_:
            ends.append(self._branch(start, node.else_))
        self._meet(ends)

    def _every_turn(self, start: Scanner, body: Iterable[nodes.Node]) -> Scanner:
        """What is the same at the start of the first turn of a loop and of the others."""
        if self.trial:
            return start
        common = start.copy()
        common.meet(_Surveyor(trial=True)._branch(start, body))
        return common

    def _with(self, node: nodes.With) -> None:
        self._meet([self._branch(self.scanner, node.body)])

    _scope = _scopedevalcontextmodifier = _overlayscope = _with

    def _block(self, node: nodes.Block) -> None:
        self.result.encodes = False
        self._meet([self._branch(self.scanner, node.body)])

    def _macro(self, node: nodes.Macro | nodes.AssignBlock | nodes.For) -> None:
        """A body printed elsewhere: what surrounds it there is not known here."""
        here, tables, rows = self.scanner, self.tables, self.rows
        self.tables, self.rows = [], []
        end = self._branch(Scanner(loose=True), node.body)
        self._absorb(end)
        if end.stack or self.tables:
            self.result.sound = self.result.settled_grids = False
        self.scanner, self.tables, self.rows = here, tables, rows

    _assignblock = _macro

    def _callblock(self, node: nodes.CallBlock | nodes.FilterBlock) -> None:
        """A body whose text is printed here after something was done to it."""
        self._macro(node)  # type: ignore[arg-type]
        self.result.sound = self.result.resolved = self.result.settled_grids = False
        self.result.encodes = False

    _filterblock = _callblock

    # --- printed pieces ---------------------------------------------------------------------

    def _output(self, node: nodes.Output) -> None:
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                data = self.scanner.feed(child.data, self._tabulate)
                child.data = child.data if self.trial else data
            else:
                self._print(child)

    def _print(self, node: nodes.Expr) -> None:
        scanner = self.scanner
        place = scanner.place()
        self.result.numbers[id(node)] = len(self.result.sites)
        expansion = None if scanner.partial else scanner.expansion()
        site = Site(place, scanner.paragraph, scanner.run, expression(node), expansion)
        self.result.sites.append(site)
        if place is Mode.OUTSIDE:
            self.result.settled_grids = False  # the value may bring rows, cells or tables
        scanner.hole()

    def _tabulate(self, name: str, tag: str) -> None:
        if name not in _TABLE_TAGS:
            return
        if name == "w:tbl":
            self.tables.append(_Table(self.scope))
        elif not self.tables:
            return
        elif name == "/w:tbl":
            self._close_table()
        elif name == "w:gridCol":
            self._count_column()
        elif name == "w:tr" and not tag.endswith("/>"):
            self.rows.append(_Row(self.scope))
        elif self.rows:
            self._count_cell(name, tag)

    def _count_column(self) -> None:
        table = self.tables[-1]
        if self.scope == table.scope:
            table.columns += 1
        else:
            table.generated = True

    def _count_cell(self, name: str, tag: str) -> None:
        row = self.rows[-1]
        if name == "w:tc":
            row.cells += 1
            row.columns += 1
            row.settled = row.settled and row.scope == self.scope
        elif name == "w:gridSpan":
            span = _GRID_SPAN.search(tag)
            row.settled = row.settled and span is not None
            row.columns += int(span[1]) - 1 if span else 0
        elif name == "/w:tr":
            row = self.rows.pop()
            for table in self.tables:
                table.rows.append(row)

    def _close_table(self) -> None:
        if not self.tables.pop().keeps_grid():
            self.result.settled_grids = False


def expression(node: nodes.Node) -> str:
    """The name a reader of the template knows the expression by, such as `row.deadline`."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{expression(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return f"{expression(node.node)}[{node.arg.value!r}]"
    if isinstance(node, nodes.Filter | nodes.Test | nodes.Call) and node.node is not None:
        return expression(node.node)
    return "…"
