"""Contents kept by their hash in a bucket that speaks S3: one place for many machines.

Where the server stands and the keys to it are the variables of every S3 client: AWS_ENDPOINT_URL,
AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_DEFAULT_REGION.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from docgen.errors import InputError, UnavailableError
from docgen.i18n import _
from docgen.store.files import lost, place, proved

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds until a server counts as silent, and how often it is asked in all.

    A second try mends a connection that broke; jobs, and people, have tries of their own.
    """

    connect: float = 3
    answer: float = 10
    tries: int = 2


_GLANCE = Patience(connect=2, answer=3, tries=1)


class Bucket:
    """Contents by their SHA-256 in a bucket, under the paths they would have in a folder."""

    def __init__(self, address: str, patience: Patience = Patience()) -> None:
        """At `s3://bucket/prefix`; nothing is asked of the server yet."""
        self._bucket, _slash, folder = address.removeprefix("s3://").partition("/")
        self._prefix = f"{folder.strip('/')}/".lstrip("/")
        self._client, self._glancing = _clients(patience, _GLANCE)

    def put(self, data: bytes) -> str:
        """The hash under which the server has the content; the server proves it on arrival.

        It is written each time: looking first costs as much, and proves less.
        """
        name = sha256(data).hexdigest()
        with self._answering():
            self._client.put_object(Bucket=self._bucket, Key=self._prefix + place(name), Body=data)
        return name

    def read(self, name: str) -> bytes:
        """The content, proved by its hash; NotFoundError where it is absent or was damaged."""
        key = self._prefix + place(name)
        with self._answering():
            try:
                data = self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
            except self._client.exceptions.NoSuchKey as error:
                raise lost(name, "file-missing") from error
        return proved(name, data)

    def require_reachable(self) -> None:
        """UnavailableError where the bucket does not answer within seconds."""
        with self._answering():
            self._glancing.head_bucket(Bucket=self._bucket)

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """What the network, the server or the keys fail in is told as one error, with its kind."""
        try:
            yield
        except (BotoCoreError, ClientError) as error:
            reason = _reason(error)
            _log.info("the bucket %s does not answer: %s", self._bucket, reason)
            message = _(
                "The bucket of stored files does not answer (%(reason)s). Try again in a few "
                "minutes; if that does not help, tell the administrator."
            )
            raise UnavailableError(
                message % {"reason": reason}, code="files-unavailable"
            ) from error


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
        retries={"mode": "standard", "total_max_attempts": patience.tries},
        tcp_keepalive=True,
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
