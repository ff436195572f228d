"""What documents look like to programs."""

from __future__ import annotations

from marshmallow import EXCLUDE, Schema, fields, validate

from docgen.models.registry import State
from docgen.store.documents import SORTS
from docgen.web.api.schemas import Body

VALUES = {
    "description": "A data file as JSON: docs/data-file.md",
    "example": {
        "region": "smolensk",
        "years": [2022, 2022],
        "title": "Об утверждении плана-графика",
        "preamble": "На основании приказа Департамента",
        "points": ["Утвердить план-график (приложение)."],
        "annexes": [
            {
                "title": "План-график",
                "sections": [
                    {
                        "items": [
                            {
                                "activity": "Установочный вебинар",
                                "deadline": "10.02.2022",
                                "executor": "ЦНППМ",
                                "indicator": "100% школ приняли участие",
                            }
                        ]
                    }
                ],
            }
        ],
    },
}
_SORTS = [name for key in SORTS for name in (key, f"-{key}")]
_VERSION = fields.Integer(load_default=None, validate=validate.Range(1, 2**31 - 1))


class Condition(Schema):
    """The version that the caller has seen."""

    class Meta:
        """Other headers are not ours."""

        unknown = EXCLUDE

    if_match = fields.String(
        data_key="If-Match",
        load_default=None,
        metadata={"description": "The ETag that was read; without it: 428", "example": '"17-3"'},
    )


class DocumentQuery(Schema):
    """Which documents, in which order."""

    search = fields.String(
        load_default="", metadata={"description": "Words that the title or number holds"}
    )
    state = fields.Enum(
        State,
        by_value=True,
        load_default=None,
        metadata={"description": "Without it all but withdrawn ones"},
    )
    sort = fields.String(
        load_default="-updated",
        validate=validate.OneOf(_SORTS),
        metadata={"description": "A minus turns the order round", "example": "-date"},
    )


class VersionQuery(Schema):
    """Which version; the newest where none is named."""

    version = _VERSION


class DiffQuery(Schema):
    """From which version to which."""

    old = fields.Integer(required=True, data_key="from", validate=validate.Range(1, 2**31 - 1))
    new = fields.Integer(load_default=None, data_key="to", validate=validate.Range(1, 2**31 - 1))


class DayQuery(Schema):
    """The day of registration, whose year decides on the journal."""

    date = fields.Date(required=True, metadata={"example": "2022-03-01"})


class JournalQuery(Schema):
    """Which year of the journal; every one where none is named."""

    year = fields.Integer(load_default=None, validate=validate.Range(1900, 9999))


class NewDocument(Body):
    """The values of a new draft."""

    values = fields.Dict(keys=fields.String(), required=True, metadata=VALUES)
    reason = fields.String(load_default="", metadata={"description": "Why, for the versions"})


class Values(Body):
    """Values to look at."""

    values = fields.Dict(keys=fields.String(), required=True, metadata=VALUES)


class RowToCheck(Body):
    """One row of a table, with the keys of the data file."""

    region = fields.String(required=True, metadata={"example": "smolensk"})
    layout = fields.String(load_default="roadmap")
    years = fields.List(
        fields.Integer(validate=validate.Range(1990, 2100)),
        required=True,
        validate=validate.Length(equal=2),
        metadata={"example": [2022, 2022]},
    )
    item = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={"example": {"deadline": "до 1 марта", "indicator": "Не менее 60% школ"}},
    )


class Acknowledgement(Body):
    """A finding that the author signs for."""

    code = fields.String(required=True, metadata={"example": "impossible-date"})
    path = fields.String(required=True, metadata={"example": "annexes[0].sections[0].items[3]"})
    reason = fields.String(required=True, validate=validate.Length(min=1))


class Registration(Body):
    """The date of the order, and a number where the journal's is not wanted."""

    date = fields.Date(required=True, metadata={"example": "2022-03-01"})
    number = fields.String(
        load_default=None, allow_none=True, metadata={"description": "Typed by hand; takes a place"}
    )
    journal = fields.String(load_default="orders", validate=validate.Length(1, 64))


