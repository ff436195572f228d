"""The processes of `docgen serve`: started, watched, started again, ended."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from uuid import uuid4

_log = logging.getLogger(__name__)
FORK = multiprocessing.get_context("fork")
ENDING = (signal.SIGTERM, signal.SIGINT)
_LOOK_SECONDS = 0.5
_STEADY_SECONDS = 60
"""Who lived that long did not die of its start: its successor starts at once."""
_LONGEST_PAUSE = 60
_END_SECONDS = 35
"""A little more than the pages and the workers give what they have in hand."""


@dataclass
class Post:
    """One process's place: what it does under which name, and how often it died young.

    `duty` is given the owner's name, which no other process has or will have; it ends when its
    process is told so by a signal.
    """

    name: str
    duty: Callable[[str], None]
    process: BaseProcess | None = None
    owner: str = ""
    started: float = 0
    deaths: int = 0
    not_before: float = field(default_factory=time.monotonic)


class Crew:
    """Keeps every post taken from `start` to `end`.

    Processes are forked, so they share the memory of all that was imported before. That is safe as
    long as this process has one thread and no connection open when it forks.
    """

    def __init__(self, posts: Sequence[Post], bereaved: Callable[[str], None]) -> None:
        """`bereaved` is called with the owner's name of each process that died."""
        self._posts = posts
        self._bereaved = bereaved
        self._over = False
        self._lifeline, self._held = os.pipe()

    def start(self) -> None:
        """Every post is taken."""
        for post in self._posts:
            self._take(post)

    def fallen(self) -> bool:
        """Whether a process died that was not told to."""
        return any(post.process is not None and not post.process.is_alive() for post in self._posts)

    def watch(self) -> None:
        """Takes posts anew whose processes died; returns after `stop`."""
        while not self._over:
            wait([post.process.sentinel for post in self._posts if post.process], _LOOK_SECONDS)
            for post in self._posts:
                if not self._over:
                    self._look_after(post)

    def stop(self) -> None:
        """Ends `watch`; may be called from a signal's handler."""
        self._over = True

    def end(self) -> None:
        """Every process is told to end, and is gone when this returns."""
        processes = [post.process for post in self._posts if post.process is not None]
        for process in processes:
            process.terminate()
        until = time.monotonic() + _END_SECONDS
        for process in processes:
            process.join(max(0.1, until - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()

    def _look_after(self, post: Post) -> None:
        if post.process is not None and not post.process.is_alive():
            self._bury(post)
        if post.process is None and time.monotonic() >= post.not_before:
            self._take(post)

    def _take(self, post: Post) -> None:
        post.owner = f"serve:{uuid4().hex[:12]}"
        post.process = FORK.Process(target=self._work, args=(post,), name=post.name)
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)  # until it no longer hears as its parent
        post.process.start()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        post.started = time.monotonic()

    def _work(self, post: Post) -> None:
        """The body of the forked process."""
        for number in ENDING:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        os.close(self._held)
        follow(self._lifeline)
        _entitle(post.name)
        post.duty(post.owner)

    def _bury(self, post: Post) -> None:
        """What the dead one held waits again at once, and its post waits a little."""
        steady = time.monotonic() - post.started > _STEADY_SECONDS
        post.deaths = 0 if steady else post.deaths + 1
        pause = min(_LONGEST_PAUSE, 2 ** (post.deaths - 1)) if post.deaths > 1 else 0
        post.not_before = time.monotonic() + pause
        code = post.process.exitcode if post.process is not None else None
        told = {"post": post.name, "code": code, "next_in_seconds": pause}
        _log.warning("a process ended", extra=told)
        post.process = None
        try:
            self._bereaved(post.owner)
        except Exception:  # its lease will tell, later
            _log.warning("the jobs of a dead worker could not be freed", exc_info=True)


def follow(descriptor: int) -> None:
    """The end of what is read there is the end of the supervisor: this process is told to end."""
    Thread(target=_read_to_end, args=(descriptor,), daemon=True).start()


def _read_to_end(descriptor: int) -> None:
    while os.read(descriptor, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _entitle(name: str) -> None:
    """The process is listed by `ps` and `top` under this name; fifteen letters are shown."""
    with suppress(OSError):
        Path("/proc/self/comm").write_text(f"docgen {name}", "ascii")
