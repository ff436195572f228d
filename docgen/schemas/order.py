"""The data file of an order (design.md section 3): plain values in, an `Order` out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields

from docgen.errors import Problem
from docgen.i18n import _
from docgen.models import (
    Acknowledgement,
    Annex,
    Appoint,
    Approve,
    Assign,
    Control,
    Executor,
    Form,
    Item,
    Order,
    Person,
    Point,
    Recommend,
    Revision,
    Section,
    Signatory,
)
from docgen.schemas.fields import (
    Day,
    Forms,
    ListOf,
    Numberish,
    OneOf,
    Part,
    Strict,
    Text,
    Whole,
    Years,
    clean_text,
    not_empty,
    problems_of,
    refusal,
    unknown_key,
    wrong_type,
)

MAX_LEVELS = 20
"""Points inside points: as deep as a file may be nested, each being a list and its entry."""


class PersonSchema(Strict):
    """A named holder of a post, in the nominative."""

    model = Person
    name = Text(required=True)
    post = Text(load_default="")
    gender = OneOf("m", "f", load_default=None, allow_none=True)


def _appoint(role: str, **person: Any) -> Appoint:
    return Appoint(role=role, person=Person(**person))


class AppointSchema(Strict):
    """A person appointed to a role."""

    model = _appoint
    role = Text(required=True)
    name = Text(required=True)
    post = Text(load_default="")
    gender = OneOf("m", "f", load_default=None, allow_none=True)


class AssignSchema(Strict):
    """Tasks for an addressee in the nominative."""

    model = Assign
    addressee = Text(required=True)
    tasks = ListOf(Text(), required=True, validate=not_empty)


class RecommendSchema(Strict):
    """Tasks recommended to an addressee who is not a subordinate."""

    model = Recommend
    addressee = Text(required=True)
    tasks = ListOf(Text(), required=True, validate=not_empty)


class PointField(fields.Field[Point]):
    """A point: text, `{text, points}`, or one of the forms the engine words itself."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Point:
        if isinstance(value, str):
            return Point(text=clean_text(value))
        if not isinstance(value, Mapping):
            raise wrong_type(_("text or a form such as “control: {post, name}”"))
        if _levels(value) > MAX_LEVELS:
            raise refusal(_("the nesting is too deep"), "too-deep")
        if len(value) == 1 and (kind := next(iter(value))) in _FORMS:
            return Point(form=_form(kind, value[kind]))
        if any(key in _FORMS for key in value):
            raise refusal(_("a form of a point stands alone, without other keys"), "wrong-type")
        point: Point = _NESTED.load(value)
        return point


def _levels(value: Any) -> int:
    """How many levels of sub-points there are, the point's own included."""
    level, depth = [value], 0
    while level and depth <= MAX_LEVELS:
        lists = [each.get("points") for each in level if isinstance(each, Mapping)]
        level = [sub for found in lists if isinstance(found, list | tuple) for sub in found]
        depth += 1
    return depth


def _form(kind: str, value: Any) -> Form:
    try:
        form: Form = _FORMS[kind](value)
        return form
    except ValidationError as error:
        raise ValidationError({kind: error.messages}) from error


class NestedPointSchema(Strict):
    """A point with sub-points."""

    model = Point
    text = Text(required=True)
    points = ListOf(PointField(), load_default=())


_NESTED = NestedPointSchema()
_PERSON = PersonSchema()
_FORMS: dict[str, Any] = {
    "control": lambda value: Control(_PERSON.load(value)),
    "approve": lambda value: Approve(int(Whole().deserialize(value) or 0)),
    "appoint": AppointSchema().load,
    "assign": AssignSchema().load,
    "recommend": RecommendSchema().load,
}


