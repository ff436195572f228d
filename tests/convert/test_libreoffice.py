"""What a real LibreOffice does behind each back end."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import docx
import pypdf
import pytest

from docgen.convert import BACKENDS, Backend, LibreOfficePool, Limits, PdfOptions
from docgen.convert.office import Office
from docgen.errors import ConversionError
from tests.convert.documents import link_images, make_docx, rewrite, temporary_files

pytestmark = pytest.mark.integration


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def processes(pool: LibreOfficePool) -> list[int]:
    """The LibreOffice processes that work on the pool's profiles."""
    mark = os.fsencode(pool._root)
    found = []
    for entry in Path("/proc").iterdir():
        try:
            command = (entry / "cmdline").read_bytes() if entry.name.isdigit() else b""
        except OSError:
            continue
        if command.startswith(b"/usr") and b"soffice.bin" in command.split(b"\0")[0]:
            found += [int(entry.name)] if mark in command else []
    return found


@pytest.fixture
def backend(request: pytest.FixtureRequest, office: Office) -> Backend:
    name: Backend = request.param
    if name == "unoconv" and shutil.which("unoconv") is None:
        pytest.skip("no unoconv: apt install unoconv")
    return name


every_backend = pytest.mark.parametrize("backend", BACKENDS, indirect=True)


@every_backend
def test_russian_text_comes_out_in_embedded_fonts(backend: Backend, order: bytes) -> None:
    with LibreOfficePool(1, backend=backend) as pool:
        pdf = pool.convert(order)
    assert "Утвердить дорожную карту." in text_of(pdf)
    fonts = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    names = {font.get_object()["/BaseFont"].partition("+")[2] for font in fonts.values()}
    assert names == {"LiberationSerif"}


@every_backend
def test_pdf_is_tagged_and_archival_on_demand(backend: Backend, order: bytes) -> None:
    with LibreOfficePool(1, backend=backend) as pool:
        plain, archival = pool.convert(order), pool.convert(order, options=PdfOptions(pdfa=True))
    for pdf in (plain, archival):
        catalogue = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]
        assert catalogue["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert b"<pdfaid:part>2</pdfaid:part>" in archival
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in archival
    assert b"pdfaid:part" not in plain


class Hits(BaseHTTPRequestHandler):
    seen: list[str] = []  # noqa: RUF012 - shared with the test on purpose

    def do_GET(self) -> None:
        self.seen.append(self.path)
        self.send_response(404)
        self.end_headers()

    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - named by http.server

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def listener() -> Iterator[ThreadingHTTPServer]:
    Hits.seen = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Hits) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@every_backend
@pytest.mark.parametrize("isolated", [True, False])
def test_linked_images_reach_neither_pdf_nor_network(
    backend: Backend,
    isolated: bool,
    listener: ThreadingHTTPServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not isolated:
        monkeypatch.setattr("docgen.convert.choice.isolation", tuple)
    secret = tmp_path / "secret.png"
    secret.write_bytes(RED_DOT)
    address = f"http://127.0.0.1:{listener.server_port}/canary.png"
    document = link_images(make_docx("до картинки"), secret.as_uri(), address)
    with LibreOfficePool(1, backend=backend) as pool:
        pdf = pool.convert(document)
    assert Hits.seen == []
    assert "до картинки" in text_of(pdf)
    assert list(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].images) == []


RED_DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c"
    "49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def test_title_and_language_are_those_asked_for(pool: LibreOfficePool, order: bytes) -> None:
    pdf = pool.convert(order, options=PdfOptions(title="О мерах", language="ru-RU"))
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == "О мерах"
    assert reader.trailer["/Root"]["/Lang"] == "ru-RU"  # type: ignore[index]


@pytest.mark.parametrize(
    ("font", "twin"),
    [
        ("Times New Roman", "LiberationSerif"),
        ("PT Astra Serif", "LiberationSerif"),
        ("Calibri", "Carlito"),
    ],
)
def test_fonts_have_metric_twins(pool: LibreOfficePool, font: str, twin: str) -> None:
    pdf = pool.convert(make_docx("Шрифт", font=font))
    assert twin.encode() in pdf
    assert b"DejaVu" not in pdf


def test_ready_says_whether_a_document_would_be_converted(pool: LibreOfficePool) -> None:
    assert pool.ready()


def long_document() -> bytes:
    return make_docx("долго", rows=300)


