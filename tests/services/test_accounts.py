from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from docgen.errors import AccessError, ConflictError, DocgenError, InputError, NotFoundError
from docgen.models.accounts import Account, Role, Scope
from docgen.services import passwords
from docgen.services.accounts import Accounts
from docgen.store import audit, tables
from docgen.store.database import Database

PASSWORD = "три зелёных яблока"
SERVICE = Scope.of_service()
SMOLENSK_ADMIN = Scope(Role.ADMINISTRATOR, "smolensk", login="boss")


@pytest.fixture
def accounts(database: Database) -> Accounts:
    return Accounts(database, {"smolensk", "yugra"})


@pytest.fixture
def clerk(accounts: Accounts) -> Account:
    return accounts.create(
        SERVICE, "Ivanova@Obr.example ", "Иванова Анна", Role.CLERK, "smolensk", password=PASSWORD
    )


@pytest.fixture
def municipality(database: Database) -> int:
    with database.begin() as connection:
        row = insert(tables.municipalities).values(region="smolensk", name="Вязьма")
        return int(connection.execute(row).inserted_primary_key[0])


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(DocgenError) as caught:
        action()
    return caught.value.code


# -- signing in -----------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["ivanova@obr.example", " IVANOVA@obr.example "])
def test_signs_in_however_the_login_is_typed(
    accounts: Accounts, clerk: Account, typed: str
) -> None:
    assert accounts.sign_in(typed, PASSWORD).id == clerk.id


@pytest.mark.parametrize("login", ["ivanova@obr.example", "nobody"])
def test_a_known_and_an_unknown_login_are_refused_and_locked_alike(
    accounts: Accounts, clerk: Account, login: str
) -> None:
    refused = [code_of(lambda: accounts.sign_in(login, "wrong")) for _ in range(6)]
    assert refused == ["bad-credentials"] * 5 + ["account-locked"]


def test_a_locked_account_refuses_even_the_right_password(
    accounts: Accounts, clerk: Account
) -> None:
    for _ in range(5):
        code_of(lambda: accounts.sign_in(clerk.login, "wrong"))
    assert code_of(lambda: accounts.sign_in(clerk.login, PASSWORD)) == "account-locked"


def test_the_wait_grows_with_each_failure_and_ends_with_a_success(
    accounts: Accounts, clerk: Account, database: Database
) -> None:
    def wait_over() -> timedelta:
        with database.begin() as connection:
            until = connection.execute(select(tables.attempts.c.locked_until)).scalar()
            past = datetime.now(UTC) - timedelta(seconds=1)
            connection.execute(update(tables.attempts).values(locked_until=past))
        assert until is not None
        return until - datetime.now(UTC)

    for _ in range(5):
        code_of(lambda: accounts.sign_in(clerk.login, "wrong"))
    waits = [wait_over()]
    for _ in range(6):
        code_of(lambda: accounts.sign_in(clerk.login, "wrong"))
        waits.append(wait_over())
    assert [round(wait.total_seconds() / 60) for wait in waits] == [1, 2, 4, 8, 15, 15, 15]
    accounts.sign_in(clerk.login, PASSWORD)
    assert code_of(lambda: accounts.sign_in(clerk.login, "wrong")) == "bad-credentials"


def test_many_at_once_get_no_more_than_five_guesses(accounts: Accounts, clerk: Account) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda n: code_of(lambda: accounts.sign_in(clerk.login, f"w{n}")), range(16))
        )
    assert answers.count("bad-credentials") == 5


def test_a_closed_account_and_one_without_a_password_let_nobody_in(
    accounts: Accounts, clerk: Account
) -> None:
    accounts.deactivate(SERVICE, clerk.id)
    assert code_of(lambda: accounts.sign_in(clerk.login, PASSWORD)) == "bad-credentials"
    bare = accounts.create(SERVICE, "bare", "Без пароля", Role.CLERK, "smolensk")
    assert code_of(lambda: accounts.sign_in(bare.login, "")) == "bad-credentials"


# -- passwords ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "weak",
    [
        "коротко",
        "aaaaaaaaaaaa",
        "1234567890",
        "0987654321",
        "qwertyuiop",
        "йцукенгшщзх",
        "1q2w3e4r5t6y",
        "Password2022!",
        "парольпароль",
        "Россия2026!!",
        "ivanova2022!",
        "anna-и-Анна-ivanova",
        "я" * 201,
    ],
)
def test_refuses_a_password_that_would_be_guessed(weak: str) -> None:
    with pytest.raises(InputError) as caught:
        passwords.refuse_weak(weak, "ivanova", "Иванова Анна")
    assert caught.value.code == "weak-password"
    assert caught.value.problems[0].path == "password"


@pytest.mark.parametrize("good", [PASSWORD, "kazak+luna_77", "correct horse battery", "Ыф3!ъюЖлоб"])
def test_accepts_a_password_of_ones_own(accounts: Accounts, good: str) -> None:
    made = accounts.create(
        SERVICE, "petrova", "Иванова Анна", Role.CLERK, "smolensk", password=good
    )
    assert accounts.sign_in("petrova", good) == made


