"""What the code offers stands on its page, with the same names, and nothing else does."""

from __future__ import annotations

import ast
import configparser
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from marshmallow import Schema, fields

from docgen import errors, hookspecs, models
from docgen.cli.outcome import exit_code
from docgen.context import build_context
from docgen.convert.failures import CODES
from docgen.schemas import order as order_schemas
from docgen.schemas.profile import LayoutMap, LayoutSchema, ProfileSchema
from docgen.schemas.reading import read_text
from docgen.services.documents import Documents
from tests.conftest import ROOT
from tests.docs.tables import first_cells, page, rows, section

SETUP = configparser.ConfigParser()
SETUP.read(ROOT / "setup.cfg", encoding="utf-8")


def test_every_hook_is_documented_with_its_arguments() -> None:
    specs = {
        name: function
        for name, function in inspect.getmembers(hookspecs, inspect.isfunction)
        if hasattr(function, f"{hookspecs.NAMESPACE}_spec")
    }
    signatures = {f"{name}{_plain(function)}" for name, function in specs.items()}
    assert set(re.findall(r"^### `(.+)`$", page("hooks.md"), re.M)) == signatures


def _plain(function: Any) -> str:
    return str(inspect.signature(function)).replace("'", "")


def test_every_key_of_a_profile_is_documented() -> None:
    documented = set(first_cells(page("regions.md")))
    assert documented == set(_keys(ProfileSchema()))


def _keys(schema: Schema, prefix: str = "") -> Iterator[str]:
    for name, field in schema.fields.items():
        path = f"{prefix}{name}"
        nested, mark = _nested(field)
        yield path
        if nested is not None:
            yield from _keys(nested, f"{path}{mark}.")


def _nested(field: fields.Field[Any]) -> tuple[Schema | None, str]:
    if isinstance(field, LayoutMap):
        return LayoutSchema(), ".*"
    if isinstance(field, fields.List) and isinstance(field.inner, fields.Nested):
        return field.inner.schema, "[]"
    return (field.schema, "") if isinstance(field, fields.Nested) else (None, "")


SCHEMAS = [
    schema
    for _name, schema in inspect.getmembers(order_schemas, inspect.isclass)
    if issubclass(schema, Schema) and schema.__module__ == order_schemas.__name__
]


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.__name__)
def test_every_key_of_a_data_file_is_documented(schema: type[Schema]) -> None:
    words = set(re.findall(r"`(\w+)`", page("data-file.md")))
    assert set(schema().fields) | set(order_schemas._FORMS) | set(models.ITEM_KEYS) <= words


def test_the_data_file_on_the_page_is_accepted(documents: Documents) -> None:
    order = documents.order_from(read_text(_sample(), name="sample.yaml"), "sample.yaml")
    assert order.executor is not None
    assert order.acknowledged


def _sample() -> str:
    found = re.search(r"```yaml\n(.*?)```", page("data-file.md"), re.S)
    assert found
    return found[1]


def test_every_name_a_template_may_use_is_documented(documents: Documents) -> None:
    order = documents.order_from(read_text(_sample(), name="sample.yaml"), "sample.yaml")
    context = build_context(order, documents.regions.find(order.region))
    assert _documented_names() == set(_names(context))


def _documented_names() -> set[str]:
    return set(first_cells(section(page("templates.md"), "Names")))


def _names(value: Any, prefix: str = "") -> Iterator[str]:
    """Paths of all names; the keys of rows and terms are the region's own."""
    if isinstance(value, dict) and prefix not in ("terms.", "annexes[].sections[].rows[]."):
        for key, inner in value.items():
            yield f"{prefix}{key}"
            yield from _names(inner, f"{prefix}{key}.")
    elif isinstance(value, list):
        for inner in value:
            yield from _names(inner, f"{prefix.removesuffix('.')}[].")


