"""The process in which untrusted templates are compiled and filled, one request after another.

It is started by `guard`, limits itself before the first request, and believes only what comes
through its standard input: pickled requests from the parent. It answers with JSON and bytes, so
that the parent never unpickles anything a template had a hand in.
"""

from __future__ import annotations

import json
import pickle
import resource
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docgen.errors import ProblemsError
from docgen.i18n import speaking
from docgen.render.compile import CompiledTemplate
from docgen.render.frames import OUT_OF_MEMORY, receive, send
from docgen.render.package import read_package
from docgen.render.sandbox import SandboxEnvironment

_PAGE = resource.getpagesize()


def main() -> None:
    """Serve requests until the parent closes the pipe."""
    templates: dict[str, CompiledTemplate] = {}
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    while True:
        try:
            request = pickle.loads(receive(0))  # noqa: S301  # from the parent only
        except EOFError:
            return
        head, body = _answered(request, templates)
        send(1, json.dumps(head).encode(), body)


def _answered(
    request: Mapping[str, Any], templates: dict[str, CompiledTemplate]
) -> tuple[dict[str, Any], bytes]:
    _limit(request["memory"], request["cpu"])
    try:
        with speaking(request["language"]):
            return _done(request, templates)
    except ProblemsError as error:
        return _described(error), b""
    except MemoryError:
        return {"error": "MemoryError"}, b""


def _described(error: ProblemsError) -> dict[str, Any]:
    problems = [[each.path, each.message, each.code] for each in error.problems]
    kind = type(error).__name__
    return {"error": kind, "code": error.code, "message": error.message, "problems": problems}


def _done(
    request: Mapping[str, Any], templates: dict[str, CompiledTemplate]
) -> tuple[dict[str, Any], bytes]:
    key = request["key"]
    if key not in templates:
        strict = request["strict"]
        package = read_package(request["template"])
        templates[key] = CompiledTemplate(package, SandboxEnvironment(strict=strict), strict=strict)
    template = templates[key]
    if "context" in request:
        result = template.render_result(request["context"])
        return {"engine": result.engine}, result.data
    return {"variables": sorted(template.variables()), "parts": list(template.parts)}, b""


def _limit(memory: int, cpu: int) -> None:
    """Allow so much more memory and processor time than was used up to now."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + cpu
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_AS, (_address_space() + memory, resource.RLIM_INFINITY))


def _address_space() -> int:
    """Bytes of address space in use; the size at rest where the system does not tell."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[0]) * _PAGE if statm.exists() else 1 << 29


if __name__ == "__main__":
    try:
        main()
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