def test_a_new_password_ends_sessions_tokens_and_links(accounts: Accounts, clerk: Account) -> None:
    _token, plain = accounts.issue_token(Scope.of(clerk), "портал")
    _link, secret = accounts.reset(SERVICE, clerk.id)
    changed = accounts.change_password(Scope.of(clerk), PASSWORD, "четыре синих груши")
    assert accounts.account(clerk.id, clerk.epoch) is None
    assert accounts.account(clerk.id, changed.epoch) == changed
    assert accounts.by_token(plain) is None
    assert code_of(lambda: accounts.open_invitation(secret)) == "invitation-over"
    assert accounts.sign_in(clerk.login, "четыре синих груши").id == clerk.id


def test_the_present_password_is_asked_for_and_guessing_it_is_counted(
    accounts: Accounts, clerk: Account
) -> None:
    mine = Scope.of(clerk)
    guesses = [code_of(lambda: accounts.change_password(mine, "wrong", "x")) for _ in range(6)]
    assert guesses == ["wrong-password"] * 5 + ["account-locked"]


# -- tokens ---------------------------------------------------------------------------------------


def test_a_token_opens_until_it_is_revoked_and_is_kept_as_a_hash(
    accounts: Accounts, clerk: Account, database: Database
) -> None:
    token, plain = accounts.issue_token(Scope.of(clerk), "портал", 30)
    with database.read() as connection:
        kept = connection.execute(select(tables.tokens)).one()
    assert plain not in str(kept)
    assert accounts.by_token(plain) == clerk
    assert accounts.tokens(Scope.of(clerk))[0].used_at is not None
    accounts.revoke_token(Scope.of(clerk), token.id)
    assert accounts.by_token(plain) is None
    assert accounts.tokens(Scope.of(clerk)) == []


def test_an_old_token_opens_nothing(accounts: Accounts, clerk: Account, database: Database) -> None:
    _token, plain = accounts.issue_token(Scope.of(clerk), "портал", 1)
    with database.begin() as connection:
        past = datetime.now(UTC) - timedelta(seconds=1)
        connection.execute(update(tables.tokens).values(expires_at=past))
    assert accounts.by_token(plain) is None


def test_nobody_revokes_a_token_of_another(accounts: Accounts, clerk: Account) -> None:
    token, plain = accounts.issue_token(Scope.of(clerk), "портал")
    boss = accounts.create(SERVICE, "boss", "Главный", Role.ADMINISTRATOR)
    assert code_of(lambda: accounts.revoke_token(Scope.of(boss), token.id)) == "not-found"
    assert accounts.by_token(plain) is not None


# -- invitations ----------------------------------------------------------------------------------


def test_an_invitation_works_once(accounts: Accounts, municipality: int) -> None:
    _invitation, secret = accounts.invite(SMOLENSK_ADMIN, "Петрова Вера", municipality)
    made = accounts.accept_invitation(secret, "Petrova", PASSWORD)
    assert (made.role, made.region, made.municipality_id) == (
        Role.COORDINATOR,
        "smolensk",
        municipality,
    )
    assert made.login == "petrova"
    again = code_of(lambda: accounts.accept_invitation(secret, "petrova2", PASSWORD))
    assert again == "invitation-over"


def test_a_refused_form_leaves_the_invitation_as_it_was(
    accounts: Accounts, clerk: Account, municipality: int
) -> None:
    _invitation, secret = accounts.invite(SMOLENSK_ADMIN, "Петрова Вера", municipality)
    taken = code_of(lambda: accounts.accept_invitation(secret, clerk.login, PASSWORD))
    weak = code_of(lambda: accounts.accept_invitation(secret, "petrova", "1234567890"))
    assert (taken, weak) == ("login-taken", "weak-password")
    assert accounts.accept_invitation(secret, "petrova", PASSWORD).login == "petrova"


def test_an_invitation_that_expired_or_was_withdrawn_opens_nothing(
    accounts: Accounts, municipality: int, database: Database
) -> None:
    _first, old = accounts.invite(SMOLENSK_ADMIN, "Петрова Вера", municipality)
    with database.begin() as connection:
        past = datetime.now(UTC) - timedelta(seconds=1)
        connection.execute(update(tables.invitations).values(expires_at=past))
    second, withdrawn = accounts.invite(SMOLENSK_ADMIN, "Петрова Вера", municipality)
    accounts.withdraw(SMOLENSK_ADMIN, second.id)
    for secret in (old, withdrawn, "never was"):
        assert code_of(lambda: accounts.open_invitation(secret)) == "invitation-over"  # noqa: B023
        with pytest.raises(NotFoundError):
            accounts.accept_invitation(secret, "petrova", PASSWORD)
    assert accounts.invitations(SMOLENSK_ADMIN) == []


