from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import Connection, select

from docgen.errors import ConflictError
from docgen.models.accounts import Role, Scope
from docgen.store import documents as shelf
from docgen.store import journal as journals
from docgen.store.database import Database
from docgen.store.tables import journal as lines
from docgen.store.tables import sequences

SMOLENSK = Scope(Role.CLERK, "smolensk")
DAY = date(2022, 3, 1)


def draft(connection: Connection) -> int:
    content = shelf.Content("{}", "Об утверждении")
    return shelf.create(connection, SMOLENSK, "smolensk", "order", content).id


def register(
    database: Database,
    number: str | None = None,
    *,
    day: date = DAY,
    pattern: str = "{ordinal}-ссл/г",
    region: str = "smolensk",
    name: str = "orders",
) -> str:
    with database.begin() as connection:
        return journals.register(
            connection,
            SMOLENSK,
            draft(connection),
            region=region,
            day=day,
            pattern=pattern,
            name=name,
            number=number,
        )


def ordinals(database: Database) -> list[int]:
    with database.read() as connection:
        return list(connection.execute(select(lines.c.ordinal).order_by(lines.c.id)).scalars())


def test_numbers_follow_each_other_in_the_writing_of_the_region(database: Database) -> None:
    assert [register(database) for _ in range(3)] == ["1-ссл/г", "2-ссл/г", "3-ссл/г"]


def test_each_year_region_and_journal_counts_for_itself(database: Database) -> None:
    register(database)
    pattern = "{year}-{ordinal}"
    assert register(database, day=date(2023, 1, 9), pattern=pattern) == "2023-1"
    assert register(database, region="yugra") == "1-ссл/г"
    assert register(database, name="staff") == "1-ссл/г"
    assert register(database) == "2-ссл/г"


def test_a_number_typed_in_another_writing_takes_an_ordinal(database: Database) -> None:
    register(database)
    assert register(database, "60/1") == "60/1"
    assert register(database) == "3-ссл/г"
    assert ordinals(database) == [1, 2, 3]


def test_a_journal_may_begin_at_the_number_where_paper_ended(database: Database) -> None:
    assert register(database, "245-ссл/г") == "245-ссл/г"
    assert register(database) == "246-ссл/г"


def test_the_next_number_may_be_typed(database: Database) -> None:
    register(database)
    assert register(database, "2-ссл/г") == "2-ссл/г"


@pytest.mark.parametrize(
    ("number", "code"),
    [("1-ссл/г", "number-out-of-turn"), ("7-ссл/г", "number-out-of-turn"), ("5а", "number-taken")],
)
def test_refuses_a_number_that_would_stand_twice_or_leave_a_gap(
    database: Database, number: str, code: str
) -> None:
    register(database)
    register(database, "5а")
    with pytest.raises(ConflictError) as refused:
        register(database, number)
    assert refused.value.code == code
    assert register(database) == "3-ссл/г"


def test_a_failed_registration_gives_its_number_back(database: Database) -> None:
    register(database)
    with pytest.raises(RuntimeError), database.begin() as connection:  # noqa: PT012
        journals.register(
            connection,
            SMOLENSK,
            draft(connection),
            region="smolensk",
            day=DAY,
            pattern="{ordinal}",
        )
        raise RuntimeError
    assert register(database) == "2-ссл/г"


def test_the_journal_is_read_by_its_own_region(database: Database) -> None:
    for _ in range(3):
        register(database)
    with database.read() as connection:
        page = journals.entries(connection, SMOLENSK, page=1, page_size=2)
        foreign = journals.entries(connection, Scope(Role.CLERK, "yugra"))
    assert [(entry.ordinal, entry.title) for entry in page.rows] == [
        (3, "Об утверждении"),
        (2, "Об утверждении"),
    ]
    assert (page.total, page.count) == (3, 2)
    assert not foreign.rows


def register_many(database: Database, threads: int, each: int) -> list[str]:
    def work(_thread: int) -> list[str]:
        return [register(database, pattern="{ordinal}") for _ in range(each)]

    with ThreadPoolExecutor(threads) as pool:
        return [number for numbers in pool.map(work, range(threads)) for number in numbers]


def assert_complete(database: Database, given: list[str]) -> None:
    count = len(given)
    assert sorted(map(int, given)) == list(range(1, count + 1))
    assert sorted(ordinals(database)) == list(range(1, count + 1))
    with database.read() as connection:
        assert connection.execute(select(sequences.c.last)).scalars().all() == [count]


@pytest.mark.slow
def test_sixteen_threads_get_numbers_without_gaps(database: Database) -> None:
    assert_complete(database, register_many(database, 16, 50))


@pytest.mark.soak
@pytest.mark.integration
@pytest.mark.timeout(1200)
def test_sixteen_threads_of_a_thousand_get_numbers_without_gaps(database: Database) -> None:
    assert_complete(database, register_many(database, 16, 1000))
