"""What monitoring looks like in the programming interface."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from docgen.models.monitoring import NO_DATA
from docgen.models.reports import ITEM_STATUSES
from docgen.models.submissions import STATUSES


def whole(example: int, **options: Any) -> fields.Integer:
    """A positive whole number that fits the database; `strict` refuses text, even of digits."""
    return fields.Integer(
        strict=options.pop("strict", True),
        validate=validate.Range(1, 2**31 - 1),
        metadata={"example": example, "description": options.pop("description", "")},
        **options,
    )


def text(longest: int, example: str, **options: Any) -> fields.String:
    """A text of at most that many characters."""
    return fields.String(
        validate=validate.Length(max=longest),
        metadata={"example": example, "description": options.pop("description", "")},
        **options,
    )


class PlaceShape(Schema):
    """A municipality."""

    id = fields.Integer(required=True)
    region = fields.String(required=True, metadata={"example": "smolensk"})
    name = fields.String(required=True, metadata={"example": "Вяземский район"})
    coordinator = fields.String(required=True)
    phone = fields.String(required=True)
    curators = fields.Integer(required=True, allow_none=True)


class SchoolShape(Schema):
    """A school."""

    id = fields.Integer(required=True)
    name = fields.String(required=True, metadata={"example": "МБОУ СОШ № 1"})
    municipality_id = fields.Integer(required=True)
    municipality = fields.String(required=True, metadata={"example": "Вяземский район"})


class RosterEntry(Schema):
    """A municipality of a roster with its schools."""

    name = text(300, "Вяземский район", required=True)
    schools = fields.List(text(300, "МБОУ СОШ № 1"), required=True)
    coordinator = text(300, "Иванова Анна Петровна", load_default="")
    phone = text(100, "8 (48131) 5-00-00", load_default="")
    curators = fields.Integer(strict=True, load_default=None, allow_none=True)


class RosterShape(Schema):
    """Who reports on a roadmap."""

    roster = fields.List(fields.Nested(RosterEntry), required=True)


class Publication(RosterShape):
    """A registered order to be monitored, and who reports on it."""

    document_id = whole(17, required=True)


class RoadmapShape(Schema):
    """A monitored order; `schools` counts its roster."""

    id = fields.Integer(required=True)
    region = fields.String(required=True)
    document_id = fields.Integer(required=True)
    version = fields.Integer(required=True)
    title = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)
    schools = fields.Integer(required=True)


class StageShape(Schema):
    """A stage; it takes answers until `closes_at`, unless closed before."""

    id = fields.Integer(required=True)
    roadmap_id = fields.Integer(required=True)
    region = fields.String(required=True)
    number = fields.Integer(required=True, metadata={"example": 1})
    title = fields.String(required=True, metadata={"example": "первое полугодие"})
    monitoring_date = fields.Date(required=True, metadata={"example": "2022-06-30"})
    closes_at = fields.AwareDateTime(required=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)
    roadmap = fields.String(required=True)


class ClosingTime(Schema):
    """Until when a stage takes answers."""

    closes_at = fields.AwareDateTime(
        required=True, metadata={"example": "2027-07-01T18:00:00+03:00"}
    )


class NewStage(ClosingTime):
    """A stage to open; its day and title come from the region's profile where not given."""

    roadmap_id = whole(1, required=True)
    number = whole(1, required=True)
    monitoring_date = fields.Date(load_default=None, allow_none=True)
    title = text(300, "первое полугодие", load_default=None, allow_none=True)


class TallyShape(Schema):
    """The due items of somebody by state; silence is `missing`, never `not_done`."""

    expected = fields.Integer(required=True)
    done = fields.Integer(required=True)
    confirmed = fields.Integer(required=True)
    partly = fields.Integer(required=True, data_key="partial", attribute="partial")
    not_done = fields.Integer(required=True)
    missing = fields.Integer(required=True)
    late = fields.Integer(required=True)
    percent = fields.Float(required=True, allow_none=True)
    reached = fields.Boolean(
        required=True,
        allow_none=True,
        metadata={"description": "Whether the stage's threshold is reached; null while undecided"},
    )
    schools = fields.Integer(required=True)
    reported = fields.Integer(required=True)


