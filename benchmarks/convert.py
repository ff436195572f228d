"""DOCX to PDF side by side: cold soffice, unoconv, one unoserver, and docgen's pool.

    .venv/bin/python -m benchmarks.convert --rounds 5 --long 5800 --memory 500

Prints Markdown tables: seconds per document and ratios of one run, memory over many conversions,
recovery after kill, freeze and timeout, and one long table whole against regrouped. unoserver is
installed on the first run, beside the benchmarks and for the system's Python, which has UNO.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from pathlib import Path
from threading import Thread

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from docgen.convert import LibreOfficePool, Limits
from docgen.convert.pdf import page_count
from docgen.errors import ConversionError

Run = Callable[[], int]
HEADINGS = ("№", "Мероприятие", "Сроки", "Исполнитель", "Показатель", "Информация")
TEXT = "Проведение вебинара для участников проекта адресной методической помощи «500+»: {}"
UNOSERVER = Path(__file__).parent / "rivals" / "unoserver"
BATCH = 4
"""Documents in one measured run, so that two workers have something to share."""


def make_order(rows: int) -> bytes:
    """A letterhead order with seven points and a landscape roadmap of six columns."""
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(12)
    normal.element.rPr.append(_language())
    document.add_paragraph("МИНИСТЕРСТВО ОБРАЗОВАНИЯ")
    document.add_paragraph("ПРИКАЗ")
    for number in range(1, 8):
        document.add_paragraph(f"{number}. {TEXT.format('пункт')}")
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = Mm(20)
    section.bottom_margin = Mm(15)
    document.add_paragraph("План-график (дорожная карта)")
    _add_roadmap(document, rows)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _language() -> OxmlElement:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "ru-RU")
    return language


def _add_roadmap(document: docx.document.Document, rows: int) -> None:
    table = document.add_table(rows=2, cols=len(HEADINGS))
    table.style = "Table Grid"
    for cell, heading in zip(table.rows[0].cells, HEADINGS, strict=True):
        cell.text = heading
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    table.rows[1]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell in table.rows[1].cells:
        cell.text = "?"
    pattern = table.rows[1]._tr
    table._tbl.remove(pattern)
    for number in range(1, rows + 1):
        row = deepcopy(pattern)
        for column, text in enumerate(row.iter(qn("w:t"))):
            text.text = f"{number}." if column == 0 else TEXT.format(f"{number}/{column}")
        table._tbl.append(row)


@contextmanager
def cold(document: Path) -> Iterator[Run]:
    """`soffice --convert-to` with a profile that is kept."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", folder, str(document)]

        def run() -> int:
            for _ in range(BATCH):
                subprocess.run(command, check=True, capture_output=True)
            return pages(Path(folder) / f"{document.stem}.pdf")

        yield run


