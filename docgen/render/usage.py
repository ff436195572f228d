"""The walk over parsed tags that gathers what data they need, with the scopes of loops."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jinja2 import nodes

from docgen.render.needs import Need, Use, all_become, become, become_nested, resemble
from docgen.render.survey import expression

_KEEP_LIST = frozenset(
    ["sort", "reverse", "list", "unique", "select", "reject", "selectattr", "rejectattr"]
)
_ONE_OF = frozenset(["first", "last", "min", "max", "random"])
_NUMERIC = frozenset(["int", "float", "round", "abs", "filesizeformat"])
_COUNTING = frozenset(("length", "count"))
_ARITHMETIC = (nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow)


def read_needs(tree: nodes.Template, root: Need, number_of: Callable[[int], int]) -> None:
    """Add to `root` what the template needs; `number_of` turns a line into a tag's number."""
    _Reader(root, number_of).statements(tree.body, {})


Scope = dict[str, Need | None]  # None: a value of which nothing can be said


class _Reader:
    def __init__(self, root: Need, number_of: Callable[[int], int]) -> None:
        self.root = root
        self.number_of = number_of

    def statements(self, body: Iterable[nodes.Node], scope: Scope) -> None:
        for node in body:
            name = type(node).__name__.lower()
            visit = getattr(self, f"_{name}", None)
            if visit is not None:
                visit(node, scope)
            else:
                self._parts(node, scope)

    def _parts(self, node: nodes.Node, scope: Scope) -> None:
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Expr):
                self._read(child, scope)
            else:
                self.statements([child], scope)

    def _use(self, node: nodes.Node, scope: Scope) -> Use:
        return Use(self.number_of(node.lineno), expression(node), tuple(scope))

    # --- statements ---------------------------------------------------------------------------

    def _output(self, node: nodes.Output, scope: Scope) -> None:
        for child in node.nodes:
            if isinstance(child, nodes.Expr):
                self._print(child, scope)

    def _print(self, node: nodes.Expr, scope: Scope) -> None:
        if isinstance(node, nodes.CondExpr):
            self._read(node.test, scope)
            self._print(node.expr1, scope)
            if node.expr2 is not None:
                self._print(node.expr2, scope)
            return
        need = self._read(node, scope)
        if need is not None:
            need.printed.append(self._use(node, scope))
            become(need, "text")

    def _if(self, node: nodes.If, scope: Scope) -> None:
        self._read(node.test, scope)
        self.statements([*node.body, *node.elif_, *node.else_], scope)

    def _for(self, node: nodes.For, scope: Scope) -> None:
        need = self._read(node.iter, scope)
        inner = {**scope, "loop": None}
        if need is not None:
            need.iterated.append(self._use(node.iter, scope))
        _bind(node.target, None if need is None else need.element(), inner)
        if node.test is not None:
            self._read(node.test, inner)
        self.statements(node.body, inner)
        self.statements(node.else_, scope)

    def _assign(self, node: nodes.Assign, scope: Scope) -> None:
        _bind(node.target, self._read(node.node, scope), scope)

    def _assignblock(self, node: nodes.AssignBlock, scope: Scope) -> None:
        self.statements(node.body, dict(scope))
        _bind(node.target, None, scope)

    def _with(self, node: nodes.With, scope: Scope) -> None:
        inner = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            _bind(target, self._read(value, scope), inner)
        self.statements(node.body, inner)

    def _macro(self, node: nodes.Macro, scope: Scope) -> None:
        scope[node.name] = None
        inner: Scope = {**scope, "caller": None, "varargs": None, "kwargs": None}
        inner |= {argument.name: None for argument in node.args}
        for default in node.defaults:
            self._read(default, scope)
        self.statements(node.body, inner)

    def _callblock(self, node: nodes.CallBlock, scope: Scope) -> None:
        self._read(node.call, scope)
        inner = scope | {argument.name: None for argument in node.args}
        self.statements(node.body, inner)

    # --- expressions --------------------------------------------------------------------------

    def _read(self, node: nodes.Node, scope: Scope) -> Need | None:
        visit = getattr(self, f"_read_{type(node).__name__.lower()}", None)
        if visit is not None:
            found: Need | None = visit(node, scope)
            return found
        children = node.iter_child_nodes()
        values = [self._read(each, scope) for each in children if isinstance(each, nodes.Expr)]
        if isinstance(node, _ARITHMETIC):
            all_become(values, "number")
        elif isinstance(node, nodes.Concat):
            all_become(values, "text")
        return None

    def _read_name(self, node: nodes.Name, scope: Scope) -> Need | None:
        if node.name in scope:
            return scope[node.name]
        if node.name in ("range", "namespace", "true", "false", "none", "self"):
            return None
        need = self.root.part(node.name)
        need.uses.append(self._use(node, scope))
        return need

    def _read_getattr(self, node: nodes.Getattr, scope: Scope) -> Need | None:
        base = self._read(node.node, scope)
        if base is None or node.attr.startswith("_"):
            return None
        need = base.part(node.attr)
        need.uses.append(self._use(node, scope))
        return need

    def _read_getitem(self, node: nodes.Getitem, scope: Scope) -> Need | None:
        base = self._read(node.node, scope)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            if base is None:
                return None
            need = base.part(node.arg.value)
            need.uses.append(self._use(node, scope))
            return need
        key = self._read(node.arg, scope)
        if base is None:
            return None
        if isinstance(node.arg, nodes.Const | nodes.Slice):
            return base.element() if isinstance(node.arg, nodes.Const) else base
        if key is not None:
            become(key, "text")
            key.sample = key.sample or expression(node.arg).rpartition(".")[2]
        return base.under(key)

    def _read_filter(self, node: nodes.Filter, scope: Scope) -> Need | None:
        base = None if node.node is None else self._read(node.node, scope)
        for child in (*node.args, *node.kwargs):
            self._read(child.value if isinstance(child, nodes.Keyword) else child, scope)
        return None if base is None else _filtered(base, node)

    def _read_test(self, node: nodes.Test, scope: Scope) -> None:
        for child in (node.node, *node.args):
            self._read(child, scope)

    def _read_call(self, node: nodes.Call, scope: Scope) -> Need | None:
        for child in node.args:
            self._read(child, scope)
        for keyword in node.kwargs:
            self._read(keyword.value, scope)
        if not isinstance(node.node, nodes.Getattr):
            for child in node.args if expression(node) == "loop" else ():
                become_nested(self._read(child, scope))
            return None
        base = self._read(node.node.node, scope)
        return None if base is None else _called(base, node.node.attr, node)

    def _read_compare(self, node: nodes.Compare, scope: Scope) -> None:
        sides = [node.expr, *(operand.expr for operand in node.ops)]
        needs = [self._read(side, scope) for side in sides]
        for side in sides:
            if isinstance(side, nodes.Const):
                for need in filter(None, needs):
                    resemble(need, side.value)

    def _read_condexpr(self, node: nodes.CondExpr, scope: Scope) -> Need | None:
        self._read(node.test, scope)
        other = None if node.expr2 is None else self._read(node.expr2, scope)
        return self._read(node.expr1, scope) or other

    def _read_or(self, node: nodes.Or, scope: Scope) -> Need | None:
        right = self._read(node.right, scope)
        return self._read(node.left, scope) or right