class PlaceProgressShape(Schema):
    """How far a municipality is."""

    place = fields.Nested(PlaceShape, required=True)
    tally = fields.Nested(TallyShape, required=True)
    last = fields.AwareDateTime(required=True, allow_none=True)
    returned = fields.Integer(required=True)


class ItemProgressShape(Schema):
    """How far an item is."""

    item = fields.String(required=True, attribute="plan.key")
    activity = fields.String(required=True, attribute="plan.activity")
    deadline = fields.String(required=True, attribute="plan.deadline")
    due = fields.Boolean(required=True, allow_none=True, attribute="plan.due")
    status = fields.String(required=True, validate=validate.OneOf(ITEM_STATUSES))
    expected = fields.Integer(required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    missing = fields.Function(lambda item: len(item.missing), required=True)


class ProgressShape(Schema):
    """How far a stage is, as its report would say now."""

    stage = fields.Nested(StageShape, required=True)
    open = fields.Boolean(required=True)
    at = fields.AwareDateTime(required=True)
    last = fields.AwareDateTime(required=True, allow_none=True)
    receipts = fields.Integer(required=True)
    total = fields.Nested(TallyShape, required=True, attribute="report.total")
    municipalities = fields.List(
        fields.Nested(PlaceProgressShape), required=True, attribute="places"
    )
    items = fields.List(fields.Nested(ItemProgressShape), required=True, attribute="report.items")


class EvidenceShape(Schema):
    """A file that confirms an answer."""

    id = fields.Integer(required=True)
    stage_id = fields.Integer(required=True)
    municipality_id = fields.Integer(
        required=True, allow_none=True, attribute="key.municipality_id"
    )
    school_id = fields.Integer(required=True, allow_none=True, attribute="key.school_id")
    item = fields.String(required=True, attribute="key.item")
    name = fields.String(required=True, metadata={"example": "протокол.pdf"})
    hash = fields.String(required=True, metadata={"description": "SHA-256 of the content"})
    size = fields.Integer(required=True)
    media_type = fields.String(required=True, metadata={"example": "application/pdf"})
    created_at = fields.AwareDateTime(required=True)


class AnswerShape(Schema):
    """What is said now of one item; without a school, of the municipality as a whole."""

    id = fields.Integer(required=True)
    stage_id = fields.Integer(required=True)
    municipality_id = fields.Integer(
        required=True, allow_none=True, attribute="key.municipality_id"
    )
    municipality = fields.String(required=True)
    school_id = fields.Integer(required=True, allow_none=True, attribute="key.school_id")
    school = fields.String(required=True)
    item = fields.String(required=True, attribute="key.item", metadata={"example": "14"})
    status = fields.String(
        required=True,
        attribute="values.status",
        validate=validate.OneOf([*STATUSES, NO_DATA]),
        metadata={"description": f"`{NO_DATA}`: taken back, as if nothing had been said"},
    )
    value = fields.Float(required=True, allow_none=True, attribute="values.value")
    date = fields.Date(required=True, allow_none=True, attribute="values.date")
    evidence = fields.String(required=True, attribute="values.evidence")
    comment = fields.String(required=True, attribute="values.comment")
    version = fields.Integer(required=True)
    returned = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "The analyst's comment while the answer waits to be mended"},
    )
    updated_at = fields.AwareDateTime(required=True)


class QuestionShape(Schema):
    """A question of a form, with the answer and its files."""

    item = fields.String(required=True)
    section = fields.String(required=True)
    activity = fields.String(required=True)
    deadline = fields.String(required=True)
    indicator = fields.String(required=True)
    asked = fields.String(required=True, metadata={"description": "What a value means"})
    planned = fields.String(required=True, metadata={"example": "не менее 60%"})
    ceiling = fields.Float(required=True, allow_none=True)
    due = fields.Boolean(required=True, allow_none=True)
    answer = fields.Nested(AnswerShape, required=True, allow_none=True)
    files = fields.List(fields.Nested(EvidenceShape), required=True)


