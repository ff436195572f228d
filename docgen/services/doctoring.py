"""Templates examined, mended and explained: what they need and what is wrong with them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen.errors import InputError, TemplateError
from docgen.export.data import to_json, to_yaml
from docgen.i18n import _
from docgen.regions import Region, Regions
from docgen.render import compile_template, open_package
from docgen.render.doctor import diagnose, needs_of
from docgen.render.expected import Names
from docgen.render.faults import TemplateFault
from docgen.render.repair import repair
from docgen.render.shapes import values_of
from docgen.schemas.reading import TEXTS, read_bytes, require_ending
from docgen.services.template_kinds import (
    ANY_KIND,
    REQUIRED,
    STYLES,
    TEMPLATE_KINDS,
    kind_of,
    names_of,
)
from docgen.services.templates import Templates
from docgen.store.files import write_whole


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found in a template, taken for one of `kind`; what was mended in a copy of it."""

    faults: tuple[TemplateFault, ...]
    kind: str
    mended: tuple[TemplateFault, ...] = ()
    copy: Path | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing is left that spoils a document."""
        return all(fault.severity != "error" for fault in self.faults)


@dataclass(frozen=True, slots=True)
class ShippedTemplate:
    """A template in use: its file, kind and hash, the regions that use it, what fills it."""

    path: Path
    kind: str
    regions: tuple[str, ...]
    sha256: str
    engine: str


class TemplateDoctor:
    """The use cases of a clerk who changes a template."""

    def __init__(self, regions: Regions, templates: Templates) -> None:
        self._regions = regions
        self._templates = templates

    def check(self, path: Path, kind: str | None) -> Checkup:
        """Everything wrong with a template; without a kind it is told by the names it uses."""
        data = _read(path)
        kind = self._kind(data, kind)
        return Checkup(tuple(diagnose(data, self._names(kind))), kind)

    def fix(self, path: Path, kind: str | None, target: Path) -> Checkup:
        """A corrected copy at `target`; the faults are those that remain in it.

        No copy is made of a file too dangerous to open.
        """
        require_ending(target, (".docx",))
        data = _read(path)
        kind = self._kind(data, kind)
        repaired = repair(data, self._names(kind))
        if any(fault.code == "package-refused" for fault in repaired.remaining):
            return Checkup(repaired.remaining, kind)
        write_whole(target, repaired.data)
        return Checkup(repaired.remaining, kind, repaired.mended, target)

    def variables(self, path: Path) -> Any:
        """The values a template needs, nested, as plain data (`shapes.values_of`)."""
        return values_of(needs_of(_read(path)).shape())

    def write_example(self, path: Path, target: Path) -> None:
        """A data file, YAML or JSON by its ending, with made-up values for all a template needs."""
        values = needs_of(_read(path)).example()
        text = to_json(values) if require_ending(target, TEXTS) == ".json" else to_yaml(values)
        write_whole(target, text.encode())

    def shipped(self) -> list[ShippedTemplate]:
        """The templates of this installation, each once."""
        users: dict[tuple[Path, str], list[str]] = {}
        for kind in TEMPLATE_KINDS:
            for code, region in self._usable().items():
                path = self._templates.path(kind, region.profile)
                users.setdefault((path, kind), []).append(code)
        return [_described(path, kind, codes) for (path, kind), codes in users.items()]

    def _usable(self) -> dict[str, Region]:
        return self._regions.usable()[0]

    def _names(self, kind: str) -> Names | None:
        if kind == ANY_KIND:
            return None
        return Names(names_of(kind, self._usable().values()), REQUIRED[kind], STYLES)

    def _kind(self, data: bytes, kind: str | None) -> str:
        return kind or kind_of(data, names_of("order", self._usable().values()))


def _read(path: Path) -> bytes:
    """The file's bytes; InputError where it is no DOCX at all."""
    data = read_bytes(path)
    try:
        open_package(data)
    except TemplateError as error:
        if error.code == "not-docx":
            message = _("%(name)s is not a DOCX file.") % {"name": path.name}
            raise InputError(message, code="not-docx") from error
    return data


def _described(path: Path, kind: str, codes: list[str]) -> ShippedTemplate:
    data = path.read_bytes()
    result = compile_template(data, trusted=True).render_result(needs_of(data).example())
    return ShippedTemplate(
        path, kind, tuple(codes), hashlib.sha256(data).hexdigest(), result.engine
    )