def interrupt(pool: LibreOfficePool, number: int) -> tuple[bytes | ConversionError, float]:
    """What comes of a document whose LibreOffice gets a signal in mid-conversion."""
    pool.convert(make_docx("разогрев"))
    victims = processes(pool)
    result: list[bytes | ConversionError] = []

    def convert() -> None:
        try:
            result.append(pool.convert(long_document()))
        except ConversionError as error:
            result.append(error)

    started = time.monotonic()
    thread = threading.Thread(target=convert)
    thread.start()
    time.sleep(0.3)
    for victim in victims:
        os.kill(victim, number)
    thread.join()
    return result[0], time.monotonic() - started


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGSTOP])
def test_a_killed_or_frozen_office_costs_no_document(office: Office, number: int) -> None:
    with LibreOfficePool(1) as pool:
        result, _ = interrupt(pool, number)
        assert isinstance(result, bytes)
        assert pool.stats().restarts == 1


def test_a_late_document_is_refused_and_the_next_one_served(office: Office, order: bytes) -> None:
    limits = Limits(
        seconds=5, seconds_per_row=-4.8 / 300, seconds_per_square_row=0, seconds_per_mebibyte=0
    )
    with LibreOfficePool(1, limits=limits) as pool:
        pool.convert(order)
        started = time.monotonic()
        with pytest.raises(ConversionError) as caught:
            pool.convert(long_document())
        assert caught.value.code == "conversion-timeout"
        assert time.monotonic() - started < 0.2 + 1
        assert pool.convert(order)


def test_bad_documents_among_good_ones_cost_only_themselves(
    pool: LibreOfficePool, order: bytes
) -> None:
    broken = order.replace(b"PK", b"KP"), order[: len(order) // 2], b"\0" * 999, b"", corrupt(order)
    outcomes = []
    for number in range(100):
        try:
            pool.convert(order if number % 10 == 0 else broken[number % len(broken)])
            outcomes.append("fine")
        except ConversionError as error:
            outcomes.append(error.code)
    assert outcomes.count("fine") == 10
    assert set(outcomes) <= {"fine", "document-unreadable", "document-refused"}
    assert pool.stats().restarts == 0


def corrupt(document: bytes) -> bytes:
    """The document with a main part that is no XML."""
    return rewrite(document, body=b"<w:document><w:body>")


@every_backend
def test_close_leaves_no_process_and_no_file(backend: Backend, order: bytes) -> None:
    before = temporary_files()
    pool = LibreOfficePool(1, backend=backend)
    pool.convert(order)
    pool.close()
    assert processes(pool) == []
    assert {name for name in temporary_files() - before if pool._root.name in name} == set()


def test_the_end_of_our_process_ends_libreoffice(office: Office, tmp_path: Path) -> None:
    script = (
        "from docgen.convert import LibreOfficePool; from tests.convert.documents import make_docx;"
        "pool = LibreOfficePool(1); pool.convert(make_docx('x'));"
        "print(pool._root, flush=True); import os; os.kill(os.getpid(), 9)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
    )
    mark = done.stdout.strip().encode()
    assert mark
    until = time.monotonic() + 5
    while any_process_with(mark):
        assert time.monotonic() < until
        time.sleep(0.05)


def any_process_with(mark: bytes) -> bool:
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and mark in (entry / "cmdline").read_bytes():
                return True
        except OSError:
            continue
    return False


def test_a_full_disk_is_named_and_leaves_nothing(office: Office, order: bytes) -> None:
    """Runs in a mount namespace of its own, with a temporary folder of 200 KiB."""
    apart = ["unshare", "-m"] if os.getuid() == 0 else ["unshare", "-rm"]
    if shutil.which("unshare") is None or subprocess.run([*apart, "true"]).returncode != 0:
        pytest.skip("this host allows no mount namespace")
    script = (
        "import os, sys, tempfile; from docgen.convert import LibreOfficePool;"
        "from docgen.errors import ConversionError\n"
        "pool = LibreOfficePool(1)\n"
        "try: pool.convert(sys.stdin.buffer.read())\n"
        "except ConversionError as error: print(error.code)\n"
        "pool.close(); print(os.listdir(tempfile.gettempdir()))"
    )
    mounted = 'mount -t tmpfs -o size=200k tmpfs "$1" && TMPDIR="$1" exec "$2" -c "$3"'
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [*apart, "sh", "-c", mounted, "sh", folder, sys.executable, script],
            input=order,
            capture_output=True,
        )
    assert done.stdout.decode().splitlines() == ["disk-full", "[]"], done.stderr.decode()


def test_a_document_with_comments_becomes_a_pdf_without_them(office: Office) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Утвердить план")
    document.add_comment(paragraph.runs, text="Проверьте дату", author="А", initials="А")
    target = io.BytesIO()
    document.save(target)
    with LibreOfficePool(1) as pool:
        text = text_of(pool.convert(target.getvalue()))
    assert "Утвердить план" in text
    assert "Проверьте дату" not in text
