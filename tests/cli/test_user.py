from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen.bootstrap import build_service, settings_in_force
from docgen.cli.user import command
from docgen.errors import ConflictError, InputError, NotFoundError

PASSWORD = "три зелёных яблока"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCGEN_HOME", str(tmp_path))


def run(*arguments: str, typed: str = PASSWORD) -> Result:
    return CliRunner().invoke(command, list(arguments), input=f"{typed}\n")


def add(login: str = "admin", **options: str) -> Result:
    named = {"name": "Иванова Анна", "role": "administrator"} | options
    return run("add", login, *(word for key in named for word in (f"--{key}", named[key])))


def test_adds_an_account_that_can_sign_in_and_lists_it() -> None:
    assert add().exit_code == 0
    listed = json.loads(run("list", "--json").stdout)
    assert [(each["login"], each["role"], each["region"]) for each in listed] == [
        ("admin", "administrator", None)
    ]
    assert "Иванова" in run("list").output
    service = build_service(settings_in_force())
    assert service.accounts.sign_in("admin", PASSWORD).login == "admin"
    service.close()


def test_sets_another_password() -> None:
    add()
    assert run("password", "Admin", typed="четыре синих груши").exit_code == 0
    service = build_service(settings_in_force())
    assert service.accounts.sign_in("admin", "четыре синих груши").login == "admin"
    service.close()


def test_refuses_what_the_pages_refuse() -> None:
    add()
    assert isinstance(add().exception, ConflictError)
    assert isinstance(add("clerk", role="clerk").exception, InputError)
    assert isinstance(run("password", "nobody").exception, NotFoundError)
    assert isinstance(run("password", "admin", typed="short").exception, InputError)


def test_a_password_is_no_argument() -> None:
    assert add(password=PASSWORD).exit_code == 2
