from __future__ import annotations

import ast
import io
import tomllib

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tests.conftest import ROOT

FOLDER = ROOT / "docgen" / "locale" / "ru" / "LC_MESSAGES"
KEYWORDS = {"_": None, "noop": None, "ngettext": (1, 2)}


@pytest.fixture(scope="module")
def russian() -> Catalog:
    with (FOLDER / "docgen.po").open("rb") as file:
        return read_po(file, locale="ru", domain="docgen")


def message_ids() -> set[str]:
    """The msgids in code and templates; of a plural the first form."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    mappings = project["tool"]["babel"]["mappings"]
    found = extract_from_dir(
        ROOT / "docgen",
        [(mapping["pattern"], mapping["method"]) for mapping in mappings],
        {mapping["pattern"]: {"silent": "false"} for mapping in mappings},
        keywords=KEYWORDS,
    )
    return {m if isinstance(m, str) else m[0] for _file, _line, m, _comments, _context in found}


def test_every_message_has_a_russian_translation(russian: Catalog) -> None:
    translated = {
        message.id if isinstance(message.id, str) else message.id[0]
        for message in russian
        if message.id and all(_strings(message))
    }
    assert message_ids() - translated == set()


def test_the_compiled_catalogue_is_up_to_date(russian: Catalog) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, russian)
    assert (FOLDER / "docgen.mo").read_bytes() == compiled.getvalue()


def test_translations_keep_the_placeholders(russian: Catalog) -> None:
    for message in russian:
        if message.id and message.python_format:
            first = message.id if isinstance(message.id, str) else message.id[0]
            for text in _strings(message):
                assert _placeholders(text) == _placeholders(first), first


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _placeholders(text: str) -> list[str]:
    return sorted(part.split(")")[0] for part in text.split("%(")[1:])


def test_no_message_hides_in_an_f_string() -> None:
    """There the tool that gathers messages does not see it, and it is never translated."""
    trees = [ast.parse(path.read_text("utf-8")) for path in (ROOT / "docgen").rglob("*.py")]
    nodes = (node for tree in trees for node in ast.walk(tree))
    strings = (node for node in nodes if isinstance(node, ast.JoinedStr))
    assert [
        ast.unparse(each) for string in strings for each in ast.walk(string) if _says(each)
    ] == []


def _says(node: ast.AST) -> bool:
    """Whether the node is a call like `_("text")`."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return False
    return node.func.id in KEYWORDS and isinstance(node.args[0], ast.Constant)