class DocumentShape(Schema):
    """A document of the registry."""

    id = fields.Integer(required=True, metadata={"example": 17})
    region = fields.String(required=True, metadata={"example": "smolensk"})
    kind = fields.String(required=True, validate=validate.OneOf(["order", "amendment"]))
    state = fields.Enum(State, by_value=True, required=True)
    title = fields.String(required=True)
    version = fields.Integer(required=True, metadata={"description": "The newest", "example": 3})
    number = fields.String(required=True, allow_none=True, metadata={"example": "245-ссл/г"})
    date = fields.Date(required=True, allow_none=True)
    amends_id = fields.Integer(required=True, allow_none=True)
    author = fields.String(required=True)
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)


class FullDocument(DocumentShape):
    """A document with the values of one of its versions."""

    values = fields.Dict(required=True, metadata=VALUES)


class FindingShape(Schema):
    """What a check found; codes stand in docs/findings.md."""

    code = fields.String(required=True, metadata={"example": "impossible-date"})
    severity = fields.String(required=True, validate=validate.OneOf(["error", "warning", "info"]))
    path = fields.String(required=True)
    place = fields.String(required=True)
    message = fields.String(required=True)
    suggestion = fields.String(required=True)
    acknowledged = fields.Boolean(required=True)


class CheckedRow(Schema):
    """What one row says, and what the checks find in it; paths are its keys."""

    deadline = fields.String(required=True, metadata={"example": "до 01.03.2022"})
    indicator = fields.String(required=True, metadata={"example": "не менее 60% школ"})
    findings = fields.List(fields.Nested(FindingShape), required=True)


class VersionShape(Schema):
    """One version."""

    version = fields.Integer(required=True)
    hash = fields.String(required=True, metadata={"description": "SHA-256 of the data"})
    reason = fields.String(required=True)
    author = fields.String(required=True)
    created_at = fields.DateTime(required=True)


class NextNumber(Schema):
    """The number that the journal would give now."""

    number = fields.String(required=True, metadata={"example": "246-ссл/г"})


class EntryShape(Schema):
    """One line of the registration journal."""

    region = fields.String(required=True)
    journal = fields.String(required=True)
    year = fields.Integer(required=True)
    ordinal = fields.Integer(required=True)
    number = fields.String(required=True)
    date = fields.Date(required=True)
    document_id = fields.Integer(required=True)
    title = fields.String(required=True)
    author = fields.String(required=True)
    created_at = fields.DateTime(required=True)


class Difference(Schema):
    """What changed, in the order of reading; docs/amendments.md."""

    equal = fields.Boolean(required=True)
    requisites = fields.List(fields.Dict(), required=True)
    points = fields.List(fields.Dict(), required=True)
    annexes = fields.List(fields.Dict(), required=True)


class Upload(Schema):
    """What goes beside an uploaded file."""

    region = fields.String(
        load_default=None, metadata={"description": "Whose order it is; your own region otherwise"}
    )
    keep = fields.Boolean(
        load_default=False, metadata={"description": "Whether a draft is made of it at once"}
    )


class DoubtShape(Schema):
    """A value that the reader was not sure of."""

    path = fields.String(required=True)
    place = fields.String(required=True)
    reason = fields.String(required=True)
    confidence = fields.Float(required=True)
    text = fields.String(required=True)


class UnplacedShape(Schema):
    """Text that found no place."""

    text = fields.String(required=True)
    place = fields.String(required=True)


class ImportedShape(Schema):
    """What was read from a file, and what a person should compare with it."""

    values = fields.Dict(required=True, metadata=VALUES)
    doubts = fields.List(fields.Nested(DoubtShape), required=True)
    unplaced = fields.List(fields.Nested(UnplacedShape), required=True)
    findings = fields.List(fields.Nested(FindingShape), required=True)
    document = fields.Nested(
        DocumentShape, required=True, allow_none=True, metadata={"description": "With keep=true"}
    )