def test_a_reset_link_sets_a_password_and_ends_the_lock(accounts: Accounts, clerk: Account) -> None:
    for _ in range(5):
        code_of(lambda: accounts.sign_in(clerk.login, "wrong"))
    _link, secret = accounts.reset(SMOLENSK_ADMIN, clerk.id)
    accounts.accept_invitation(secret, "another login is not heard", "четыре синих груши")
    assert accounts.sign_in(clerk.login, "четыре синих груши").id == clerk.id


# -- who may rule whom ----------------------------------------------------------------------------


def test_an_administrator_of_a_region_rules_that_region_only(
    accounts: Accounts, clerk: Account
) -> None:
    northern = accounts.create(SERVICE, "north", "Северный", Role.CLERK, "yugra")
    everywhere = accounts.create(SERVICE, "root", "Главный", Role.ADMINISTRATOR)
    assert [each.id for each in accounts.list(SMOLENSK_ADMIN).rows] == [clerk.id]
    for foreign in (northern, everywhere):
        actions: list[Callable[[], object]] = [
            lambda: accounts.read(SMOLENSK_ADMIN, foreign.id),  # noqa: B023
            lambda: accounts.reset(SMOLENSK_ADMIN, foreign.id),  # noqa: B023
            lambda: accounts.deactivate(SMOLENSK_ADMIN, foreign.id),  # noqa: B023
        ]
        assert [code_of(action) for action in actions] == ["not-found"] * 3


def test_nobody_raises_anyone_above_themselves(accounts: Accounts, clerk: Account) -> None:
    made = accounts.create(SMOLENSK_ADMIN, "second", "Второй", Role.ADMINISTRATOR)
    assert made.region == "smolensk"
    foreign = code_of(
        lambda: accounts.create(SMOLENSK_ADMIN, "third", "Третий", Role.ADMINISTRATOR, "yugra")
    )
    moved = code_of(
        lambda: accounts.update(
            SMOLENSK_ADMIN, clerk.id, name="Иванова", role=Role.CLERK, region="yugra"
        )
    )
    assert (foreign, moved) == ("region-foreign", "region-foreign")


def test_a_coordinator_is_bound_to_a_municipality_of_the_region(
    accounts: Accounts, municipality: int
) -> None:
    for region, home in (("yugra", municipality), ("smolensk", None), ("smolensk", 10**6)):
        with pytest.raises(InputError) as caught:
            accounts.create(SERVICE, "coord", "Коорд", Role.COORDINATOR, region, home)
        assert caught.value.code == "municipality-missing"


def test_nobody_closes_themselves_or_the_last_administrator(accounts: Accounts) -> None:
    root = accounts.create(SERVICE, "root", "Главный", Role.ADMINISTRATOR)
    assert code_of(lambda: accounts.deactivate(Scope.of(root), root.id)) == "own-account"
    assert code_of(lambda: accounts.deactivate(SERVICE, root.id)) == "last-administrator"
    accounts.create(SERVICE, "other", "Второй", Role.ADMINISTRATOR)
    assert not accounts.deactivate(SERVICE, root.id).active


@pytest.mark.parametrize("login", ["ab", "a b c", "<script>", "a" * 101, "х/у/з"])
def test_refuses_a_login_that_is_none(accounts: Accounts, login: str) -> None:
    with pytest.raises(InputError):
        accounts.create(SERVICE, login, "Имя", Role.CLERK, "smolensk")


def test_a_taken_login_is_a_conflict(accounts: Accounts, clerk: Account) -> None:
    with pytest.raises(ConflictError):
        accounts.create(SERVICE, clerk.login.upper(), "Имя", Role.CLERK, "smolensk")


def test_a_region_that_does_not_exist_is_refused(accounts: Accounts) -> None:
    with pytest.raises(InputError):
        accounts.create(SERVICE, "someone", "Имя", Role.CLERK, "atlantis")


def test_searches_russian_names_in_any_case(accounts: Accounts, clerk: Account) -> None:
    for words in ("иванова", "ИВАНОВА", "ivanova", "%"):
        found = accounts.list(SERVICE, search=words)
        assert found.total == (0 if words == "%" else 1)


def test_what_was_done_is_in_the_log_without_secrets(
    accounts: Accounts, clerk: Account, database: Database
) -> None:
    accounts.sign_in(clerk.login, PASSWORD)
    with pytest.raises(AccessError):
        accounts.sign_in("my password typed as a login", "x")
    accounts.issue_token(Scope.of(clerk), "портал")
    accounts.deactivate(SERVICE, clerk.id)
    with database.read() as connection:
        told = audit.entries(connection, SERVICE)
    assert [entry.action for entry in told] == [
        "account.changed",
        "token.issued",
        "session.refused",
        "session.begun",
        "account.created",
    ]
    assert "my password" not in str(told)
    assert told[0].object == f"account:{clerk.id}"
