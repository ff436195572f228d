"""The commands of the API guide, run in one shell against `docgen serve --demo`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.demo import Demo, demo
from tests.docs.sessions import Step, run, steps
from tests.docs.tables import page

SHOWN = "http://127.0.0.1:8080"

pytestmark = [pytest.mark.integration, pytest.mark.slow]  # it asks for PDFs


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with demo(tmp_path_factory.mktemp("demo")) as service:
        yield service


def _here(step: Step, running: Demo) -> str:
    """The command with this service's address and a real token."""
    login, equals, _token = step.command.partition("=dg_…")
    command = f"{login}={running.token(login.lower())}" if equals else step.command
    return command.replace(SHOWN, running.url)


def test_every_command_answers_as_the_guide_shows(running: Demo, tmp_path: Path) -> None:
    shown = list(steps(page("api.md")))
    printed = run([_here(step, running) for step in shown], tmp_path)
    assert len(printed) == len(shown) > 20
    for step, answer in zip(shown, printed, strict=True):
        assert step.matches(answer), f"{step.command}\nprints\n{answer}"