class ItemField(fields.Field[Item]):
    """One row of the table; the region's profile says which keys a row may have."""

    def __init__(self, keys: frozenset[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._keys = keys | {"number"}

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Item:
        if not isinstance(value, Mapping):
            raise ValidationError("not-a-mapping")
        faults: dict[str, Any] = {}
        values: dict[str, str] = {}
        for key, cell in value.items():
            if key not in self._keys:
                faults[str(key)] = [unknown_key(str(key), self._keys)]
                continue
            try:
                values[key] = _cell(cell, key)
            except ValidationError as error:
                faults[key] = error.messages
        if faults:
            raise ValidationError(faults)
        number = values.pop("number") if value.get("number") is not None else None
        return Item(values=values, number=number)


def _cell(cell: Any, key: str) -> str:
    if cell is None:
        return ""
    if key == "number" and isinstance(cell, int) and not isinstance(cell, bool):
        return str(cell)
    return clean_text(cell)


class AcknowledgementSchema(Strict):
    """A finding the author signs for."""

    model = Acknowledgement
    code = Text(required=True)
    path = Text(required=True)
    reason = Text(required=True)


class RevisionSchema(Strict):
    """An amending order that this edition takes into account."""

    model = Revision
    date = Day(load_default=None, allow_none=True)
    number = Numberish(load_default=None, allow_none=True)


class SignatorySchema(Strict):
    """Who signs."""

    model = Signatory
    post = Text(required=True)
    name = Text(required=True)


class ExecutorSchema(Strict):
    """Who drafted the order."""

    model = Executor
    name = Text(required=True)
    phone = Numberish(load_default="")


class SectionSchema(Strict):
    """A run of rows; `items` is added for the region at hand."""

    model = Section
    title = Text(load_default=None, allow_none=True)
    number = Numberish(load_default=None, allow_none=True)


class AnnexSchema(Strict):
    """An annex; `sections` and `layout` are added for the region at hand."""

    model = Annex
    kind = OneOf("roadmap", load_default="roadmap")
    title = Text(required=True)


class OrderSchema(Strict):
    """The whole data file; `annexes` is added for the region at hand."""

    model: ClassVar[Callable[..., Any]] = Order
    kind = OneOf("order", load_default="order")
    region = Text(required=True)
    years = Years(load_default=None, allow_none=True)
    date = Day(load_default=None, allow_none=True)
    number = Numberish(load_default=None, allow_none=True)
    city = Text(load_default=None, allow_none=True)
    title = Text(required=True)
    preamble = Text(required=True)
    points = ListOf(PointField(), required=True)
    signatory = Part(SignatorySchema, load_default=None, allow_none=True)
    acquainted = ListOf(Text(), load_default=())
    executor = Part(ExecutorSchema, load_default=None, allow_none=True)
    acknowledged = ListOf(Part(AcknowledgementSchema), load_default=())
    unplaced = ListOf(Text(), load_default=())
    forms = Forms(load_default=dict)
    revisions = ListOf(Part(RevisionSchema), load_default=())


@lru_cache(maxsize=64)
def region_schemas(
    item_keys: frozenset[str], layouts: tuple[str, ...]
) -> tuple[type[Schema], type[Schema]]:
    """The schemas of a section and of an annex with the keys and layouts of a region."""
    section = SectionSchema.from_dict(
        {"items": ListOf(ItemField(item_keys), required=True)}, name="RegionSection"
    )
    annex = AnnexSchema.from_dict(
        {
            "layout": OneOf(*layouts, load_default=None, allow_none=True),
            "sections": ListOf(Part(section), required=True),
        },
        name="RegionAnnex",
    )
    return section, annex


@lru_cache(maxsize=64)
def _schema(item_keys: frozenset[str], layouts: tuple[str, ...]) -> Schema:
    _section, annex = region_schemas(item_keys, layouts)
    return OrderSchema.from_dict(
        {"annexes": ListOf(Part(annex), load_default=())}, name="RegionOrder"
    )()


def load_order(
    values: Any, item_keys: frozenset[str], layouts: tuple[str, ...]
) -> tuple[Order | None, list[Problem]]:
    """The order, or None with every problem that keeps the values from being one.

    `item_keys` and `layouts` are those of the region's profile.
    """
    try:
        return _schema(item_keys, layouts).load(values), []
    except ValidationError as error:
        return None, list(problems_of(error.messages, frozenset(vocabulary(item_keys))))


def vocabulary(item_keys: frozenset[str]) -> Iterator[str]:
    """Every key of a data file, for advice on misspelt ones."""
    schemas = (OrderSchema, AnnexSchema, SectionSchema, SignatorySchema, ExecutorSchema)
    for schema in (*schemas, PersonSchema, AppointSchema, AssignSchema, AcknowledgementSchema):
        yield from schema._declared_fields
    yield from item_keys | {"annexes", "sections", "items", "layout", *_FORMS}
