"""Contents kept by their hash in a bucket that speaks S3: one place for many machines.

Where the server stands and the keys to it are the variables of every S3 client: AWS_ENDPOINT_URL,
AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_DEFAULT_REGION.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from time import monotonic
from typing import Any, TypeVar

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    ReadTimeoutError,
)

from docgen.errors import InputError, UnavailableError
from docgen.i18n import _
from docgen.store.files import lost, place, proved

_log = logging.getLogger(__name__)
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds until a server counts as silent, and how long it is not asked again then.

    A whole office asks at once: whoever comes after the first need not wait for the silence too.
    """

    connect: float = 2
    answer: float = 6
    pause: float = 5


_GLANCE = Patience(connect=2, answer=3)
_QUICK = 1.5
"""Seconds: what failed faster is tried once more, which mends a connection that broke.

A server that knows no “100 Continue” is waited for a second before it is sent anything.
"""
_PROVED = 60.0
"""Seconds for which a canary that was written proves that the bucket takes contents."""
_CANARY = b"docgen asks whether this bucket takes contents"


class Bucket:
    """Contents by their SHA-256 in a bucket, under the paths they would have in a folder."""

    def __init__(self, address: str, patience: Patience = Patience()) -> None:
        """At `s3://bucket/prefix`; nothing is asked of the server yet."""
        self._bucket, _slash, folder = address.removeprefix("s3://").partition("/")
        self._prefix = f"{folder.strip('/')}/".lstrip("/")
        self._client, self._glancing = _clients(patience, _GLANCE)
        self._pause = patience.pause
        self._answered = self._silent_until = self._proved_until = 0.0

    def put(self, data: bytes) -> str:
        """The hash under which the server has the content; the server proves it on arrival.

        It is written each time: looking first costs as much, and proves less.
        """
        name = sha256(data).hexdigest()
        self._require_no_silence()
        with self._answering(self._pause):
            _tried(lambda: self._put(self._client, place(name), data))
        return name

    def read(self, name: str) -> bytes:
        """The content, proved by its hash; NotFoundError where it is absent or was damaged."""
        path = place(name)
        self._require_no_silence()
        with self._answering(self._pause):
            try:
                data = _tried(lambda: self._get(path))
            except self._client.exceptions.NoSuchKey as error:
                raise lost(name, "file-missing") from error
        return proved(name, data)

    def require_reachable(self) -> None:
        """UnavailableError where the bucket does not answer within seconds, or takes nothing."""
        with self._answering():
            self._glancing.head_bucket(Bucket=self._bucket)
            if monotonic() >= self._proved_until:
                self._put(self._glancing, "canary", _CANARY)
                self._proved_until = monotonic() + _PROVED
                self._remove_canary()

    def _remove_canary(self) -> None:
        """The canary is gone, unless the keys may not delete: nothing else here is ever deleted."""
        with suppress(ClientError):
            self._glancing.delete_object(Bucket=self._bucket, Key=f"{self._prefix}canary")

    def _put(self, client: Any, path: str, data: bytes) -> None:
        client.put_object(Bucket=self._bucket, Key=self._prefix + path, Body=data)

    def _get(self, path: str) -> bytes:
        found = self._client.get_object(Bucket=self._bucket, Key=self._prefix + path)
        data: bytes = found["Body"].read()
        return data

    def _require_no_silence(self) -> None:
        if monotonic() < self._silent_until:
            raise self._away(_("it was silent a moment ago"))

    @contextmanager
    def _answering(self, pause: float = 0) -> Iterator[None]:
        """What the network, the server or the keys fail in is told as one error, with its kind.

        A silence is remembered for the pause, unless others were answered meanwhile.
        """
        began = monotonic()
        try:
            yield
        except (ConnectTimeoutError, ReadTimeoutError) as error:
            if self._answered < began:
                self._silent_until = max(self._silent_until, monotonic() + pause)
            raise self._away(_reason(error)) from error
        except (BotoCoreError, ClientError) as error:
            raise self._away(_reason(error)) from error
        self._answered, self._silent_until = monotonic(), 0.0

    def _away(self, reason: str) -> UnavailableError:
        _log.info("the bucket %s does not answer: %s", self._bucket, reason)
        message = _(
            "The bucket of stored files does not answer (%(reason)s). Try again in a few "
            "minutes; if that does not help, tell the administrator."
        )
        return UnavailableError(message % {"reason": reason}, code="files-unavailable")


def _tried(act: Callable[[], Made]) -> Made:
    """What the act gives, at the second try where the first broke off quickly."""
    began = monotonic()
    try:
        return act()
    except (BotoCoreError, ClientError) as error:
        if monotonic() - began > _QUICK or not _passing(error):
            raise
    return act()


def _passing(error: BotoCoreError | ClientError) -> bool:
    """Whether another try may end otherwise: no refusal, but a fault of the way or the server."""
    if isinstance(error, ClientError):
        status: int = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        return status >= 500
    return True


def _reason(error: BotoCoreError | ClientError) -> str:
    """The code that the server gives, or what kind of silence it was."""
    if isinstance(error, ClientError):
        return str(error.response.get("Error", {}).get("Code", "Unknown"))
    return type(error).__name__


def _clients(*patiences: Patience) -> list[Any]:
    """A client for all threads with each patience; InputError where the variables do not fit."""
    try:
        session = boto3.session.Session()
        return [session.client("s3", config=_config(patience)) for patience in patiences]
    except (BotoCoreError, ValueError) as error:
        message = _("The AWS_* variables do not fit: %(reason)s") % {"reason": error}
        raise InputError(message, code="bad-setting") from error


def _config(patience: Patience) -> Config:
    """The newer checksums of S3 are left out: many servers that speak S3 refuse them.

    Without them the signature covers the SHA-256 of what is sent, and every server proves it.
    """
    return Config(
        connect_timeout=patience.connect,
        read_timeout=patience.answer,
        retries={"mode": "standard", "total_max_attempts": 1},
        tcp_keepalive=True,
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
