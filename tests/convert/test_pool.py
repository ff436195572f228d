"""The pool's promises, told with engines that fail on command."""

from __future__ import annotations

import shutil
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.convert.contract import PdfOptions
from docgen.convert.engine import Job
from docgen.convert.failures import failure
from docgen.convert.limits import Limits
from docgen.convert.pool import Pool
from docgen.errors import ConversionError
from tests.convert.documents import make_docx

PAGES = b"%PDF-1.6\n1 0 obj\n<</Type/Pages/Kids[2 0 R]/Count 1>>\nendobj\n"
PDF = PAGES + b"xref\n0 1\ntrailer\n<</Root 3 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(PAGES)
GOOD = make_docx("хороший")


class Script:
    """What the next documents will do to the engines: an error code, or None for a PDF."""

    def __init__(self, *outcomes: str | None) -> None:
        self.outcomes = list(outcomes)
        self.engines: list[FakeEngine] = []
        self.gate = threading.Event()
        self.gate.set()

    def __call__(self, parent: Path) -> FakeEngine:
        engine = FakeEngine(parent / uuid.uuid4().hex, self)
        self.engines.append(engine)
        return engine


class FakeEngine:
    """An engine that follows the script after its first, warming document."""

    def __init__(self, directory: Path, script: Script) -> None:
        self.directory = directory
        self.script = script
        self.killed = False
        self.documents = 0
        self.size = 0
        self.result = PDF
        directory.mkdir()

    def start(self) -> None:
        pass

    def convert(self, job: Job) -> None:
        self.documents += 1
        if self.documents > 1:
            self.script.gate.wait(5)
            outcome = self.script.outcomes.pop(0) if self.script.outcomes else None
            if outcome is not None:
                raise failure(outcome)
        job.target.write_bytes(self.result)

    def healthy(self) -> bool:
        return not self.killed

    def memory(self) -> int:
        return self.size

    def kill(self) -> None:
        self.killed = True

    def discard(self) -> None:
        shutil.rmtree(self.directory, ignore_errors=True)


