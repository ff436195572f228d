"""The data file of an amending order: an order's own keys, what it amends, and its changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields

from docgen.errors import Problem
from docgen.i18n import _
from docgen.models import AmendedOrder, Amendment, Change, Edit, Order, Sheet
from docgen.schemas.fields import (
    Day,
    ListOf,
    Numberish,
    OneOf,
    Part,
    Strict,
    Text,
    Years,
    problems_of,
    refusal,
)
from docgen.schemas.order import (
    AcknowledgementSchema,
    ExecutorSchema,
    ItemField,
    OrderSchema,
    PointField,
    SignatorySchema,
    region_schemas,
    vocabulary,
)

_LAST_NAME = re.compile(r"([a-z]+)(?:\[\d+\])?$")


class AmendedOrderSchema(Strict):
    """The order that is amended."""

    model = AmendedOrder
    title = Text(required=True)
    date = Day(load_default=None, allow_none=True)
    number = Numberish(load_default=None, allow_none=True)


class EditSchema(Strict):
    """One instruction about a table; `sections` is added for the region at hand."""

    model = Edit
    text = Text(required=True)


class SheetSchema(Strict):
    """What becomes of one annex; `layout` and `edits` are added for the region at hand."""

    model = Sheet
    title = Text(required=True)


class ChangeSchema(Strict):
    """One change of the data; `value` is read by what it takes the place of."""

    model = Change
    action = OneOf("replace", "add", "remove", "move", required=True)
    path = Text(load_default="")
    was = Text(load_default="")
    after = Text(load_default="")
    after_was = Text(load_default="")


_CHANGE = ChangeSchema()


class ChangeField(fields.Field[Change]):
    """A change with a value of the kind that its path asks for."""

    def __init__(self, kinds: Mapping[str, fields.Field[Any]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._kinds = kinds

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Change:
        if not isinstance(value, Mapping):
            raise ValidationError("not-a-mapping")
        rest = {key: each for key, each in value.items() if key != "value"}
        change: Change = _CHANGE.load(rest)
        needed = change.path if change.action == "replace" else change.after
        if change.action in ("replace", "remove", "move") and not change.path:
            raise ValidationError({"path": ["missing-key"]})
        if change.action in ("add", "move") and not change.after:
            raise ValidationError({"after": ["missing-key"]})
        if change.action in ("remove", "move"):
            return change
        return Change(**{**_values(change), "value": self._value(needed, value.get("value"))})

    def _value(self, path: str, value: Any) -> Any:
        found = _LAST_NAME.search(path)
        kind = self._kinds.get(found[1]) if found else None
        if kind is None:
            message = _("the path leads to nothing that an amendment can change")
            raise ValidationError({"path": refusal(message, "unknown-path").messages})
        try:
            return kind.deserialize(value)
        except ValidationError as error:
            raise ValidationError({"value": error.messages}) from error


def _values(change: Change) -> dict[str, Any]:
    return {name: getattr(change, name) for name in change.__slots__}


def _amendment(
    amends: AmendedOrder, changes: tuple[Change, ...], annexes: tuple[Sheet, ...], **rest: Any
) -> Amendment:
    return Amendment(Order(**rest), amends, changes, annexes)


class AmendmentSchema(OrderSchema):
    """The whole data file; `annexes` and `changes` are added for the region at hand."""

    model: ClassVar[Callable[..., Any]] = _amendment
    kind = OneOf("amendment", required=True)
    amends = Part(AmendedOrderSchema, required=True)


@lru_cache(maxsize=64)
def _schema(item_keys: frozenset[str], layouts: tuple[str, ...]) -> Schema:
    section, annex = region_schemas(item_keys, layouts)
    edit = EditSchema.from_dict(
        {"sections": ListOf(Part(section), load_default=())}, name="RegionEdit"
    )
    sheet = SheetSchema.from_dict(
        {
            "layout": OneOf(*layouts, load_default=None, allow_none=True),
            "edits": ListOf(Part(edit), required=True),
        },
        name="RegionSheet",
    )
    kinds = _kinds(item_keys, layouts, section, annex)
    return AmendmentSchema.from_dict(
        {
            "annexes": ListOf(Part(sheet), load_default=()),
            "changes": ListOf(ChangeField(kinds), required=True),
        },
        name="RegionAmendment",
    )()


def _kinds(
    item_keys: frozenset[str],
    layouts: tuple[str, ...],
    section: type[Schema],
    annex: type[Schema],
) -> dict[str, fields.Field[Any]]:
    """What a change may put in place, by the last name of its path."""
    text = Text(allow_none=True)
    return {
        "points": PointField(),
        "items": ItemField(item_keys),
        "sections": Part(section),
        "annexes": Part(annex),
        "title": text,
        "text": text,
        "preamble": text,
        "city": text,
        "number": Numberish(allow_none=True),
        "layout": OneOf(*layouts, allow_none=True),
        "kind": OneOf("roadmap"),
        "years": Years(allow_none=True),
        "signatory": Part(SignatorySchema, allow_none=True),
        "executor": Part(ExecutorSchema, allow_none=True),
        "acquainted": ListOf(Text()),
        "acknowledged": ListOf(Part(AcknowledgementSchema)),
    }


def load_amendment(
    values: Any, item_keys: frozenset[str], layouts: tuple[str, ...]
) -> tuple[Amendment | None, list[Problem]]:
    """The amendment, or None with every problem that keeps the values from being one."""
    try:
        return _schema(item_keys, layouts).load(values), []
    except ValidationError as error:
        words = frozenset((*vocabulary(item_keys), *_WORDS))
        return None, list(problems_of(error.messages, words))


_WORDS = (
    *("amends", "changes", "edits"),
    *ChangeSchema._declared_fields,
    *EditSchema._declared_fields,
)
