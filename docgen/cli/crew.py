"""The worker processes of `docgen serve`: started, watched, started again, ended."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from dataclasses import dataclass, field
from threading import Event, Thread
from uuid import uuid4

from docgen.services.jobs import Jobs

_log = logging.getLogger(__name__)
_LOOK_SECONDS = 0.5
_STEADY_SECONDS = 60
"""Who lived that long did not die of its start: its successor starts at once."""
_LONGEST_PAUSE = 60
_END_SECONDS = 30


@dataclass
class Place:
    """One worker's place: its process, and how often it died young."""

    process: subprocess.Popen[bytes] | None = None
    owner: str = ""
    started: float = 0
    deaths: int = 0
    not_before: float = field(default_factory=time.monotonic)


class Crew:
    """Keeps `count` workers at work from `start` to `stop`."""

    def __init__(self, jobs: Jobs, count: int) -> None:
        self._jobs = jobs
        self._places = [Place() for _number in range(count)]
        self._over = Event()
        self._watch = Thread(target=self._run, name="docgen-crew", daemon=True)

    def start(self) -> None:
        """The workers are on their way."""
        self._watch.start()

    def stop(self) -> None:
        """Every worker is told to end, and is gone when this returns."""
        self._over.set()
        self._watch.join()
        for place in self._places:
            if place.process is not None:
                place.process.terminate()
        until = time.monotonic() + _END_SECONDS
        for place in self._places:
            if place.process is not None:
                _see_off(place.process, until)

    def processes(self) -> list[int]:
        """The ids of the workers that live."""
        return [place.process.pid for place in self._places if place.process is not None]

    def _run(self) -> None:
        while not self._over.wait(_LOOK_SECONDS):
            for place in self._places:
                self._look_after(place)

    def _look_after(self, place: Place) -> None:
        if place.process is not None and place.process.poll() is not None:
            self._bury(place)
        if place.process is None and time.monotonic() >= place.not_before:
            place.owner = f"serve:{uuid4().hex[:12]}"
            place.process = _start(place.owner)
            place.started = time.monotonic()

    def _bury(self, place: Place) -> None:
        """What the dead one held waits again at once, and its place waits a little."""
        steady = time.monotonic() - place.started > _STEADY_SECONDS
        place.deaths = 0 if steady else place.deaths + 1
        pause = min(_LONGEST_PAUSE, 2 ** (place.deaths - 1)) if place.deaths > 1 else 0
        place.not_before = time.monotonic() + pause
        code = place.process.returncode if place.process is not None else None
        _log.warning("a worker ended", extra={"code": code, "next_in_seconds": pause})
        place.process = None
        try:
            self._jobs.sweep(dead_owner=place.owner)
        except Exception:  # its lease will tell, later
            _log.warning("the jobs of a dead worker could not be freed", exc_info=True)


def _start(owner: str) -> subprocess.Popen[bytes]:
    """A worker that ends when its standard input ends: when this process is gone."""
    command = [sys.executable, "-m", "docgen", "worker", "--supervised", "--owner", owner]
    return subprocess.Popen(command, stdin=subprocess.PIPE)


def _see_off(process: subprocess.Popen[bytes], until: float) -> None:
    try:
        process.wait(max(0.1, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdin is not None:
        process.stdin.close()
