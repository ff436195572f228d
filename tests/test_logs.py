from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from docgen import logs


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    written = io.StringIO()
    logs.configure(written)
    yield written
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_line_is_data_with_the_ids_of_what_it_is_about(stream: io.StringIO) -> None:
    with logs.about(request="r1"):
        logging.getLogger("docgen.web").info("answered", extra={"status": 200})
    line = json.loads(stream.getvalue())
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "answered",
        "request": "r1",
        "status": 200,
        "level": "info",
        "logger": "docgen.web",
    }


def test_the_words_of_an_exception_stay_out_of_the_log(stream: io.StringIO) -> None:
    try:
        raise ValueError("Иванова Анна Петровна, 8 900 000-00-00")
    except ValueError:
        logging.getLogger("docgen").exception("bug")
    line = json.loads(stream.getvalue())
    assert "Иванова" not in stream.getvalue()
    assert line["error"] == "ValueError"
    assert line["trace"][0].endswith("test_the_words_of_an_exception_stay_out_of_the_log")


def test_what_the_machine_says_is_kept(stream: io.StringIO) -> None:
    try:
        raise ConnectionRefusedError("no server at 127.0.0.1")
    except OSError:
        logging.getLogger("docgen").warning("away", exc_info=True)
    assert json.loads(stream.getvalue())["reason"] == "no server at 127.0.0.1"


def test_a_terminal_gets_a_line_for_people() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    terminal = Terminal()
    logs.configure(terminal)
    logging.getLogger("docgen").info("ready")
    root.handlers[:] = handlers
    root.setLevel(level)
    assert "ready" in terminal.getvalue()
    assert "{" not in terminal.getvalue()
