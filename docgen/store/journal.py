"""The registration journal: numbers without gaps, taken in the transaction that uses them."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from docgen.errors import ConflictError
from docgen.i18n import _
from docgen.models.accounts import Scope
from docgen.models.pages import Page
from docgen.models.registry import JournalEntry
from docgen.store.tables import accounts, documents, journal, sequences


def register(
    connection: Connection,
    scope: Scope,
    document_id: int,
    *,
    region: str,
    day: date,
    pattern: str,
    name: str = "orders",
    number: str | None = None,
) -> str:
    """The number under which the document stands in the journal of that day's year.

    `pattern` prints an ordinal; `number` is one typed by hand, which takes an ordinal as well.
    The first number of a year may begin anywhere; a later one written in the pattern must be the
    next. ConflictError where it is not (`number-out-of-turn`) or stands there (`number-taken`).
    """
    key = {"region": region, "journal": name, "year": day.year}
    ordinal = _take(connection, key)
    given = number or printed(pattern, ordinal, day.year)
    ordinal = _in_turn(connection, key, given, pattern, ordinal)
    if _is_taken(connection, key, given):
        raise ConflictError(
            _("The number “%(number)s” stands in the journal of %(year)d already.")
            % {"number": given, "year": day.year},
            code="number-taken",
        )
    connection.execute(
        insert(journal).values(
            **key,
            ordinal=ordinal,
            number=given,
            date=day,
            document_id=document_id,
            author_id=scope.account_id,
        )
    )
    return given


def _in_turn(
    connection: Connection, key: dict[str, Any], number: str, pattern: str, ordinal: int
) -> int:
    """The ordinal of the number: the next one, or the first of the year as it was typed."""
    named = _ordinal_in(number, pattern, key["year"])
    if named in (None, ordinal):
        return ordinal
    if ordinal > 1:
        raise ConflictError(
            _("The number “%(number)s” is out of turn: the next one is “%(next)s”.")
            % {"number": number, "next": printed(pattern, ordinal, key["year"])},
            code="number-out-of-turn",
        )
    connection.execute(sequences.update().where(*_where(sequences, key)).values(last=named))
    return named


def following(
    connection: Connection, *, region: str, year: int, pattern: str, name: str = "orders"
) -> str:
    """The number that would be given next; another registration may take it first."""
    key = {"region": region, "journal": name, "year": year}
    last = connection.execute(select(sequences.c.last).where(*_where(sequences, key))).scalar()
    return printed(pattern, (last or 0) + 1, year)


def entries(
    connection: Connection,
    scope: Scope,
    *,
    year: int | None = None,
    name: str = "orders",
    page: int = 1,
    page_size: int = 50,
) -> Page[JournalEntry]:
    """The lines of a journal, the newest first; of every year where none is named."""
    conditions = [journal.c.journal == name]
    if scope.region is not None:
        conditions.append(journal.c.region == scope.region)
    if year is not None:
        conditions.append(journal.c.year == year)
    total = connection.execute(
        select(func.count()).select_from(journal).where(*conditions)
    ).scalar_one()
    columns = [c for c in journal.c if c.name not in ("id", "author_id")]
    joined = journal.join(documents, journal.c.document_id == documents.c.id).outerjoin(
        accounts, journal.c.author_id == accounts.c.id
    )
    author = func.coalesce(accounts.c.name, "").label("author")
    rows = connection.execute(
        select(*columns, documents.c.title, author)
        .select_from(joined)
        .where(*conditions)
        .order_by(journal.c.year.desc(), journal.c.ordinal.desc(), journal.c.id.desc())
        .limit(page_size)
        .offset((page - 1) * page_size)
    )
    found = tuple(JournalEntry(**row._mapping) for row in rows)
    return Page(found, total, page, page_size)


def printed(pattern: str, ordinal: int, year: int) -> str:
    """The number as the region prints it: «245-ссл/г»."""
    return pattern.replace("{ordinal}", str(ordinal)).replace("{year}", str(year))


def _ordinal_in(number: str, pattern: str, year: int) -> int | None:
    """The ordinal of a number written in the pattern, None for any other writing."""
    before, _mark, after = pattern.replace("{year}", str(year)).partition("{ordinal}")
    found = re.fullmatch(f"{re.escape(before)}([1-9][0-9]{{0,8}}){re.escape(after)}", number)
    return int(found[1]) if found else None


def _take(connection: Connection, key: dict[str, Any]) -> int:
    """The next ordinal; its row stays locked to others until the transaction ends."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    taken = dialect.insert(sequences).values(**key, last=1)
    ordinal: int = connection.execute(
        taken.on_conflict_do_update(
            index_elements=list(key), set_={"last": sequences.c.last + 1}
        ).returning(sequences.c.last)
    ).scalar_one()
    return ordinal


def _is_taken(connection: Connection, key: dict[str, Any], number: str) -> bool:
    found = select(journal.c.id).where(*_where(journal, key), journal.c.number == number)
    return connection.execute(found).first() is not None


def _where(table: Any, key: dict[str, Any]) -> list[Any]:
    return [table.c[name] == value for name, value in key.items()]