def _bind(target: nodes.Node, need: Need | None, scope: Scope) -> None:
    """The names of an assignment stand for the value, or for its halves."""
    if isinstance(target, nodes.Name):
        scope[target.name] = need
    elif isinstance(target, nodes.Tuple):
        halves = need.pair if need is not None and need.pair else (None,) * len(target.items)
        for name, half in zip(target.items, halves, strict=False):
            _bind(name, half, scope)


def _filtered(base: Need, node: nodes.Filter) -> Need | None:
    """What a filter makes of a value."""
    name = node.name
    attribute = _attribute(node)
    if name in _KEEP_LIST or name in ("map", "sum", "join", "groupby", "batch", "slice"):
        element = base.element()
        for part in attribute.split(".") if attribute else ():
            element = element.part(part)
        return _listed(base, element, name)
    if name in _ONE_OF:
        return base.element()
    if name in ("default", "d"):
        return base
    if name in ("items", "dictsort"):
        return _pairs(base)
    if name in _NUMERIC:
        become(base, "number")
    else:
        become(base, "counted" if name in _COUNTING else "text")
    return None


def _listed(base: Need, element: Need, name: str) -> Need | None:
    if name in _KEEP_LIST:
        return base
    if name == "map":
        return Need(item=element)
    if name == "groupby":
        become(element, "text")
        return Need(item=Need(fields={"grouper": element, "list": base}, pair=(element, base)))
    if name in ("batch", "slice"):
        return Need(item=base)
    become(element, "number" if name == "sum" else "text")
    return None


def _attribute(node: nodes.Filter) -> str:
    """The name of the part of each element that a filter looks at."""
    given = [each.value for each in node.kwargs if each.key == "attribute"]
    if node.name in ("selectattr", "rejectattr", "groupby"):
        given += node.args[:1]
    constant = given[0] if given else None
    return str(constant.value) if isinstance(constant, nodes.Const) else ""


def _called(base: Need, method: str, node: nodes.Call) -> Need | None:
    """What a method gives: of a record its pairs, of a text its pieces."""
    if method in ("items", "values", "keys"):
        pairs = _pairs(base)
        if method == "items":
            return pairs
        key, value = pairs.element().pair or (None, None)
        return Need(item=value if method == "values" else key)
    if method == "get" and node.args and isinstance(node.args[0], nodes.Const):
        return base.part(str(node.args[0].value))
    become(base, "text")
    return Need(item=Need(kind="text")) if method == "split" else None


def _pairs(base: Need) -> Need:
    key = Need(kind="text", sample="name")
    return Need(item=Need(pair=(key, base.under(key))))