def wait_until(condition: Callable[[], object], seconds: float = 5.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_starts_no_engine_before_the_first_document() -> None:
    script = Script()
    with Pool(script, 2) as pool:
        assert script.engines == []
        assert pool.convert(GOOD) == PDF
        assert len(script.engines) == 1


def test_sends_the_next_document_to_the_warm_engine() -> None:
    script = Script()
    with Pool(script, 2) as pool:
        pool.convert(GOOD)
        pool.convert(GOOD)
    assert [engine.documents for engine in script.engines] == [3]


@pytest.mark.parametrize("code", ["conversion-timeout", "document-too-large"])
def test_replaces_an_engine_that_cannot_be_trusted(code: str) -> None:
    script = Script(code)
    with Pool(script, 1) as pool:
        with pytest.raises(ConversionError) as caught:
            pool.convert(GOOD)
        assert caught.value.code == code
        assert pool.convert(GOOD) == PDF
        assert script.engines[0].killed
        assert pool.stats().restarts == 1
        assert pool.stats().failures == {code: 1}


@pytest.mark.parametrize("code", ["document-unreadable", "document-refused"])
def test_keeps_an_engine_that_only_refused_a_document(code: str) -> None:
    script = Script(code)
    with Pool(script, 1) as pool:
        with pytest.raises(ConversionError):
            pool.convert(GOOD)
        pool.convert(GOOD)
        assert len(script.engines) == 1


def test_tries_a_document_again_when_its_engine_died() -> None:
    with Pool(Script("conversion-crashed"), 1) as pool:
        assert pool.convert(GOOD) == PDF
        assert pool.stats().failures == {}


def test_gives_up_on_a_document_that_kills_twice() -> None:
    with Pool(Script("conversion-crashed", "conversion-crashed"), 1) as pool:
        with pytest.raises(ConversionError) as caught:
            pool.convert(GOOD)
        assert caught.value.code == "conversion-crashed"
        assert pool.convert(GOOD) == PDF


def test_renews_an_engine_that_grew_over_the_mark() -> None:
    script = Script()
    with Pool(script, 1, Limits(memory_mark=100)) as pool:
        pool.convert(GOOD)
        script.engines[0].size = 101
        pool.convert(GOOD)
        wait_until(lambda: len(script.engines) == 2)
        assert script.engines[0].killed


def test_renews_an_engine_after_its_share_of_documents() -> None:
    script = Script()
    with Pool(script, 1, Limits(documents=2)) as pool:
        for _ in range(3):
            pool.convert(GOOD)
        assert len(script.engines) == 2


def test_refuses_callers_beyond_the_queue() -> None:
    script = Script()
    script.gate.clear()
    with Pool(script, 1, Limits(waiting=1)) as pool:
        threads = [threading.Thread(target=pool.convert, args=(GOOD,)) for _ in range(2)]
        for thread in threads:
            thread.start()
        wait_until(lambda: pool._turnstile._waiting == 1)
        with pytest.raises(ConversionError) as caught:
            pool.convert(GOOD)
        assert caught.value.code == "queue-full"
        script.gate.set()
        for thread in threads:
            thread.join()
        assert pool.stats().conversions == 2
        assert pool.stats().queue_seconds > 0


def test_serves_others_while_one_engine_is_replaced() -> None:
    script = Script("conversion-timeout")
    with Pool(script, 2) as pool:
        with pytest.raises(ConversionError):
            pool.convert(GOOD)
        assert [pool.convert(GOOD) for _ in range(5)] == [PDF] * 5


@pytest.mark.parametrize("rubbish", [b"", b"\x00\xff" * 500, b"<html/>", b"{\\rtf1 x}", GOOD[:900]])
def test_rubbish_never_reaches_an_engine(rubbish: bytes) -> None:
    script = Script()
    with Pool(script, 1) as pool:
        with pytest.raises(ConversionError) as caught:
            pool.convert(rubbish)
        assert caught.value.code == "document-unreadable"
        assert script.engines == []


def test_an_answer_without_pages_is_no_success() -> None:
    script = Script()
    with Pool(script, 1) as pool:
        pool.convert(GOOD)
        script.engines[0].result = b"%PDF-1.6\n%%EOF\n"
        with pytest.raises(ConversionError) as caught:
            pool.convert(GOOD)
        assert caught.value.code == "empty-result"


def test_close_leaves_no_file_and_refuses_later_calls() -> None:
    pool = Pool(Script(), 1)
    pool.convert(GOOD, options=PdfOptions(pdfa=True))
    pool.close()
    assert not pool._root.exists()
    with pytest.raises(ConversionError) as caught:
        pool.convert(GOOD)
    assert caught.value.code == "conversion-closed"


def test_closing_in_mid_conversion_says_so() -> None:
    script = Script("conversion-crashed")
    script.gate.clear()
    pool = Pool(script, 1)
    caught: list[str] = []

    def convert() -> None:
        try:
            pool.convert(GOOD)
        except ConversionError as error:
            caught.append(error.code)

    thread = threading.Thread(target=convert)
    thread.start()
    wait_until(lambda: script.engines and script.engines[0].documents == 2)
    pool.close()
    script.gate.set()
    thread.join()
    assert caught == ["conversion-closed"]


def test_time_allowed_grows_with_the_rows() -> None:
    limits = Limits(
        seconds=10, seconds_per_row=0.1, seconds_per_mebibyte=0, seconds_per_square_row=0
    )
    script = Script()
    seen: list[float] = []
    with Pool(script, 1, limits) as pool:
        pool.convert(GOOD)
        engine = script.engines[0]
        plain = engine.convert

        def record(job: Job) -> None:
            seen.append(job.until - time.monotonic())
            plain(job)

        engine.convert = record  # type: ignore[method-assign]
        pool.convert(make_docx("мало"))
        pool.convert(make_docx("много", rows=100))
    assert seen[1] - seen[0] == pytest.approx(10, abs=0.5)
