"""Templates and profiles that administrators brought: checked, kept in versions, put into use.

What is in use stands in the database; every process looks there at most once a second, so that a
change needs no restart. The files are unpacked into `home/library`, where rendering reads them.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Literal

from docgen.errors import ConflictError, InputError, NotFoundError, Problem, TemplateError
from docgen.i18n import _
from docgen.models.accounts import Scope
from docgen.models.editions import Edition
from docgen.regions import Regions
from docgen.render.faults import TemplateFault
from docgen.services.doctoring import TemplateDoctor
from docgen.services.jobs import SERVICE
from docgen.services.kinds import MEDIA_TYPES
from docgen.services.template_kinds import TEMPLATE_KINDS
from docgen.store import audit, editions, holdings
from docgen.store.database import Database
from docgen.store.files import Contents, write_whole

_log = logging.getLogger(__name__)
_FRESH_SECONDS = 1.0
_NAME = re.compile(r"[a-z][a-z0-9_]{0,60}\.docx")
_LARGEST_PROFILE = 1024 * 1024
What = Literal["template", "profile"]
_VERSION = {"template": editions.template, "profile": editions.profile}
_USED = {"template": "template.used", "profile": "profile.used"}
_DROPPED = {"template": "template.dropped", "profile": "profile.dropped"}


class Shelf:
    """What is in use now, as files; asked at every rendering, it must be quick and never fail."""

    def __init__(self, database: Database, files: Contents, folder: Path) -> None:
        self._database = database
        self._files = files
        self._folder = folder
        self._active: Mapping[tuple[str | None, str], str | int] = {}
        self._until = 0.0

    def template(self, region: str, name: str) -> Path | None:
        """The uploaded template that the region uses in place of `name`.

        Its own stands in for a file in a folder of the region too; one for all regions does not.
        """
        active = self._now()
        content = active.get((region, Path(name).name)) or active.get((None, name))
        if not isinstance(content, str):
            return None
        path = self._folder / content[:16] / Path(name).name
        if not path.exists():
            write_whole(path, self._files.read(content))
        return path

    def profile(self, region: str) -> Path | None:
        """The edited profile of the region."""
        number = self._now().get((region, ""))
        if not isinstance(number, int):
            return None
        path = self._folder / f"profile-{number}" / f"{region}.yaml"
        if not path.exists():
            with self._database.read() as connection:
                text = editions.profile(connection, SERVICE, number)[1]
            write_whole(path, text.encode())
        return path

    def look_again(self) -> None:
        """The next question looks into the database."""
        self._until = 0.0

    def _now(self) -> Mapping[tuple[str | None, str], str | int]:
        if time.monotonic() >= self._until:
            self._until = time.monotonic() + _FRESH_SECONDS
            try:
                with self._database.read() as connection:
                    self._active = editions.active(connection, SERVICE)
            except Exception:  # while the database is away, what was in use stays in use
                _log.warning("the library could not be looked up", exc_info=True)
        return self._active


class Library:
    """The use cases of those who edit templates and profiles."""

    def __init__(
        self,
        database: Database,
        files: Contents,
        shelf: Shelf,
        regions: Regions,
        doctor: TemplateDoctor,
        folder: Path,
    ) -> None:
        self._database = database
        self._files = files
        self._shelf = shelf
        self._regions = regions
        self._doctor = doctor
        self._folder = folder

    def templates(self, scope: Scope) -> list[Edition]:
        """All versions of templates in view, the newest first."""
        with self._database.read() as connection:
            return editions.templates(connection, scope)

    def profiles(self, scope: Scope) -> list[Edition]:
        """All versions of profiles in view, the newest first."""
        with self._database.read() as connection:
            return editions.profiles(connection, scope)

    def add_template(
        self,
        scope: Scope,
        region: str | None,
        name: str,
        data: bytes,
        reason: str = "",
        *,
        called: str = "",
    ) -> tuple[Edition, tuple[TemplateFault, ...]]:
        """A version of the template `name`, and what the doctor says of it.

        TemplateError where a fault would spoil a document: nothing is kept then. A faultless one
        is not in use until `use`. `called` is the name that the author knows the file by.
        """
        region = _own(scope, region)
        if region is not None:
            self._regions.find(region)
        if not _NAME.fullmatch(name):
            message = _("Name the template as its file is named, such as order.docx.")
            raise InputError(message, (Problem("name", message),))
        faults = self._examined(name, data, called or name)
        content = self._files.put(data)
        with self._database.begin() as connection:
            holdings.hold(connection, content, len(data), MEDIA_TYPES["docx"])
            made = editions.add_template(connection, scope, region, name, content, reason)
            audit.record(connection, scope, "template.added", f"template:{made.id}", name=name)
        return made, faults

    def _examined(self, name: str, data: bytes, called: str) -> tuple[TemplateFault, ...]:
        path = self._aside(data) / name
        write_whole(path, data)
        try:
            checkup = self._doctor.check(path, path.stem if path.stem in TEMPLATE_KINDS else None)
        except InputError as error:
            message = _("%(name)s is not a DOCX file.") % {"name": called}
            raise InputError(message, code="not-docx") from error
        if not checkup.sound:
            message = _("The template would spoil documents; it was not kept.")
            raise TemplateError(message, tuple(map(_problem, checkup.faults)))
        return checkup.faults

    def _aside(self, data: bytes) -> Path:
        """A folder for what is only looked at."""
        return self._folder / "examined" / sha256(data).hexdigest()[:16]

    def template(self, scope: Scope, number: int) -> tuple[Edition, bytes]:
        """A version of a template and its content."""
        with self._database.read() as connection:
            edition, content = editions.template(connection, scope, number)
        return edition, self._files.read(content)

    def profile_text(self, scope: Scope, region: str) -> str:
        """The profile in use, as YAML."""
        code = self._regions.find(_own(scope, region)).code
        return self._regions.profile_file(code).read_text("utf-8")

    def profile(self, scope: Scope, number: int) -> tuple[Edition, str]:
        """A version of a profile and its text."""
        with self._database.read() as connection:
            return editions.profile(connection, scope, number)

    def add_profile(self, scope: Scope, region: str, text: str, reason: str = "") -> Edition:
        """A version of the region's profile, in use at once.

        RegionError names every fault with its line: nothing is kept then. ConflictError where the
        text is the one in use.
        """
        code = self._regions.find(_own(scope, region)).code
        data = text.replace("\r\n", "\n").encode()
        if len(data) > _LARGEST_PROFILE:
            raise InputError(_("A profile is no longer than a megabyte."), code="file-too-large")
        if self.profile_text(scope, code).encode() == data:
            raise ConflictError(_("This is the profile in use."), code="nothing-changed")
        aside = self._aside(data) / f"{code}.yaml"
        write_whole(aside, data)
        self._regions.with_profile(code, aside)
        with self._database.begin() as connection:
            made = editions.add_profile(connection, scope, code, data.decode(), reason)
            editions.use(connection, scope, made, of_template=False)
            audit.record(connection, scope, "profile.changed", f"profile:{made.id}")
        self._shelf.look_again()
        return made

    def use(self, scope: Scope, what: What, number: int) -> Edition:
        """This version of a template or profile is used from now on."""
        return self._changed(scope, what, number, editions.use, _USED[what])

    def drop(self, scope: Scope, what: What, number: int) -> Edition:
        """The one shipped with docgen is used again in place of this version."""
        return self._changed(scope, what, number, editions.put_by, _DROPPED[what])

    def _changed(
        self, scope: Scope, what: What, number: int, change: Callable[..., None], action: str
    ) -> Edition:
        with self._database.begin() as connection:
            edition, _content = _VERSION[what](connection, scope, number)
            change(connection, scope, edition, of_template=what == "template")
            audit.record(connection, scope, action, f"{what}:{number}")
        self._shelf.look_again()
        return edition


def _own(scope: Scope, region: str | None) -> str | None:
    """The region asked for; an administrator of one region edits that one."""
    if scope.region is not None and region not in (None, scope.region):
        raise NotFoundError(_("There is no such region here."))
    return scope.region or region


def _problem(fault: TemplateFault) -> Problem:
    return Problem("file", fault.message, fault.code, fault.place)