def test_every_style_of_the_templates_is_documented() -> None:
    documented = set(first_cells(section(page("templates.md"), "Styles")))
    styles = {
        style.name
        for path in (ROOT / "templates").rglob("*.docx")
        for style in docx.Document(str(path)).styles
        if not style.builtin
    }
    assert documented == styles


def test_every_template_is_documented() -> None:
    named = {row[0].strip("`") for row in rows(page("templates.md")) if ".docx" in row[0]}
    found = (ROOT / "templates").rglob("*.docx")
    assert named == {path.relative_to(ROOT).as_posix() for path in found}


CLASSES = [
    kind
    for _name, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, errors.DocgenError)
]


def test_every_error_class_is_documented_with_its_exit_code() -> None:
    table = {
        row[0].partition(" ")[0].strip("`"): row[2][0]
        for row in rows(section(page("errors.md"), "Classes and exit codes"))
    }
    assert table == {kind.__name__: str(exit_code(kind(""))) for kind in CLASSES}


REFUSERS = {"Problem", "Fault", "refusal", "refuse", "_refuse", "_refused", "_one", "_overrun"}
"""Calls that take a code among their arguments."""

CODE = re.compile(r"[a-z]+(?:-[a-z]+)+")


def test_every_error_code_is_documented() -> None:
    sources = [path for room in _rooms() for path in room]
    used = {code for path in sources for code in _codes(ast.parse(path.read_text("utf-8")))}
    defaults = {kind.code for kind in CLASSES} | {errors.Problem("", "").code}
    documented = set(re.findall(r"`([a-z-]+)`", page("errors.md")))
    assert used | defaults | set(CODES) <= documented


def test_every_documented_code_is_one_of_the_code() -> None:
    documented = {code for code in first_cells(page("errors.md")) if re.fullmatch(r"[a-z-]+", code)}
    texts = {
        node.value
        for room in _rooms()
        for path in room
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert documented <= texts


def _rooms() -> Iterator[Iterator[Path]]:
    """Checks give findings, which have a page of their own."""
    for path in (ROOT / "docgen").iterdir():
        if path.name != "checks":
            yield path.rglob("*.py") if path.is_dir() else iter([path])


def _codes(tree: ast.AST) -> Iterator[str]:
    """Codes given to refusers, given by name, and those of classes."""
    for node in ast.walk(tree):
        given: list[ast.expr] = []
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            given = node.args if name in REFUSERS else []
            given = given + [pair.value for pair in node.keywords if pair.arg == "code"]
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "code":
            given = [node.value]
        for value in given:
            if isinstance(value, ast.Constant) and CODE.fullmatch(str(value.value)):
                yield str(value.value)


def test_the_layers_drawn_are_the_layers_checked() -> None:
    drawn = [
        re.findall(r"`(\w+)`", row[0]) for row in rows(section(page("architecture.md"), "Layers"))
    ]
    contract = SETUP["importlinter:contract:layers"]["layers"].split("\n")[1:]
    assert drawn == [
        [room.strip().removeprefix("docgen.") for room in layer.split("|")] for layer in contract
    ]


@pytest.mark.parametrize(
    ("heading", "listed"),
    [
        ("Runtime", SETUP["options"]["install_requires"]),
        ("Development", SETUP["options.extras_require"]["dev"]),
    ],
)
def test_every_requirement_is_explained(heading: str, listed: str) -> None:
    required = [re.split(r"[\s;<>=\[]", line)[0] for line in listed.strip().splitlines()]
    assert first_cells(section(page("dependencies.md"), heading)) == required


def test_every_system_package_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8").replace("\\\n", " ")
    found = re.search(r"^APT_PACKAGES := (.+)$", makefile, re.M)
    assert found
    assert first_cells(section(page("dependencies.md"), "System packages")) == found[1].split()


def test_the_glossary_points_at_things_that_exist() -> None:
    for name in re.findall(r"`docgen\.models\.(\w+)`", page("glossary.md")):
        assert hasattr(models, name), name
