"""The worker: takes jobs and does them, until it is told to end."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from threading import Event, Thread, Timer
from types import FrameType
from uuid import uuid4

from docgen.bootstrap import Service
from docgen.store import broker

_log = logging.getLogger(__name__)
POLL_SECONDS = 0.5
UPKEEP_SECONDS = 10
GRACE_SECONDS = 20
"""How long a job may go on after the worker was told to end, before it is given back."""


def owner_name() -> str:
    """A name for this process that no other has or will have."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{uuid4().hex[:8]}"


class Ending:
    """The wish that this process ends: set by SIGTERM, SIGINT or a supervisor that is gone."""

    def __init__(self, abandon: Callable[[], None], grace: float = GRACE_SECONDS) -> None:
        self._abandon = abandon
        self._grace = grace
        self.wished = Event()

    def listen(self) -> None:
        """From now on the signals are heard."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)

    def follow_parent(self) -> None:
        """The end of standard input is the end of the supervisor, and so of this process."""
        Thread(target=self._read_to_end, daemon=True).start()

    def _read_to_end(self) -> None:
        while os.read(sys.stdin.fileno(), 4096):
            pass
        self._wish()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._wish()

    def _wish(self) -> None:
        if not self.wished.is_set():
            self.wished.set()
            timer = Timer(self._grace, self._abandon)
            timer.daemon = True
            timer.start()


def run(service: Service, owner: str, *, supervised: bool, grace: float = GRACE_SECONDS) -> None:
    """Works until told to end; then what is in hand is finished, or given back after the grace."""
    ending = Ending(lambda: _abandon(service), grace)
    ending.listen()
    if supervised:
        ending.follow_parent()
    keep_up(service, ending.wished)
    _log.info("worker %s is ready", owner)
    while not ending.wished.is_set():
        if not _worked(service, owner):
            ending.wished.wait(POLL_SECONDS)


def _worked(service: Service, owner: str) -> bool:
    try:
        return service.jobs.work(owner)
    except Exception:  # the database is away: it may be back
        _log.warning("no job could be taken", exc_info=True)
        return False


def keep_up(service: Service, over: Event) -> None:
    """The sweeper at work in a thread of its own, until it is over."""
    Thread(target=_upkeep, args=(service, over), daemon=True).start()


def _upkeep(service: Service, over: Event) -> None:
    while True:
        try:
            service.jobs.sweep()
        except Exception:
            _log.warning("the jobs could not be swept", exc_info=True)
        if over.wait(UPKEEP_SECONDS):
            return


def _abandon(service: Service) -> None:
    """Gives back what is in hand and ends this process, whatever it is doing."""
    try:
        service.jobs.give_back()
        service.close()
    finally:
        os._exit(0)


def run_celery(service: Service, owner: str, *, grace: float = GRACE_SECONDS) -> None:
    """Works on what Celery brings, one job at a time, until told to end."""
    app = broker.make_app(service.settings.broker or "")
    app.task(name=broker.TASK)(lambda job_id: service.jobs.run(job_id, owner))
    over = Event()
    keep_up(service, over)
    arguments = ("worker", "--pool=threads", "--concurrency=1", "--loglevel=WARNING")
    app.worker_main([*arguments, f"--hostname={owner}", "--without-gossip", "--without-mingle"])
    over.set()