@contextmanager
def unoconv(document: Path) -> Iterator[Run]:
    """The unoconv command, which starts LibreOffice for each call as it does by default."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out.pdf"
        command = ["/usr/bin/python3", "/usr/bin/unoconv", "-f", "pdf", "-o", str(target)]
        environment = {**os.environ, "HOME": folder}

        def run() -> int:
            for _ in range(BATCH):
                target.unlink(missing_ok=True)
                call = [*command, str(document)]
                subprocess.run(call, check=True, capture_output=True, env=environment)
            return pages(target)

        yield run


def unoserver_installed() -> bool:
    """Whether unoserver is there, after a try to install it."""
    if not (UNOSERVER / "bin/unoserver").exists():
        make = ["/usr/bin/python3", "-m", "venv", "--system-site-packages", str(UNOSERVER)]
        fill = [f"{UNOSERVER}/bin/pip", "install", "--quiet", "--no-deps", "unoserver==3.7"]
        if any(
            subprocess.run(each, check=False, capture_output=True).returncode
            for each in (make, fill)
        ):
            print("unoserver: not installed, left out", file=sys.stderr)
            return False
    return True


@contextmanager
def unoserver(document: Path) -> Iterator[Run]:
    """One unoserver and its client's call, in one process as a user would do it."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
        probe.close()
        server = subprocess.Popen(
            [str(UNOSERVER / "bin/unoserver"), "--port", port, "--user-installation", folder],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        script = (
            "import sys; from unoserver.client import UnoClient; c = UnoClient(port=sys.argv[1]);\n"
            "for line in sys.stdin:\n"
            "    a, b = line.split(); c.convert(inpath=a, outpath=b, convert_to='pdf')\n"
            "    print('done', flush=True)"
        )
        client = subprocess.Popen(
            [str(UNOSERVER / "bin/python"), "-c", script, port],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        target = Path(folder) / "out.pdf"

        def run() -> int:
            assert client.stdin is not None
            assert client.stdout is not None
            for _ in range(BATCH):
                client.stdin.write(f"{document} {target}\n")
                client.stdin.flush()
                client.stdout.readline()
            return pages(target)

        time.sleep(6)
        try:
            yield run
        finally:
            client.kill()
            client.wait()
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


@contextmanager
def pool(document: Path, *, workers: int) -> Iterator[Run]:
    """docgen's pool, called from as many threads as it has workers."""
    content = document.read_bytes()
    with LibreOfficePool(workers) as converter, ThreadPoolExecutor(workers) as threads:

        def run() -> int:
            made = list(threads.map(converter.convert, [content] * BATCH))
            return page_count(made[-1])

        yield run


def pages(file: Path) -> int:
    return page_count(file.read_bytes())


def compare(document: Path, rounds: int) -> None:
    """The table of seconds per document, the tools taking turns."""
    with ExitStack() as stack:
        runs = {"cold soffice, kept profile": stack.enter_context(cold(document))}
        if shutil.which("unoconv"):
            runs["unoconv command"] = stack.enter_context(unoconv(document))
        if unoserver_installed():
            runs["one unoserver, warm"] = stack.enter_context(unoserver(document))
        runs["docgen, 1 worker"] = stack.enter_context(pool(document, workers=1))
        runs["docgen, 2 workers"] = stack.enter_context(pool(document, workers=2))
        count = {name: run() for name, run in runs.items()}
        taken: dict[str, list[float]] = {name: [] for name in runs}
        for _ in range(rounds):
            for name, run in runs.items():
                taken[name].append(timed(run) / BATCH)
    middle = {name: statistics.median(times) for name, times in taken.items()}
    first = next(iter(middle.values()))
    print("| method | pages | s per document | documents/s | against cold |")
    print("|---|---|---|---|---|")
    for name, seconds in middle.items():
        row = f"{count[name]} | {seconds:.3f} | {1 / seconds:.1f} | {first / seconds:.1f}"
        print(f"| {name} | {row} |")


def timed(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def memory(document: Path, conversions: int) -> None:
    """Resident memory of one worker over many conversions."""
    content = document.read_bytes()
    print("\n| conversions | resident MiB |\n|---|---|")
    with LibreOfficePool(1) as converter:
        for number in range(1, conversions + 1):
            converter.convert(content)
            if number in (1, 10) or number % 50 == 0:
                (engine,) = converter._live
                print(f"| {number} | {engine.memory() >> 20} |", flush=True)


def recovery(small: bytes, large: bytes) -> None:
    """Seconds until the next document is served after the worker was lost."""
    print("\n| fault | next document served after, s |\n|---|---|")
    with LibreOfficePool(1) as converter:
        converter.convert(small)
        print(f"| none | {timed(lambda: converter.convert(small)):.2f} |", flush=True)
    limits = Limits(seconds=2, seconds_per_row=0, seconds_per_mebibyte=0, seconds_per_square_row=0)
    for name, number in (("kill -9", signal.SIGKILL), ("freeze (SIGSTOP)", signal.SIGSTOP)):
        with LibreOfficePool(1) as converter:
            converter.convert(small)
            (engine,) = converter._live
            for member in engine._group.members():  # type: ignore[attr-defined]
                os.kill(member, number)
            print(f"| {name} | {timed(lambda: converter.convert(small)):.2f} |", flush=True)
    with LibreOfficePool(1, limits=limits) as converter:
        converter.convert(small)
        late = Thread(target=refused, args=(converter, large))
        late.start()
        late.join()
        print(f"| deadline | {timed(lambda: converter.convert(small)):.2f} |")


def refused(converter: LibreOfficePool, document: bytes) -> None:
    try:
        converter.convert(document)
    except ConversionError as error:
        assert error.code == "conversion-timeout", error.code  # noqa: PT017


def long_table(rows: int) -> None:
    """One table of many rows, regrouped and whole."""
    content = make_order(rows)
    print(f"\n| {rows} rows | pages | s |\n|---|---|---|")
    for name, backend, workers in (("regrouped, 2 workers", "uno", 2), ("one table", "uno", 1)):
        with LibreOfficePool(workers, backend=backend) as converter:  # type: ignore[arg-type]
            converter._measures = name != "one table"
            converter.ready()
            started = time.perf_counter()
            made = page_count(converter.convert(content))
            print(f"| {name} | {made} | {time.perf_counter() - started:.1f} |", flush=True)


def main() -> None:
    """Measures what the options ask for."""
    parser = argparse.ArgumentParser(description="DOCX to PDF side by side.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--long", type=int, default=0, help="rows of the long table; 0 for none")
    parser.add_argument("--memory", type=int, default=0, help="conversions of the memory run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder) / "order.docx"
        document.write_bytes(make_order(58))
        compare(document, options.rounds)
        recovery(document.read_bytes(), make_order(700))
        if options.memory:
            memory(document, options.memory)
    if options.long:
        long_table(options.long)


if __name__ == "__main__":
    main()
