"""What is said of the items of a stage: answers with their history, receipts, evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select, update

from docgen.models.accounts import Scope
from docgen.models.monitoring import Answer, Evidence, Key, Receipt, Said, Values
from docgen.store.monitoring import added, not_found
from docgen.store.scoping import in_municipality, in_region
from docgen.store.tables import (
    accounts,
    evidence,
    files,
    municipalities,
    now,
    receipts,
    roadmaps,
    schools,
    stages,
    submission_history,
    submissions,
)

_VALUES = ("status", "value", "date", "evidence", "comment")

# -- answers ------------------------------------------------------------------------------------


def answer_list(
    connection: Connection,
    scope: Scope,
    stage_id: int,
    *,
    municipality_id: int | None = None,
    item: str | None = None,
    status: str | None = None,
) -> list[Answer]:
    """What is said at the stage, as far as the scope sees, in the order it was first said."""
    wanted = _answers(scope).where(submissions.c.stage_id == stage_id)
    filters = {"municipality_id": municipality_id, "item": item, "status": status}
    for name, value in filters.items():
        if value is not None:
            wanted = wanted.where(submissions.c[name] == value)
    return [_answer(row) for row in connection.execute(wanted.order_by(submissions.c.id))]


def answer(connection: Connection, scope: Scope, answer_id: int) -> Answer:
    """One answer; NotFoundError where the scope sees none of that id."""
    row = connection.execute(_answers(scope).where(submissions.c.id == answer_id)).one_or_none()
    if row is None:
        raise not_found()
    return _answer(row)


def _answers(scope: Scope) -> Select[Any]:
    return (
        select(
            submissions,
            municipalities.c.name.label("municipality"),
            schools.c.name.label("school"),
        )
        .join(stages, submissions.c.stage_id == stages.c.id)
        .join(roadmaps, stages.c.roadmap_id == roadmaps.c.id)
        .outerjoin(municipalities, submissions.c.municipality_id == municipalities.c.id)
        .outerjoin(schools, submissions.c.school_id == schools.c.id)
        .where(in_region(scope, roadmaps.c.region))
        .where(in_municipality(scope, submissions.c.municipality_id))
    )


def _answer(row: Row[Any], municipality: str = "", school: str = "") -> Answer:
    return Answer(
        id=row.id,
        stage_id=row.stage_id,
        key=Key(row.municipality_id, row.school_id, row.item),
        values=Values(row.status, row.value, row.date, row.evidence, row.comment),
        version=row.version,
        returned=row.returned,
        updated_at=row.updated_at,
        municipality=getattr(row, "municipality", None) or municipality,
        school=getattr(row, "school", None) or school,
    )


_IN_PLACES = (
    select(submissions)
    .where(submissions.c.stage_id == bindparam("stage_id"))
    .where(submissions.c.item.in_(bindparam("items", expanding=True)))
    .where(submissions.c.municipality_id.in_(bindparam("homes", expanding=True)))
)
_OF_REGION = (
    select(submissions)
    .where(submissions.c.stage_id == bindparam("stage_id"))
    .where(submissions.c.item.in_(bindparam("items", expanding=True)))
    .where(submissions.c.municipality_id.is_(None))
)


def answers_to(connection: Connection, stage_id: int, keys: Sequence[Key]) -> dict[Key, Answer]:
    """What these keys say now; the caller has seen to it that they are within its scope."""
    homes = [home for home in {key.municipality_id for key in keys} if home is not None]
    asked = {"stage_id": stage_id, "items": list({key.item for key in keys})}
    rows = list(connection.execute(_IN_PLACES, asked | {"homes": homes})) if homes else []
    if any(key.municipality_id is None for key in keys):
        rows += connection.execute(_OF_REGION, asked)
    wanted = set(keys)
    return {entry.key: entry for entry in map(_answer, rows) if entry.key in wanted}


_ADD_ANSWERS = insert(submissions).returning(submissions.c.id, sort_by_parameter_order=True)
_CHANGE_ANSWER = update(submissions).where(submissions.c.id == bindparam("answer_id"))


def add_answers(
    connection: Connection, scope: Scope, stage_id: int, said: Mapping[Key, Values], at: datetime
) -> list[int]:
    """The ids of answers to questions that had none."""
    rows = [
        {
            "stage_id": stage_id,
            **key._asdict(),
            **_columns(values),
            "author_id": scope.account_id,
            "updated_at": at,
            "created_at": at,
        }
        for key, values in said.items()
    ]
    return list(connection.execute(_ADD_ANSWERS, rows).scalars()) if rows else []


def change_answer(
    connection: Connection, scope: Scope, before: Answer, values: Values, at: datetime
) -> None:
    """The answer says something else now, and no longer waits to be mended."""
    connection.execute(
        _CHANGE_ANSWER,
        {
            "answer_id": before.id,
            **_columns(values),
            "version": before.version + 1,
            "returned": None,
            "author_id": scope.account_id,
            "updated_at": at,
        },
    )


def return_answer(connection: Connection, answer_id: int, comment: str) -> None:
    """The answer waits to be mended, for that reason."""
    connection.execute(
        update(submissions).where(submissions.c.id == answer_id).values(returned=comment)
    )


def _columns(values: Values) -> dict[str, Any]:
    return {name: getattr(values, name) for name in _VALUES}


_ADD_HISTORY = insert(submission_history)
_COVER = (
    update(submission_history)
    .where(submission_history.c.submission_id == bindparam("answer"))
    .where(submission_history.c.receipt_id.is_(None))
    .values(receipt_id=bindparam("receipt"))
)


def add_history(
    connection: Connection,
    scope: Scope,
    said: Sequence[tuple[int, int, Values]],
    receipt_id: int | None,
    at: datetime,
) -> None:
    """Each answer (id, version, values) has one more entry in its history."""
    rows = [
        {
            "submission_id": answer_id,
            "version": version,
            "values": _columns(values) | {"date": values.date and values.date.isoformat()},
            "receipt_id": receipt_id,
            "author_id": scope.account_id,
            "created_at": at,
        }
        for answer_id, version, values in said
    ]
    if rows:
        connection.execute(_ADD_HISTORY, rows)


def cover_history(connection: Connection, receipt_id: int, answer_ids: Sequence[int]) -> None:
    """What was saved of these answers without a receipt now stands under this one."""
    if answer_ids:
        connection.execute(_COVER, [{"answer": one, "receipt": receipt_id} for one in answer_ids])


def history_of(connection: Connection, scope: Scope, answer_id: int) -> list[Said]:
    """Everything that was said in this answer, the newest first."""
    answer(connection, scope, answer_id)
    wanted = (
        select(submission_history, accounts.c.name, receipts.c.ordinal)
        .outerjoin(accounts, submission_history.c.author_id == accounts.c.id)
        .outerjoin(receipts, submission_history.c.receipt_id == receipts.c.id)
        .where(submission_history.c.submission_id == answer_id)
        .order_by(submission_history.c.version.desc())
    )
    return [
        Said(row.version, row._mapping["values"], row.created_at, row.name or "", row.ordinal)
        for row in connection.execute(wanted)
    ]


def change_mark(connection: Connection, stage_id: int) -> tuple[object, ...]:
    """What is another whenever anything said at the stage is: for what is computed from it."""
    said = select(
        func.count(), func.max(submissions.c.updated_at), func.count(submissions.c.returned)
    ).where(submissions.c.stage_id == stage_id)
    versions = select(func.sum(submissions.c.version)).where(submissions.c.stage_id == stage_id)
    shown = select(func.count(), func.max(evidence.c.id)).where(
        evidence.c.stage_id == stage_id, evidence.c.removed_at.is_(None)
    )
    return (
        *connection.execute(said).one(),
        connection.execute(versions).scalar(),
        *connection.execute(shown).one(),
    )


# -- receipts -----------------------------------------------------------------------------------


_ADD_RECEIPT = (
    insert(receipts)
    .values(
        ordinal=select(func.coalesce(func.max(receipts.c.ordinal), 0) + 1)
        .where(receipts.c.stage_id == bindparam("stage"))
        .scalar_subquery()
    )
    .returning(receipts.c.id, receipts.c.ordinal)
)


def add_receipt(
    connection: Connection,
    scope: Scope,
    stage_id: int,
    municipality_id: int | None,
    rows: int,
    at: datetime,
) -> tuple[int, int]:
    """The id and the number of a new receipt; the caller holds the stage, so none is left out."""
    values = {
        "stage": stage_id,
        "stage_id": stage_id,
        "municipality_id": municipality_id,
        "rows": rows,
        "author_id": scope.account_id,
        "created_at": at,
    }
    made = connection.execute(_ADD_RECEIPT, values).one()
    return made.id, made.ordinal


def receipt_list(connection: Connection, scope: Scope, stage_id: int) -> list[Receipt]:
    """The receipts of the stage that the scope sees, the newest first."""
    wanted = _receipts(scope).where(receipts.c.stage_id == stage_id)
    found = connection.execute(wanted.order_by(receipts.c.ordinal.desc()))
    return [_receipt(row) for row in found]


def receipt(connection: Connection, scope: Scope, receipt_id: int) -> Receipt:
    """One receipt; NotFoundError where the scope sees none of that id."""
    row = connection.execute(_receipt_by_id(scope), {"receipt_id": receipt_id}).one_or_none()
    if row is None:
        raise not_found()
    return _receipt(row)


@lru_cache(maxsize=1024)
def _receipt_by_id(scope: Scope) -> Select[Any]:
    return _receipts(scope).where(receipts.c.id == bindparam("receipt_id"))


def covered(connection: Connection, receipt_id: int) -> list[tuple[str, str, Mapping[str, Any]]]:
    """What was new under the receipt: school, item and the values said last."""
    wanted = (
        select(submissions.c.id, schools.c.name, submissions.c.item, submission_history.c["values"])
        .select_from(submission_history)
        .join(submissions, submission_history.c.submission_id == submissions.c.id)
        .outerjoin(schools, submissions.c.school_id == schools.c.id)
        .where(submission_history.c.receipt_id == receipt_id)
        .order_by(submission_history.c.id)
    )
    last = {row[0]: (row[1] or "", row[2], row[3]) for row in connection.execute(wanted)}
    return list(last.values())


def _receipts(scope: Scope) -> Select[Any]:
    return (
        select(
            receipts, municipalities.c.name.label("municipality"), accounts.c.name.label("author")
        )
        .join(stages, receipts.c.stage_id == stages.c.id)
        .join(roadmaps, stages.c.roadmap_id == roadmaps.c.id)
        .outerjoin(municipalities, receipts.c.municipality_id == municipalities.c.id)
        .outerjoin(accounts, receipts.c.author_id == accounts.c.id)
        .where(in_region(scope, roadmaps.c.region))
        .where(in_municipality(scope, receipts.c.municipality_id))
    )


def _receipt(row: Row[Any]) -> Receipt:
    return Receipt(
        id=row.id,
        stage_id=row.stage_id,
        municipality_id=row.municipality_id,
        ordinal=row.ordinal,
        rows=row.rows,
        created_at=row.created_at,
        municipality=row.municipality or "",
        author=row.author or "",
    )


# -- evidence -----------------------------------------------------------------------------------


def add_evidence(
    connection: Connection, scope: Scope, stage_id: int, key: Key, name: str, file_hash: str
) -> Evidence:
    """The file confirms what is said of the item."""
    made = added(
        connection,
        evidence,
        stage_id=stage_id,
        **key._asdict(),
        name=name,
        file_hash=file_hash,
        author_id=scope.account_id,
    )
    return evidence_file(connection, scope, made)


def evidence_list(
    connection: Connection, scope: Scope, stage_id: int, municipality_id: int | None = None
) -> list[Evidence]:
    """The files of the stage that the scope sees, as they came; of one municipality, or all."""
    wanted = _evidence(scope).where(evidence.c.stage_id == stage_id)
    if municipality_id is not None:
        wanted = wanted.where(evidence.c.municipality_id == municipality_id)
    return [_file(row) for row in connection.execute(wanted.order_by(evidence.c.id))]


def evidence_file(connection: Connection, scope: Scope, evidence_id: int) -> Evidence:
    """One file; NotFoundError where the scope sees none of that id."""
    row = connection.execute(_evidence(scope).where(evidence.c.id == evidence_id)).one_or_none()
    if row is None:
        raise not_found()
    return _file(row)


def remove_evidence(connection: Connection, evidence_id: int) -> None:
    """The file confirms nothing any more; its content stays."""
    connection.execute(
        update(evidence).where(evidence.c.id == evidence_id).values(removed_at=now())
    )


def _evidence(scope: Scope) -> Select[Any]:
    return (
        select(evidence, files.c.size, files.c.media_type)
        .join(files, evidence.c.file_hash == files.c.hash)
        .join(stages, evidence.c.stage_id == stages.c.id)
        .join(roadmaps, stages.c.roadmap_id == roadmaps.c.id)
        .where(in_region(scope, roadmaps.c.region))
        .where(in_municipality(scope, evidence.c.municipality_id))
        .where(evidence.c.removed_at.is_(None))
    )


def _file(row: Row[Any]) -> Evidence:
    return Evidence(
        id=row.id,
        stage_id=row.stage_id,
        key=Key(row.municipality_id, row.school_id, row.item),
        name=row.name,
        hash=row.file_hash,
        size=row.size,
        media_type=row.media_type,
        created_at=row.created_at,
    )
