"""An order as a data file: the exact inverse of `docgen.schemas.order`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import yaml

from docgen.models import (
    Acknowledgement,
    Amendment,
    Annex,
    Appoint,
    Approve,
    Assign,
    Change,
    Control,
    Edit,
    Executor,
    Form,
    Item,
    Order,
    Person,
    Point,
    Recommend,
    Revision,
    Section,
    Sheet,
    Signatory,
)
from docgen.models.amendments import Value


def order_values(order: Order) -> dict[str, Any]:
    """The order as plain values in the order of design.md section 3; absent values are left out."""
    return _present(
        {
            "kind": order.kind,
            "region": order.region,
            "years": list(order.years) if order.years else None,
            "date": order.date.isoformat() if order.date else None,
            "number": order.number,
            "city": order.city,
            "title": order.title,
            "preamble": order.preamble,
            "points": [_point(point) for point in order.points],
            "signatory": order.signatory and _fields(order.signatory, ("post", "name")),
            "acquainted": list(order.acquainted),
            "executor": order.executor and _fields(order.executor, ("name", "phone")),
            "annexes": [_annex(annex) for annex in order.annexes],
            "acknowledged": [
                _fields(entry, ("code", "path", "reason")) for entry in order.acknowledged
            ],
            "unplaced": list(order.unplaced),
            "forms": {text: dict(forms) for text, forms in order.forms.items()},
            "revisions": [_revision(revision) for revision in order.revisions],
        }
    )


def amendment_values(amendment: Amendment) -> dict[str, Any]:
    """The amending order as plain values: those of an order, what it amends and its changes."""
    named = amendment.amends
    return {
        **order_values(amendment.order),
        "amends": _present(
            {
                "date": named.date.isoformat() if named.date else None,
                "number": named.number,
                "title": named.title,
            }
        ),
        "annexes": [_sheet(sheet) for sheet in amendment.sheets],
        "changes": [_change(change) for change in amendment.changes],
    }


def _sheet(sheet: Sheet) -> dict[str, Any]:
    head = _present({"title": sheet.title, "layout": sheet.layout})
    return {**head, "edits": [_edit(edit) for edit in sheet.edits]}


def _edit(edit: Edit) -> dict[str, Any]:
    return _present({"text": edit.text, "sections": [_section(each) for each in edit.sections]})


def _change(change: Change) -> dict[str, Any]:
    places = _fields(change, ("action", "path", "was", "after", "after_was"))
    if change.action not in ("replace", "add"):
        return places
    return {**places, "value": entry_values(change.value)}


def entry_values(value: Value) -> Any:
    """The plain values of any part of an order that a change can put in place."""
    match value:
        case Point():
            return _point(value)
        case Item():
            return _item(value)
        case Section():
            return _section(value)
        case Annex():
            return _annex(value)
        case Signatory():
            return _fields(value, ("post", "name"))
        case Executor():
            return _fields(value, ("name", "phone"))
        case Acknowledgement():
            return _fields(value, ("code", "path", "reason"))
        case tuple():
            return [entry_values(each) for each in value]
    return value


def _revision(revision: Revision) -> dict[str, Any]:
    day = revision.date.isoformat() if revision.date else None
    return _present({"date": day, "number": revision.number})


def _present(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", [], (), {})}


def _fields(value: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return _present({name: getattr(value, name) for name in names})


def _point(point: Point) -> Any:
    if point.form is not None:
        return _form(point.form)
    if point.points:
        return {"text": point.text, "points": [_point(child) for child in point.points]}
    return point.text


def _form(form: Form) -> dict[str, Any]:
    match form:
        case Control(person):
            return {"control": _person(person)}
        case Approve(annex):
            return {"approve": annex}
        case Appoint(role, person):
            return {"appoint": {"role": role, **_person(person)}}
        case Assign(addressee, tasks):
            return {"assign": {"addressee": addressee, "tasks": list(tasks)}}
        case Recommend(addressee, tasks):
            return {"recommend": {"addressee": addressee, "tasks": list(tasks)}}


def _person(person: Person) -> dict[str, Any]:
    return _fields(person, ("post", "name", "gender"))


def _annex(annex: Annex) -> dict[str, Any]:
    return _present(
        {
            "kind": annex.kind,
            "layout": annex.layout,
            "title": annex.title,
            "sections": [_section(section) for section in annex.sections],
        }
    )


def _section(section: Section) -> dict[str, Any]:
    head = {"number": section.number, "title": section.title}
    values = {key: value for key, value in head.items() if value is not None}
    return {**values, "items": [_item(item) for item in section.items]}


def _item(item: Item) -> dict[str, str]:
    number = {} if item.number is None else {"number": item.number}
    return {**number, **{key: text for key, text in item.values.items() if text}}


def to_json(values: Any) -> str:
    """The values as indented JSON with a line end."""
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def to_yaml(values: Any) -> str:
    """The values as YAML that a clerk can edit: keys in their order, long texts wrapped."""
    text: str = yaml.dump(
        values, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100, indent=2
    )
    return text


class _Dumper(yaml.SafeDumper):
    """Lists are indented under their key, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Multi-line text as a block; what would read back as a number in quotes."""
    style = "|" if "\n" in text and not text.endswith(" ") else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _list(dumper: yaml.SafeDumper, values: list[Any]) -> yaml.SequenceNode:
    """A pair of years on one line, everything else one entry a line."""
    numbers = bool(values) and all(isinstance(value, int) for value in values)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=numbers)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)
# Our reader takes dates for text, so they need no quotes.
_Dumper.yaml_implicit_resolvers = {
    letter: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for letter, pairs in yaml.SafeDumper.yaml_implicit_resolvers.items()
}
