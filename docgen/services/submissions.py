"""What is sent to a stage: kept with its history, acknowledged, confirmed by files, returned.

Everything is read and checked before the transaction that writes, which is short: on SQLite
writers wait for each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from docgen.errors import ConflictError, DocgenError, InputError
from docgen.i18n import _
from docgen.importers.evidence import accept_upload
from docgen.models.accounts import Scope
from docgen.models.monitoring import (
    NO_DATA,
    Answer,
    Evidence,
    Key,
    MonitoringStage,
    Receipt,
    Said,
    Saved,
    Values,
)
from docgen.services.intake import Intake, Row, digest
from docgen.services.questionnaires import Questionnaires
from docgen.store import answers as requests
from docgen.store import audit, holdings
from docgen.store import monitoring as store
from docgen.store import submissions as sent
from docgen.store.database import Connection, Database
from docgen.store.files import Contents
from docgen.store.tables import now

MOST_FILES = 20
"""How many files may confirm one answer."""


class Submissions:
    """The use cases of answers, receipts and evidence."""

    def __init__(
        self,
        database: Database,
        files: Contents,
        asked: Questionnaires,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._database = database
        self._files = files
        self._asked = asked
        self._clock = clock

    def submit(self, scope: Scope, stage_id: int, rows: Sequence[Row], key: str = "") -> Receipt:
        """What the rows say is kept and acknowledged with a receipt.

        The same request with the same `key` is given the same receipt; another one under that key
        is a ConflictError, as is a closed stage (`stage-closed`). InputError names every fault.
        """
        body = digest(stage_id, rows)
        said = self._read(scope, stage_id, rows, key, body)
        return self._send(scope, stage_id, said, key, body)

    def submit_file(self, scope: Scope, stage_id: int, name: str, data: bytes) -> Receipt:
        """What a filled form (XLSX) says is kept and acknowledged with a receipt."""
        with self._database.read() as connection:
            said = self._intake(connection, scope, stage_id).read_workbook(data, name)
        if not said:
            message = _("%(name)s: no row is filled in.") % {"name": name}
            raise InputError(message, code="nothing-filled-in")
        return self._send(scope, stage_id, said, "", "")

    def save(self, scope: Scope, stage_id: int, rows: Sequence[Row], key: str = "") -> Saved:
        """What the rows say is kept, without a receipt; otherwise as `submit`."""
        body = digest(stage_id, ["saved", *rows])
        said = self._read(scope, stage_id, rows, key, body)
        with self._database.begin() as connection:
            given = self._hold(connection, scope, stage_id, key, body)
            if given is not None:
                return _saved(given)
            at = self._clock()
            _ids, changed = self._keep(connection, scope, stage_id, said, at, _differs)
            sent.add_history(connection, scope, changed, None, at)
            saved = Saved(at, len(said), len(changed))
            remembered = {"at": at.isoformat(), "rows": saved.rows, "changed": saved.changed}
            requests.remember_answer(connection, scope, key, body, remembered)
            return saved

    def _read(
        self, scope: Scope, stage_id: int, rows: Sequence[Row], key: str, body: str
    ) -> dict[Key, Values]:
        """What the rows say; nothing for a request that was answered while they still were right.

        The transaction that follows finds that answer.
        """
        try:
            posed = self._asked.lately(self._database, scope, stage_id)
            return Intake(scope, posed.asked, posed.people).read(rows)
        except DocgenError:
            with self._database.read() as connection:
                if requests.given_answer(connection, scope, key, body) is not None:
                    return {}
                return self._intake(connection, scope, stage_id).read(rows)

    def _intake(self, connection: Connection, scope: Scope, stage_id: int) -> Intake:
        posed = self._asked.at(connection, scope, stage_id)
        return Intake(scope, posed.asked, posed.people)

    def _send(
        self, scope: Scope, stage_id: int, said: Mapping[Key, Values], key: str, body: str
    ) -> Receipt:
        with self._database.begin() as connection:
            given = self._hold(connection, scope, stage_id, key, body)
            if given is not None:
                return sent.receipt(connection, scope, given["receipt"])
            at = self._clock()
            ids, changed = self._keep(connection, scope, stage_id, said, at, _mends)
            homes = {entry.municipality_id for entry in said}
            home = homes.pop() if len(homes) == 1 else scope.municipality_id
            receipt_id, ordinal = sent.add_receipt(connection, scope, stage_id, home, len(ids), at)
            sent.add_history(connection, scope, changed, receipt_id, at)
            sent.cover_history(connection, receipt_id, ids)
            requests.remember_answer(connection, scope, key, body, {"receipt": receipt_id})
            audit.record(
                connection,
                scope,
                "submission.sent",
                f"stage:{stage_id}",
                receipt=ordinal,
                rows=len(ids),
                changed=len(changed),
            )
            return sent.receipt(connection, scope, receipt_id)

    def _hold(
        self, connection: Connection, scope: Scope, stage_id: int, key: str, body: str
    ) -> Mapping[str, Any] | None:
        """The answer given before; else the stage is held for this transaction, and open."""
        stage = store.held_stage(connection, scope, stage_id)
        given = requests.given_answer(connection, scope, key, body)
        if given is None:
            self._require_open(stage)
        return given

    def _require_open(self, stage: MonitoringStage) -> None:
        if not stage.is_open(self._clock()):
            message = _("The stage is closed: it takes no more answers.")
            raise ConflictError(message, code="stage-closed")

    def _keep(
        self,
        connection: Connection,
        scope: Scope,
        stage_id: int,
        said: Mapping[Key, Values],
        at: datetime,
        is_new: Callable[[Answer, Values], bool],
    ) -> tuple[list[int], list[tuple[int, int, Values]]]:
        """The ids of all answers, and of those that say something new: id, version and values."""
        known = sent.answers_to(connection, stage_id, list(said))
        fresh = {
            key: values
            for key, values in said.items()
            if key not in known and values.status != NO_DATA
        }
        made = sent.add_answers(connection, scope, stage_id, fresh, at)
        changed = [(key, 1, values) for key, values in zip(made, fresh.values(), strict=True)]
        for key, before in known.items():
            if is_new(before, said[key]):
                sent.change_answer(connection, scope, before, said[key], at)
                changed.append((before.id, before.version + 1, said[key]))
        return [*made, *(answer.id for answer in known.values())], changed

    def answers(
        self,
        scope: Scope,
        stage_id: int,
        *,
        municipality_id: int | None = None,
        item: str | None = None,
        status: str | None = None,
    ) -> list[Answer]:
        """What is said at the stage."""
        with self._database.read() as connection:
            store.stage(connection, scope, stage_id)
            return sent.answer_list(
                connection,
                scope,
                stage_id,
                municipality_id=municipality_id,
                item=item,
                status=status,
            )

    def history(self, scope: Scope, answer_id: int) -> list[Said]:
        """Everything that was said in an answer, the newest first."""
        with self._database.read() as connection:
            return sent.history_of(connection, scope, answer_id)

    def return_row(self, scope: Scope, answer_id: int, comment: str) -> Answer:
        """The answer is returned to its coordinator, who sees the comment until it is sent anew."""
        comment = comment.strip()
        if not comment:
            message = _("Say what has to be mended.")
            raise InputError(message, code="comment-missing")
        with self._database.begin() as connection:
            answer = sent.answer(connection, scope, answer_id)
            self._require_open(store.stage(connection, scope, answer.stage_id))
            sent.return_answer(connection, answer_id, comment)
            audit.record(connection, scope, "answer.returned", f"answer:{answer_id}")
        return replace(answer, returned=comment)

    def receipts(self, scope: Scope, stage_id: int) -> list[Receipt]:
        """The receipts of the stage, the newest first."""
        with self._database.read() as connection:
            store.stage(connection, scope, stage_id)
            return sent.receipt_list(connection, scope, stage_id)

    def receipt(
        self, scope: Scope, receipt_id: int
    ) -> tuple[Receipt, list[tuple[str, str, Mapping[str, Any]]]]:
        """A receipt, and what it is for: school, item and values."""
        with self._database.read() as connection:
            return sent.receipt(connection, scope, receipt_id), sent.covered(connection, receipt_id)

    def attach(self, scope: Scope, stage_id: int, row: Row, name: str, data: bytes) -> Evidence:
        """The file confirms what is said of the row's item; InputError where it cannot be kept."""
        upload = accept_upload(name, data)
        with self._database.read() as connection:
            key = self._intake(connection, scope, stage_id).question(row)
        content = self._files.put(data)
        with self._database.begin() as connection:
            self._require_open(store.held_stage(connection, scope, stage_id))
            others = sent.evidence_list(connection, scope, stage_id, key.municipality_id)
            same = [file for file in others if file.key == key]
            for file in same:
                if file.hash == content:
                    return file
            if len(same) >= MOST_FILES:
                message = _("An answer may be confirmed by %(count)d files at most.")
                raise InputError(message % {"count": MOST_FILES}, code="too-many-files")
            holdings.hold(connection, content, len(data), upload.media_type)
            kept = sent.add_evidence(connection, scope, stage_id, key, upload.name, content)
            audit.record(connection, scope, "evidence.attached", f"evidence:{kept.id}")
            return kept

    def evidence(self, scope: Scope, evidence_id: int) -> tuple[Evidence, bytes]:
        """A file and its content."""
        with self._database.read() as connection:
            found = sent.evidence_file(connection, scope, evidence_id)
        return found, self._files.read(found.hash)

    def detach(self, scope: Scope, evidence_id: int) -> Evidence:
        """The file confirms nothing any more."""
        with self._database.begin() as connection:
            found = sent.evidence_file(connection, scope, evidence_id)
            self._require_open(store.held_stage(connection, scope, found.stage_id))
            sent.remove_evidence(connection, evidence_id)
            audit.record(connection, scope, "evidence.removed", f"evidence:{evidence_id}")
            return found


def _differs(before: Answer, values: Values) -> bool:
    return before.values != values


def _mends(before: Answer, values: Values) -> bool:
    return before.returned is not None or before.values != values


def _saved(given: Mapping[str, Any]) -> Saved:
    return Saved(datetime.fromisoformat(given["at"]), given["rows"], given["changed"])
