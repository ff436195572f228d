"""Passports of documents: made when a document is, compared when one comes back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal
from zipfile import BadZipFile

from docgen import __version__
from docgen.errors import InputError, TemplateError
from docgen.i18n import _
from docgen.models.passports import Ingredient, Passport
from docgen.ondemand import on_demand
from docgen.render.passport import read_passport, refuse_giants
from docgen.render.readback import document_text

if TYPE_CHECKING:
    import difflib

    from docgen.amendments import words
    from docgen.models import Profile
    from docgen.models.differences import Mark
    from docgen.regions import Region, Regions
    from docgen.services.templates import Templates
else:  # only a document that was edited needs them
    difflib, words = on_demand("difflib"), on_demand("docgen.amendments.words")

Verdict = Literal["untouched", "edited", "forged", "none"]
_MOST_LINES = 4000
"""Lines that are compared one with another; beyond, frequent ones are passed over."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A line of the text that was changed by hand: its words, marked."""

    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Something the document was made with, and whether this installation has the same."""

    kind: str
    made_with: Ingredient
    same: bool | None


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of a document since it was made.

    `forged` means that the passport's own data or text no longer has the hash it tells.
    """

    verdict: Verdict
    passport: Passport | None = None
    edits: tuple[Edited, ...] = ()
    comparisons: tuple[Comparison, ...] = ()


# --- made -----------------------------------------------------------------------------------


def make_passport(values: Any, text: str, region: Region | None, template: Path) -> Passport:
    """The passport of a document with this text, made of a data file's values.

    A document of no region in particular, such as a letter of a batch, names none.
    """
    made_with = Ingredient(template.name, sha256(template.read_bytes()))
    return passport_of(data_of(values), text, region, made_with)


def data_of(values: Any) -> str:
    """A data file's values as a passport holds them."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def passport_of(data: str, text: str, region: Region | None, template: Ingredient) -> Passport:
    """The same where data and template are known already."""
    code = region.code if region else ""
    return Passport(
        version=__version__,
        region=code,
        profile=Ingredient(code, _profile_hash(region) if region else ""),
        template=template,
        plugins=tuple(map(_plugin, region.plugins)) if region else (),
        data=data,
        data_sha256=sha256(data.encode()),
        text=text,
        text_sha256=sha256(text.encode()),
    )


def sha256(data: bytes) -> str:
    """The hash in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


_profile_hashes: dict[int, tuple[Profile, str]] = {}


def _profile_hash(region: Region) -> str:
    """The hash of what the profile says, whatever its comments and the order of its keys."""
    kept = _profile_hashes.get(id(region.profile))
    if kept is None or kept[0] is not region.profile:
        text = json.dumps(asdict(region.profile), sort_keys=True, default=str)
        kept = _profile_hashes[id(region.profile)] = region.profile, sha256(text.encode())
    return kept[1]


@cache
def _plugin(module: ModuleType) -> Ingredient:
    source = Path(module.__file__).read_bytes() if module.__file__ else b""
    return Ingredient(module.__name__, sha256(source))


# --- compared -------------------------------------------------------------------------------


def verify(docx: bytes, regions: Regions, templates: Templates) -> Verification:
    """Whether the document is as docgen made it, and what was edited since.

    Raises InputError for a file that is no DOCX.
    """
    text = _text(docx)
    passport = read_passport(docx)
    if passport is None:
        return Verification("none")
    comparisons = tuple(_comparisons(passport, regions, templates))
    if sha256(passport.data.encode()) != passport.data_sha256:
        return Verification("forged", passport, comparisons=comparisons)
    if sha256(passport.text.encode()) != passport.text_sha256:
        return Verification("forged", passport, comparisons=comparisons)
    edits = tuple(_edits(_lines(passport.text), _lines(text)))
    return Verification("edited" if edits else "untouched", passport, edits, comparisons)


def _text(docx: bytes) -> str:
    try:
        refuse_giants(docx)
        return document_text(docx)
    except (KeyError, ValueError, OSError, BadZipFile, TemplateError) as error:
        raise InputError(_("The file is not a DOCX document."), code="not-docx") from error


def _lines(text: str) -> list[str]:
    """The lines that say something; programs differ in empty ones and in spaces."""
    return [line for each in text.splitlines() if (line := " ".join(each.split()))]


def _edits(old: Sequence[str], new: Sequence[str]) -> Iterator[Edited]:
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    frequent = max(len(before), len(after)) > _MOST_LINES
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=frequent)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            yield Edited(words.marks("\n".join(before[i:j]), "\n".join(after[k:m])))


def _comparisons(
    passport: Passport, regions: Regions, templates: Templates
) -> Iterator[Comparison]:
    """What this installation has in place of each thing the document was made with."""
    yield Comparison(
        "program", Ingredient("docgen", passport.version), passport.version == __version__
    )
    region = regions.get(passport.region)
    own = _profile_hash(region) if region else None
    if passport.region:
        yield Comparison("profile", passport.profile, _same(own, passport.profile))
    profile = region.profile if region else None
    found = templates.named(passport.template.name, profile)
    kept = sha256(found.read_bytes()) if found else None
    yield Comparison("template", passport.template, _same(kept, passport.template))
    plugins = {plugin.name: plugin for plugin in map(_plugin, region.plugins)} if region else {}
    for plugin in passport.plugins:
        mine = plugins.get(plugin.name)
        yield Comparison("plugin", plugin, _same(mine.sha256 if mine else None, plugin))


def _same(mine: str | None, made_with: Ingredient) -> bool | None:
    """Whether they are equal; None where this installation has no such thing."""
    return None if mine is None else mine == made_with.sha256
