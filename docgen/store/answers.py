"""The answers to requests with an Idempotency-Key, given again to the same request."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from docgen.errors import ConflictError
from docgen.i18n import _
from docgen.models.accounts import Scope
from docgen.store.tables import answers

_GIVEN = select(answers.c.body_hash, answers.c.body).where(
    answers.c.account_id == bindparam("account"), answers.c.key == bindparam("asked")
)
_REMEMBER = insert(answers)


def given_answer(
    connection: Connection, scope: Scope, key: str, body_hash: str
) -> Mapping[str, Any] | None:
    """What the same request was answered; ConflictError where the key stood for another one."""
    if not key or scope.account_id is None:
        return None
    found = connection.execute(_GIVEN, {"account": scope.account_id, "asked": key}).one_or_none()
    if found is None:
        return None
    if found.body_hash != body_hash:
        message = _("The key of this request was already used for another one.")
        raise ConflictError(message, code="key-reused")
    body: Mapping[str, Any] = found.body
    return body


def remember_answer(
    connection: Connection, scope: Scope, key: str, body_hash: str, body: Mapping[str, Any]
) -> None:
    """The answer is kept in the transaction that did what was asked."""
    if key and scope.account_id is not None:
        connection.execute(
            _REMEMBER,
            {
                "account_id": scope.account_id,
                "key": key,
                "body_hash": body_hash,
                "status": 200,
                "body": body,
            },
        )


def forget_answers(connection: Connection, before: datetime) -> int:
    """Answers given before that moment are forgotten; how many they were."""
    return connection.execute(delete(answers).where(answers.c.created_at < before)).rowcount
