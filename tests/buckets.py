"""A real S3 server for tests, started for the run, and stores of contents on it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import boto3
import pytest

from docgen.store.bucket import Bucket, Patience
from docgen.store.files import Contents, Files, place

_START_SECONDS = 60
_VARIABLES = {
    "AWS_ACCESS_KEY_ID": "docgen",
    "AWS_SECRET_ACCESS_KEY": "three-green-apples",
    "AWS_CONFIG_FILE": "/dev/null",
    "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
    "AWS_EC2_METADATA_DISABLED": "true",
    "NO_PROXY": "127.0.0.1",
}
ACTS: dict[str, Callable[[Contents], object]] = {
    "put": lambda contents: contents.put(b"order"),
    "read": lambda contents: contents.read("0" * 64),
    "reach": lambda contents: contents.require_reachable(),
}
SHORT = Patience(connect=1, answer=0.5, pause=0)


class S3:
    """The server; each address made of it is a new one."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._numbers = count(1)
        self._client: Any = boto3.session.Session().client("s3")

    def absent(self) -> str:
        """The address of a folder in a bucket that is still to be made."""
        return f"s3://docgen-{next(self._numbers)}/held"

    def make(self, address: str) -> None:
        """The bucket of the address is there."""
        self._client.create_bucket(Bucket=_bucket(address))

    def made(self) -> str:
        """The address of a folder in a new bucket."""
        address = self.absent()
        self.make(address)
        return address

    def spoil(self, address: str, name: str, data: bytes) -> None:
        """Other data stands where the content was put."""
        self._client.put_object(Bucket=_bucket(address), Key=f"held/{place(name)}", Body=data)

    def inventory(self, address: str) -> list[str]:
        """The keys of everything in the bucket of the address."""
        found = self._client.list_objects_v2(Bucket=_bucket(address))
        return [entry["Key"] for entry in found.get("Contents", ())]

    @contextmanager
    def silent(self) -> Iterator[None]:
        """It takes connections and answers none of them until the block is over."""
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)


def _bucket(address: str) -> str:
    return address.removeprefix("s3://").partition("/")[0]


@contextmanager
def running_s3(folder: Path) -> Iterator[S3]:
    """A server of our own, found by the variables of S3 clients; it ends with the block."""
    log = folder / "log"
    with pytest.MonkeyPatch.context() as patched:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patched.delenv(name)
        for name, value in _VARIABLES.items():
            patched.setenv(name, value)
        with log.open("wb") as written:
            process = subprocess.Popen(
                [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"],
                stdout=written,
                stderr=written,
            )
        try:
            patched.setenv("AWS_ENDPOINT_URL", _address(process, log))
            yield S3(process)
        finally:
            process.kill()
            process.wait()


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    """Where it listens: a port that was free, which it tells once it answers."""
    until = time.monotonic() + _START_SECONDS
    while True:
        text = log.read_text("utf-8")
        if found := re.search(r"http://127\.0\.0\.1:\d+", text):
            return found[0]
        assert process.poll() is None, text
        assert time.monotonic() < until, text
        time.sleep(0.05)


@dataclass(frozen=True, slots=True)
class Held:
    """A store of contents, the setting that names it, what spoils and what lists its contents."""

    contents: Contents
    setting: str
    spoil: Callable[[str, bytes], Any]
    inventory: Callable[[], list[str]]


def in_folder(folder: Path) -> Held:
    folder.mkdir(exist_ok=True)
    files = Files(folder)
    return Held(
        files,
        str(folder),
        lambda name, data: files.path(name).write_bytes(data),
        lambda: sorted(str(path) for path in folder.rglob("*")),
    )


def in_bucket(server: S3) -> Held:
    address = server.made()
    return Held(
        Bucket(address),
        address,
        lambda name, data: server.spoil(address, name, data),
        lambda: server.inventory(address),
    )
