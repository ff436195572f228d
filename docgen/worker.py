"""The worker: takes jobs and does them, until it is told to end."""

from __future__ import annotations

import logging
import os
import signal
import socket
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread, Timer
from types import FrameType
from typing import TYPE_CHECKING
from uuid import uuid4

from docgen.bootstrap import Service
from docgen.ondemand import on_demand

if TYPE_CHECKING:
    from docgen.store import broker
else:  # Celery is installed only where many machines work together
    broker = on_demand("docgen.store.broker")

_log = logging.getLogger(__name__)
POLL_SECONDS = 0.5
UPKEEP_SECONDS = 10
GRACE_SECONDS = 20
"""How long a job may go on after the worker was told to end, before it is given back."""


def owner_name() -> str:
    """A name for this process that no other has or will have."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{uuid4().hex[:8]}"


class Ending:
    """The wish that this process ends: set by SIGTERM or SIGINT."""

    def __init__(self, abandon: Callable[[], None], grace: float = GRACE_SECONDS) -> None:
        self._abandon = abandon
        self._grace = grace
        self.wished = Event()

    def listen(self) -> None:
        """From now on the signals are heard."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.wish()

    def wish(self) -> None:
        """The end is wished for; what is not over within the grace is abandoned."""
        if not self.wished.is_set():
            self.wished.set()
            timer = Timer(self._grace, self._abandon)
            timer.daemon = True
            timer.start()


def run_engine(service: Service, owner: str) -> None:
    """Works as the settings say: on what Celery brings, or on what the table holds."""
    if service.settings.engine == "celery":
        run_celery(service, owner)
    else:
        run(service, owner)


def run(service: Service, owner: str, grace: float = GRACE_SECONDS) -> None:
    """Works until told to end; then what is in hand is finished, or given back after the grace."""
    ending = Ending(lambda: _abandon(service), grace)
    ending.listen()
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
            if service.settings.canary_minutes:
                service.jobs.sing(timedelta(minutes=service.settings.canary_minutes / 3))
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


def run_celery(service: Service, owner: str, grace: float = GRACE_SECONDS) -> None:
    """Works on what Celery brings, one job at a time, until told to end.

    Celery hears the signals itself and waits for the job in hand; what takes longer than the
    grace is given back.
    """
    ending = Ending(lambda: _abandon(service), grace)
    keep_up(service, ending.wished)
    address = service.settings.broker or ""
    broker.work(address, owner, lambda job_id: service.jobs.run(job_id, owner), ending.wish)
