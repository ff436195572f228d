"""One tool, one size: fills a document for each line of standard input and answers in JSON."""

from __future__ import annotations

import io
import json
import resource
import sys
import time
import zlib
from collections.abc import Callable
from typing import Any

from benchmarks import workload

Fill = Callable[[dict[str, Any]], bytes]


def docgen() -> Fill:
    from docgen.render import compile_template

    template = workload.docxtpl_template()
    return lambda values: compile_template(template, trusted=True).render(values)


def docgen_zlib() -> Fill:
    from docgen.render import archive

    archive._deflate = zlib
    return docgen()


def docgen_untrusted() -> Fill:
    from docgen.render import compile_template

    template = workload.docxtpl_template()
    return lambda values: compile_template(template).render(values)


def docxtpl() -> Fill:
    from docxtpl import DocxTemplate

    template = workload.docxtpl_template()

    def fill(values: dict[str, Any]) -> bytes:
        document = DocxTemplate(io.BytesIO(template))
        document.render(values)
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    return fill


def mailmerge() -> Fill:
    from mailmerge import MailMerge

    template = workload.mailmerge_template()

    def fill(values: dict[str, Any]) -> bytes:
        points = {f"point{number}": text for number, text in enumerate(values["points"])}
        rows = [
            {f"row_{name}": text for name, text in row.items()}  # "number" is in the head too
            for section in values["sections"]
            for row in section["rows"]
        ]
        with MailMerge(io.BytesIO(template)) as document:
            document.merge(**{name: values[name] for name in workload.HEAD}, **points)
            document.merge_rows("row_number", rows)
            stream = io.BytesIO()
            document.write(stream)
        return stream.getvalue()

    return fill


TOOLS = {
    "docgen": docgen,
    "docgen, zlib": docgen_zlib,
    "docgen, untrusted": docgen_untrusted,
    "docxtpl": docxtpl,
    "docx-mailmerge2": mailmerge,
}


def main() -> None:
    """Serve: a line asks for a document, the answer tells its time, size and the peak memory."""
    tool, rows = sys.argv[1], int(sys.argv[2])
    values = workload.context(rows)
    fill = TOOLS[tool]()
    for _line in sys.stdin:
        started = time.perf_counter()
        data = fill(values)
        elapsed = (time.perf_counter() - started) * 1000
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"ms": elapsed, "size": len(data), "peak": peak}), flush=True)


if __name__ == "__main__":
    main()
