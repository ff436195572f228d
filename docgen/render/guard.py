"""Untrusted templates filled in processes that are limited, watched and replaced when they fail."""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock
from typing import Any

from docgen import errors
from docgen.errors import Problem, TemplateError
from docgen.i18n import _, current_language
from docgen.render.compile import RenderResult
from docgen.render.frames import OUT_OF_MEMORY, LateError, receive, send
from docgen.render.plain import plain

_KEPT_TEMPLATES = 16  # per process; then a fresh one takes over
_GONE = (EOFError, BrokenPipeError)


@dataclass(frozen=True, slots=True)
class Limits:
    """What filling one document may take: bytes of memory, seconds of processor and of wall."""

    memory: int = 512 * 1024 * 1024
    cpu: int = 20
    wall: float = 30.0


LIMITS = Limits()


class GuardedTemplate:
    """An untrusted template: it has the methods of a compiled one, which is in another process."""

    def __init__(self, data: bytes, *, strict: bool, limits: Limits = LIMITS) -> None:
        self._data = data
        self._key = f"{hashlib.sha256(data).hexdigest()}-{strict}"
        self._strict = strict
        self._limits = limits
        head, _body = self._ask({})
        self.parts: tuple[str, ...] = tuple(head["parts"])
        self._variables = frozenset(head["variables"])

    def variables(self) -> frozenset[str]:
        """The names that the template takes from the data."""
        return self._variables

    def render(self, context: Mapping[str, Any]) -> bytes:
        """The filled document; the same context gives the same bytes."""
        return self.render_result(context).data

    def render_result(self, context: Mapping[str, Any]) -> RenderResult:
        """The filled document and how it was made; raises `TemplateError` or `RenderError`."""
        used = {name: context[name] for name in self._variables if name in context}
        head, body = self._ask({"context": plain(used)})
        return RenderResult(body, head["engine"])

    def _ask(self, question: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        limits = self._limits
        question |= {"key": self._key, "strict": self._strict, "language": current_language()}
        question |= {"memory": limits.memory, "cpu": limits.cpu}
        head, body = _pool.ask(self._key, self._data, question, limits.wall)
        if "error" in head:
            raise _error(head)
        return head, body


class _Process:
    """One worker process and the pipes to it."""

    def __init__(self) -> None:
        path = os.pathsep.join(os.path.abspath(each) for each in sys.path)  # noqa: PTH100
        self._process = subprocess.Popen(
            [sys.executable, "-m", "docgen.render.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": path, "PYTHONUTF8": "1"},
            cwd="/",
            start_new_session=True,
        )
        self.known: set[str] = set()

    def ask(self, question: dict[str, Any], wall: float) -> tuple[dict[str, Any], bytes]:
        """The answer: its head and its body."""
        deadline = time.monotonic() + wall
        assert self._process.stdin is not None  # noqa: S101
        assert self._process.stdout is not None  # noqa: S101
        answers = self._process.stdout.fileno()
        send(self._process.stdin.fileno(), pickle.dumps(question), deadline=deadline)
        head = json.loads(receive(answers, deadline))
        return head, receive(answers, deadline)

    def end(self) -> int:
        """Kill the process with all it started; its exit status."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        return self.wait()

    def wait(self) -> int:
        """The exit status, once the process is gone; the pipes are closed."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        return self._process.wait()


class _Pool:
    """As many processes as processors, started when first needed."""

    def __init__(self, size: int) -> None:
        self._idle: list[_Process] = []
        self._lock = Lock()
        self._free = BoundedSemaphore(size)

    def ask(
        self, key: str, template: bytes, question: dict[str, Any], wall: float
    ) -> tuple[dict[str, Any], bytes]:
        """The answer of some process; one that fails or is late is ended and replaced later."""
        with self._free:
            process = self._taken()
            if key not in process.known:
                question["template"] = template
            try:
                head, body = process.ask(question, wall)
            except LateError:
                process.end()
                raise _overrun("template-timeout") from None
            except _GONE:
                raise _overrun(_cause(process)) from None
            except BaseException:
                process.end()
                raise
            process.known.add(key)
            self._put_back(process, healthy=head.get("error") != "MemoryError")
            return head, body

    def _taken(self) -> _Process:
        with self._lock:
            return self._idle.pop() if self._idle else _Process()

    def _put_back(self, process: _Process, *, healthy: bool) -> None:
        if healthy and len(process.known) < _KEPT_TEMPLATES:
            with self._lock:
                self._idle.append(process)
        else:
            process.end()

    def forget(self) -> None:
        """Leave the processes to the parent: a forked child must not speak to them."""
        self._idle, self._lock = [], Lock()

    def close(self) -> None:
        """End the idle processes."""
        with self._lock:
            while self._idle:
                self._idle.pop().end()


_CAUSES = {
    -signal.SIGXCPU: "template-timeout",
    -signal.SIGKILL: "template-memory",
    OUT_OF_MEMORY: "template-memory",
}


def _cause(process: _Process) -> str:
    """Why a process is gone, by what it died of."""
    return _CAUSES.get(process.wait(), "template-crashed")


def _overrun(code: str) -> TemplateError:
    messages = {
        "template-timeout": _("filling the template took too long and was stopped"),
        "template-memory": _("filling the template took too much memory and was stopped"),
        "template-crashed": _("filling the template broke off"),
    }
    return TemplateError(messages[code], (Problem("", messages[code], code),), code=code)


def _error(head: Mapping[str, Any]) -> errors.DocgenError:
    if head["error"] == "MemoryError":
        return _overrun("template-memory")
    kinds = {"TemplateRefused": errors.TemplateRefused, "RenderError": errors.RenderError}
    kind = kinds.get(head["error"], TemplateError)
    problems = tuple(Problem(path, message, code) for path, message, code in head["problems"])
    return kind(head["message"], problems, code=head["code"])


_pool = _Pool(os.cpu_count() or 1)


@atexit.register
def end_processes() -> None:
    """Ends the processes of this one; where one is forked off, Python does not do so by itself."""
    _pool.close()


os.register_at_fork(after_in_child=_pool.forget)
