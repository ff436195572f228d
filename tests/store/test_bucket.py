"""What a bucket does that a folder does not: it may be absent, silent, refuse, or break off."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from docgen.errors import InputError, NotFoundError, UnavailableError
from docgen.store.bucket import Bucket
from docgen.store.files import Contents
from tests.buckets import ACTS, S3, SHORT

pytestmark = pytest.mark.slow

each_act = pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)


def refusal(act: Callable[[Contents], object], bucket: Bucket) -> UnavailableError:
    with pytest.raises(UnavailableError) as caught:
        act(bucket)
    return caught.value


@each_act
def test_an_absent_bucket_is_no_absent_content(s3: S3, act: Callable[[Contents], object]) -> None:
    assert refusal(act, Bucket(s3.absent())).code == "files-unavailable"


@each_act
def test_a_server_that_is_gone_is_told_of(
    s3: S3, act: Callable[[Contents], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    assert "EndpointConnectionError" in refusal(act, Bucket("s3://docgen")).message


@each_act
def test_a_silent_server_is_given_up_within_seconds(
    s3: S3, act: Callable[[Contents], object]
) -> None:
    bucket = Bucket(s3.made(), SHORT)
    name = bucket.put(b"before")
    with s3.silent():
        start = time.monotonic()
        assert refusal(act, bucket).code == "files-unavailable"
        assert time.monotonic() - start < 6
    assert bucket.read(name) == b"before"


def test_what_was_put_without_an_answer_is_put_again(s3: S3) -> None:
    bucket = Bucket(s3.made(), SHORT)
    with s3.silent():
        assert refusal(ACTS["put"], bucket).code == "files-unavailable"
    assert bucket.read(bucket.put(b"order")) == b"order"


def test_a_silent_server_holds_one_request_for_seconds_and_the_next_ones_not_at_all(
    s3: S3,
) -> None:
    bucket = Bucket(s3.made())
    with s3.silent():
        start = time.monotonic()
        assert "ReadTimeoutError" in refusal(ACTS["put"], bucket).message
        assert time.monotonic() - start < 7.5
        start = time.monotonic()
        for act in ("put", "read"):
            assert refusal(ACTS[act], bucket).code == "files-unavailable"
        assert time.monotonic() - start < 0.2
    bucket.require_reachable()
    assert bucket.read(bucket.put(b"order")) == b"order", "one that answers again is asked again"


def test_a_silence_is_forgotten_by_itself(s3: S3) -> None:
    bucket = Bucket(s3.made(), replace(SHORT, pause=0.3))
    with s3.silent():
        refusal(ACTS["put"], bucket)
    refusal(ACTS["put"], bucket)
    time.sleep(0.3)
    bucket.put(b"order")


def test_a_bucket_that_takes_nothing_is_not_reachable(scripted: Answers) -> None:
    content = b"<Error><Code>AccessDenied</Code></Error>"
    scripted += [(403, content, len(content))]
    assert "AccessDenied" in refusal(ACTS["reach"], Bucket("s3://docgen")).message


def test_a_bucket_that_keeps_what_it_took_is_reachable(scripted: Answers) -> None:
    content = b"<Error><Code>AccessDenied</Code></Error>"
    scripted += [(200, b"", 0), (403, content, len(content))]
    Bucket("s3://docgen").require_reachable()
    assert len(scripted) == 1, "it was asked to delete, and need not"


def test_writing_is_tried_once_a_minute(s3: S3, monkeypatch: pytest.MonkeyPatch) -> None:
    bucket, sent = Bucket(s3.made()), []
    events = bucket._glancing.meta.events
    events.register("before-send.s3", lambda request, **_: sent.append(request.method))
    bucket.require_reachable()
    bucket.require_reachable()
    assert sent == ["HEAD", "PUT", "DELETE", "HEAD"]
    later = time.monotonic() + 61
    monkeypatch.setattr("docgen.store.bucket.monotonic", lambda: later)
    bucket.require_reachable()
    assert sent[4:] == ["HEAD", "PUT", "DELETE"]


def test_prefixes_part_the_contents_of_one_bucket(s3: S3) -> None:
    address = s3.made()
    name = Bucket(f"{address}/one/").put(b"order")
    assert Bucket(f"{address}/one").read(name) == b"order"
    for other in (address, f"{address}/two"):
        with pytest.raises(NotFoundError):
            Bucket(other).read(name)


Answers = list[tuple[int, bytes, int]]


@pytest.fixture
def scripted(s3: S3, monkeypatch: pytest.MonkeyPatch) -> Iterator[Answers]:
    """The server of all buckets gives these answers, one to each request, the last one for ever.

    An answer is its status, its content, and the length that it claims.
    """
    answers: Answers = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, content, length = answers.pop(0) if len(answers) > 1 else answers[0]
            self.send_response(status)
            self.send_header("Content-Length", str(length))
            self.end_headers()
            self.wfile.write(content)

        do_PUT = do_DELETE = do_GET  # noqa: N815 - the names that the server looks for

        def do_HEAD(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_given: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
        yield answers
        server.shutdown()
        thread.join()


def test_a_passing_fault_of_the_server_is_not_seen(scripted: Answers) -> None:
    scripted += [(503, b"", 0), (200, b"", 0)]
    assert Bucket("s3://docgen").put(b"order") == sha256(b"order").hexdigest()
    assert len(scripted) == 1, "the second answer is the one that was taken"


def test_a_content_that_breaks_off_is_not_taken_for_whole(scripted: Answers) -> None:
    scripted += [(200, b"half", 8)]
    assert refusal(ACTS["read"], Bucket("s3://docgen", SHORT)).code == "files-unavailable"


@pytest.mark.parametrize("code", ["AccessDenied", "SlowDown", "SignatureDoesNotMatch"])
def test_the_reason_of_a_refusal_is_named(scripted: Answers, code: str) -> None:
    content = f"<Error><Code>{code}</Code><Message>secret</Message></Error>".encode()
    scripted += [(403, content, len(content))]
    message = refusal(ACTS["put"], Bucket("s3://docgen", SHORT)).message
    assert code in message
    assert "secret" not in message


def test_the_signature_covers_the_content_and_nothing_newer_is_asked(
    s3: S3, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "https://127.0.0.1:1")
    bucket, sent = Bucket("s3://docgen", SHORT), []
    bucket._client.meta.events.register("before-send.s3", lambda request, **_: sent.append(request))
    refusal(ACTS["put"], bucket)
    headers = {name.lower(): value for name, value in sent[0].headers.items()}
    assert headers["x-amz-content-sha256"].decode() == sha256(b"order").hexdigest()
    assert not [name for name in headers if "checksum" in name]


def test_an_address_of_a_server_that_is_none_is_refused(
    s3: S3, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "storage")
    with pytest.raises(InputError) as caught:
        Bucket("s3://docgen")
    assert caught.value.code == "bad-setting"
