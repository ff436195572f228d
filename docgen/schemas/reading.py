"""Plain values from YAML and JSON text, read safely, with the line of every path.

Only null, booleans and plain integers are interpreted; everything else stays text, so that a
number «1.10», a time or an impossible date reaches the schema as the clerk typed it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml

from docgen.errors import InputError, Problem
from docgen.i18n import _

MAX_BYTES = 20 * 1024 * 1024
MAX_DEPTH = 40
TEXTS = (".yaml", ".yml", ".json")
"""Endings of data that is text."""
DATA = (*TEXTS, ".xlsx")
"""Endings of data files, which are written as they are read."""
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_CONSTANTS = {"": None, "null": None, "~": None, "true": True, "false": False}
_RESOLVER: Any = yaml.resolver.Resolver()
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TEXT = "tag:yaml.org,2002:str"
_KINDS = {_TEXT, "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"}
_SIGNS = "!&*%@`"
_ANCHORED = re.compile(r"(?:^|[\s,:\[{])&\S", re.MULTILINE)
_LONG_INDENT = re.compile(rf"^[ ?:\t-]{{{5 * MAX_DEPTH}}}", re.MULTILINE)


@dataclass(slots=True)
class Document:
    """Values read from a file, the line or place of each path, and what was wrong while reading.

    A text file has lines; a workbook has places such as «лист „Приказ“, ячейка B7».
    """

    values: Any
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)

    def line_of(self, path: str) -> int:
        """The line of the path, or of the nearest value around it; 0 where lines are unknown."""
        return _nearest(self.lines, path, 0)

    def place_of(self, path: str) -> str:
        """Where a person finds the path, or the nearest value around it; empty where unknown."""
        place = _nearest(self.places, path, "")
        line = self.line_of(path)
        return place or (_("line %(line)d") % {"line": line} if line else "")


_Found = TypeVar("_Found")


def _nearest(known: Mapping[str, _Found], path: str, otherwise: _Found) -> _Found:
    """What is known of the path, or of the nearest value around it."""
    while path and path not in known:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return known.get(path, otherwise)


def read_file(path: Path, limit: int = MAX_BYTES) -> Document:
    """The values of a YAML or JSON file; raises InputError when it cannot be read at all.

    What is no file but a pipe has no ending to go by, and is read as YAML.
    """
    if path.is_file():
        require_ending(path, TEXTS)
    return read_text(read_source(path, limit), name=path.name)


def require_ending(path: Path, known: Sequence[str]) -> str:
    """The ending of the file's name in small letters; InputError names those that are known."""
    ending = path.suffix.lower()
    if ending in known:
        return ending
    message = _("%(name)s: no kind of file that is known here. The name must end with %(endings)s.")
    values = {"name": path.name, "endings": ", ".join(known)}
    raise InputError(message % values, code="file-unknown")


def read_source(path: Path, limit: int = MAX_BYTES) -> str:
    """The text of a file in UTF-8; raises InputError when absent, too large or not UTF-8."""
    data = read_bytes(path, limit=limit)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            _("%(name)s: the file is not UTF-8 text. Save it as UTF-8.") % {"name": path.name},
            code="file-not-text",
        ) from error


def read_bytes(path: Path, limit: int = 5 * MAX_BYTES) -> bytes:
    """The bytes of a file; raises InputError when it is absent, unreadable or over the limit."""
    try:
        if path.stat().st_size > limit:
            raise InputError(
                _("%(name)s: the file is larger than %(size)d MB.")
                % {"name": path.name, "size": limit // 2**20},
                code="file-too-large",
            )
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            _("%(name)s: the file cannot be read: %(reason)s.")
            % {"name": path.name, "reason": _reason(error)},
            code="file-unreadable",
        ) from error


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return _("there is no such file")
    if isinstance(error, IsADirectoryError):
        return _("it is a folder")
    if isinstance(error, PermissionError):
        return _("no permission")
    return error.strerror or str(error)


def read_text(text: str, *, name: str) -> Document:
    """The values of YAML or JSON text; JSON is recognised by the name's ending."""
    if name.lower().endswith(".json"):
        return _read_json(text, name)
    return _read_yaml(text, name)


def _read_yaml(text: str, name: str) -> Document:
    try:
        if _may_be_deep(text):
            _check_depth(text, name)
        root = yaml.compose(text, _Loader)
    except yaml.MarkedYAMLError as error:
        raise InputError(_yaml_fault(error, name, text), code="yaml-syntax") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise InputError(
            _("%(name)s: the file is not valid YAML.") % {"name": name}, code="yaml-syntax"
        ) from error
    document = Document(values=None)
    if root is not None:
        document.values = _NodeReader(document).value(root, "", 0)
        document.problems += _lost_marks(text)
    return document


def _lost_marks(text: str) -> Iterator[Problem]:
    """A problem for each mark that nothing links to: most likely it was meant as text."""
    if not _ANCHORED.search(text):
        return
    marks: dict[str | None, int] = {}
    for event in yaml.parse(text, _Loader):
        if isinstance(event, yaml.AliasEvent):
            marks.pop(event.anchor, None)
        elif isinstance(event, yaml.NodeEvent) and event.anchor and event.start_mark:
            marks[event.anchor] = event.start_mark.line + 1
    message = _("YAML takes “&%(mark)s” for a mark and drops it; put the text in quotes")
    for mark, line in marks.items():
        place = _("line %(line)d") % {"line": line}
        yield Problem("", message % {"mark": mark}, "yaml-alias", place)


def _may_be_deep(text: str) -> bool:
    """Whether brackets or indentation could nest further than a C stack holds: rarely so."""
    return text.count("[") + text.count("{") > 5 * MAX_DEPTH or bool(_LONG_INDENT.search(text))