class FormShape(Schema):
    """The form of a school, of a municipality as a whole, or of the operator."""

    stage = fields.Nested(StageShape, required=True)
    open = fields.Boolean(required=True)
    municipality = fields.String(required=True)
    municipality_id = fields.Integer(required=True, allow_none=True)
    school = fields.Nested(SchoolShape, required=True, allow_none=True)
    rows = fields.List(fields.Nested(QuestionShape), required=True)


class Respondent(Schema):
    """Whose form or file it is; without a school, the municipality's as a whole."""

    school_id = whole(1, strict=False, load_default=None, allow_none=True)
    municipality_id = whole(1, strict=False, load_default=None, allow_none=True)


class RowShape(Schema):
    """One answer. Values may be typed as people do: «выполнено», «93,1», «30.06.2022»."""

    school_id = whole(1, load_default=None, allow_none=True)
    municipality_id = whole(1, allow_none=True, description="For the operator's institute only")
    item = text(40, "14", required=True)
    status = text(100, "done", load_default="", description="Empty takes the answer back")
    value = fields.Raw(
        load_default=None, metadata={"example": 27, "type": ["number", "string", "null"]}
    )
    date = fields.Raw(
        load_default=None, metadata={"example": "2022-06-15", "type": ["string", "null"]}
    )
    evidence = text(2000, "https://школа.рф/протокол.pdf", load_default="")
    comment = text(4000, "", load_default="")


class RowsShape(Schema):
    """Answers to be kept together, or not at all."""

    rows = fields.List(
        fields.Nested(RowShape), required=True, validate=validate.Length(min=1, max=5000)
    )


class ReceiptShape(Schema):
    """What a sender is given; `ordinal` has no gaps within the stage."""

    id = fields.Integer(required=True)
    stage_id = fields.Integer(required=True)
    municipality_id = fields.Integer(required=True, allow_none=True)
    municipality = fields.String(required=True)
    ordinal = fields.Integer(required=True, metadata={"example": 12})
    rows = fields.Integer(required=True)
    created_at = fields.AwareDateTime(required=True)
    author = fields.String(required=True)


class SavedShape(Schema):
    """What became of answers that were kept without a receipt."""

    at = fields.AwareDateTime(required=True)
    rows = fields.Integer(required=True)
    changed = fields.Integer(required=True)


class HistoryShape(Schema):
    """One entry of an answer's history."""

    version = fields.Integer(required=True)
    values = fields.Dict(keys=fields.String(), required=True)
    created_at = fields.AwareDateTime(required=True)
    author = fields.String(required=True)
    receipt = fields.Integer(required=True, allow_none=True)


class ReturnShape(Schema):
    """Why an answer is returned."""

    comment = text(2000, "Приложите протокол.", required=True)


class EvidenceQuery(Respondent):
    """Which answer a file confirms."""

    item = text(40, "14", required=True)


class IdempotencyKey(Schema):
    """The header by which a repeated request is known."""

    key = text(
        200,
        "5f0c2c1e",
        data_key="Idempotency-Key",
        load_default="",
        description="The same key with the same body is answered as before; with another one, 409",
    )


class AnswerQuery(Schema):
    """Which answers, and in what order."""

    municipality_id = whole(1, strict=False, load_default=None)
    item = text(40, "14", load_default=None)
    status = fields.String(load_default=None, validate=validate.OneOf([*STATUSES, NO_DATA]))
    sort = fields.String(
        load_default="id",
        validate=validate.OneOf(["id", "-id", "item", "-item", "updated_at", "-updated_at"]),
    )


class RoadmapQuery(Schema):
    """Of which roadmap."""

    roadmap_id = whole(1, strict=False, load_default=None)


class ReportRequest(Schema):
    """In which formats the report is wanted."""

    formats = fields.List(
        fields.String(validate=validate.OneOf(["docx", "pdf", "xlsx", "json"])),
        load_default=["docx", "pdf"],
        validate=validate.Length(min=1, max=4),
    )
