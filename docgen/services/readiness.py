"""Whether the service can do its work now, part by part."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from docgen.errors import DocgenError, UnavailableError
from docgen.i18n import _
from docgen.services.jobs import Jobs
from docgen.store import schema
from docgen.store.database import Database
from docgen.store.files import Contents

_log = logging.getLogger(__name__)
FREE_MEGABYTES = 200


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the service: whether it is fine, and what is known of it."""

    name: str
    fine: bool
    state: str


class Readiness:
    """Looks at the parts; a canary not older than `canary_minutes` proves the conversion."""

    def __init__(
        self, database: Database, files: Contents, jobs: Jobs, home: Path, canary_minutes: int
    ) -> None:
        self._database = database
        self._files = files
        self._jobs = jobs
        self._home = home
        self._patience = timedelta(minutes=canary_minutes)

    def parts(self) -> list[Part]:
        """Every part, in the order in which faults should be mended."""
        return [self._tables(), self._stored(), self._disk(), *self._conversion()]

    def _tables(self) -> Part:
        try:
            schema.require_newest(self._database)
        except DocgenError as error:
            return Part("database", False, error.message)
        except Exception:  # whatever the driver raises, the database does not answer
            _log.warning("the database does not answer", exc_info=True)
            return Part("database", False, _("The database does not answer."))
        return Part("database", True, _("answers"))

    def _stored(self) -> Part:
        try:
            self._files.require_reachable()
        except UnavailableError as error:
            return Part("files", False, error.message)
        return Part("files", True, _("answers"))

    def _disk(self) -> Part:
        free = shutil.disk_usage(self._home).free // 2**20
        return Part("disk", free > FREE_MEGABYTES, _("%(free)d MB free") % {"free": free})

    def _conversion(self) -> Iterator[Part]:
        if not self._patience:
            return
        try:
            age = self._jobs.canary_age()
        except Exception:  # told of as the database's own part already
            age = None
        if age is None:
            yield Part("conversion", False, _("no test conversion has succeeded yet"))
            return
        minutes = {"minutes": int(age.total_seconds() // 60)}
        state = _("the last test conversion was %(minutes)d minutes ago") % minutes
        yield Part("conversion", age <= self._patience, state)