def _check_depth(text: str, name: str) -> None:
    """InputError for a nesting that would overflow the stack of the YAML library."""
    depth = 0
    for event in yaml.parse(text, _Loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > 5 * MAX_DEPTH:
            raise InputError(
                _("%(name)s: the file is not valid YAML.") % {"name": name}, code="yaml-syntax"
            )


def _yaml_fault(error: yaml.MarkedYAMLError, name: str, text: str) -> str:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    values = {"name": name, "line": line, "column": column}
    if sign := _sign_at(text, line, column):
        message = _(
            "%(name)s, line %(line)d, column %(column)d: a text cannot begin with “%(sign)s” in "
            "YAML. Put it in quotes."
        )
        return message % {**values, "sign": sign}
    message = _(
        "%(name)s, line %(line)d, column %(column)d: the YAML breaks off here. "
        "Check indentation, the colon after the key and closing quotes."
    )
    return message % values


def _sign_at(text: str, line: int, column: int) -> str:
    """The sign with a meaning of its own that a text begins with here; empty where there is none.

    The YAML library stops at the sign, or at what stands behind it.
    """
    lines = [*text.splitlines(), ""]
    shown = lines[min(line, len(lines)) - 1]
    for at in (column - 1, column - 2):
        if 0 <= at < len(shown) and shown[at] in _SIGNS and not shown[:at].strip()[-1:].isalnum():
            return shown[at]
    return ""


class _NodeReader:
    """Turns YAML nodes into values, noting lines, doubled keys and shared nodes."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, path: str, depth: int) -> Any:
        self._document.lines[path] = node.start_mark.line + 1
        if id(node) in self._seen:
            self._refuse(path, _("links to another place (&, *) are not supported"), "yaml-alias")
            return None
        self._seen.add(id(node))
        if _is_tagged(node):
            tag = str(node.tag).replace("tag:yaml.org,2002:", "!!")
            message = _("the tag %(tag)s says nothing here; remove it, or put the text in quotes")
            self._refuse(path, message % {"tag": tag}, "yaml-tag")
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if depth > MAX_DEPTH:
            self._refuse(path, _("the nesting is too deep"), "too-deep")
            return None
        if isinstance(node, yaml.SequenceNode):
            return [
                self.value(child, f"{path}[{index}]", depth + 1)
                for index, child in enumerate(node.value)
            ]
        return self._mapping(node, path, depth)

    def _mapping(self, node: yaml.Node, path: str, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, child in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            child_path = f"{path}.{key}" if path else key
            if key in result:
                self._refuse(child_path, duplicate_key(key, key_node.start_mark.line + 1))
                continue
            result[key] = self.value(child, child_path, depth + 1)
        return result

    def _refuse(self, path: str, message: str, code: str = "duplicate-key") -> None:
        self._document.problems.append(Problem(path, message, code))


def duplicate_key(key: str, line: int | None) -> str:
    """The message for a key that stands twice in one mapping."""
    if line is None:
        return _("the key “%(key)s” stands twice; keep one") % {"key": key}
    return _("the key “%(key)s” stands twice (line %(line)d); keep one") % {
        "key": key,
        "line": line,
    }


def _is_tagged(node: yaml.Node) -> bool:
    """Whether a tag was typed that says more than what stands there; `!!str` makes it text."""
    if node.tag in _KINDS:
        return False
    if isinstance(node, yaml.ScalarNode) and not node.style:
        return bool(_RESOLVER.resolve(yaml.ScalarNode, node.value, (True, False)) != node.tag)
    return True


def _scalar(node: yaml.ScalarNode) -> Any:
    text = str(node.value)
    if node.style or node.tag == _TEXT:
        return text
    if text.lower() in _CONSTANTS:
        return _CONSTANTS[text.lower()]
    return int(text) if _INTEGER.fullmatch(text) else text


class _Doubled(dict[str, Any]):
    """A JSON object in which some keys stood twice."""

    keys_twice: tuple[str, ...] = ()


class _ObjectMaker:
    """Makes JSON objects and remembers whether any had a key twice."""

    def __init__(self) -> None:
        self.any_doubled = False

    def __call__(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result: dict[str, Any] = dict(pairs)
        if len(result) == len(pairs):
            return result
        self.any_doubled = True
        doubled = _Doubled(result)
        names = [name for name, _value in pairs]
        doubled.keys_twice = tuple(sorted({name for name in names if names.count(name) > 1}))
        return doubled


def _read_json(text: str, name: str) -> Document:
    maker = _ObjectMaker()
    try:
        values = json.loads(text, object_pairs_hook=maker, parse_float=str)
    except json.JSONDecodeError as error:
        raise InputError(
            _("%(name)s, line %(line)d, column %(column)d: the JSON breaks off here.")
            % {"name": name, "line": error.lineno, "column": error.colno},
            code="json-syntax",
        ) from error
    except (RecursionError, ValueError) as error:
        raise InputError(
            _("%(name)s: the file is not valid JSON.") % {"name": name}, code="json-syntax"
        ) from error
    problems = list(_doubled_keys(values, "")) if maker.any_doubled else []
    return Document(values=values, problems=problems)


def _doubled_keys(value: Any, path: str) -> Iterator[Problem]:
    if isinstance(value, dict):
        for key in getattr(value, "keys_twice", ()):
            where = f"{path}.{key}" if path else key
            yield Problem(where, duplicate_key(key, None), "duplicate-key")
        for key, child in value.items():
            yield from _doubled_keys(child, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _doubled_keys(child, f"{path}[{index}]")
