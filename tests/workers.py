"""A worker process with kinds of work made for tests: `python -m tests.workers OWNER`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from docgen.bootstrap import Service, build_service, settings_in_force
from docgen.cli.crew import follow
from docgen.models.accounts import Scope
from docgen.services.jobs import Jobs, Pace, Progress
from docgen.services.kinds import kept
from docgen.worker import run, run_celery

PACE = Pace(lease=1.5, beat=0.3, retry=0.1, unheard=1)
GRACE = 1.5


def with_test_kinds(service: Service) -> Service:
    """The service with work that takes `seconds` and makes a file of `text`."""

    def work(_scope: Scope, arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
        for step in range(10):
            time.sleep(arguments.get("seconds", 0) / 10)
            progress(step + 1, 10)
        return {"files": [kept(service.files, "a.pdf", arguments["text"].encode())]}

    def deaf(_scope: Scope, arguments: Mapping[str, Any], _progress: Progress) -> dict[str, Any]:
        time.sleep(arguments["seconds"])
        return {}

    kinds = {"work": work, "deaf": deaf}
    send = service.jobs._send
    return replace(service, jobs=Jobs(service.database, service.files, kinds, send=send, pace=PACE))


def start(owner: str, **settings: str) -> subprocess.Popen[bytes]:
    """A worker process on these settings; the end of its standard input ends it."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.workers", owner],
        env=os.environ
        | {f"DOCGEN_{name.upper()}": value for name, value in settings.items()}
        | {"DOCGEN_CANARY_MINUTES": "0"},
        stdin=subprocess.PIPE,
    )


def children(process: int, name: str = "") -> list[int]:
    """The processes of that name in `docgen serve`, or all, that this one started and that live."""
    found: list[int] = []
    for listing in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):  # the thread has ended meanwhile
            found += map(int, listing.read_text().split())
    return [one for one in found if name in title(one)]


def title(process: int) -> str:
    """What the system calls the process; nothing once it is gone."""
    try:
        return Path(f"/proc/{process}/comm").read_text()
    except OSError:
        return ""


def main() -> None:
    service = with_test_kinds(build_service(settings_in_force()))
    follow(sys.stdin.fileno())
    engine = run_celery if service.settings.engine == "celery" else run
    engine(service, sys.argv[1], grace=GRACE)
    service.close()


if __name__ == "__main__":
    main()
