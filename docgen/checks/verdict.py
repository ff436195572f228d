"""Findings as the region grades them and the author signs for them, in the order of reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from docgen.checks.catalogue import ACKNOWLEDGEMENT_UNUSED, CATALOGUE
from docgen.checks.dossier import Dossier, Mistake
from docgen.checks.places import place_of, reading_order
from docgen.i18n import _
from docgen.models import Acknowledgement, Finding, Regrading, Severity


def verdict(dossier: Dossier) -> list[Finding]:
    """Every finding of every check on the order, sorted by path and then by code."""
    grades = {entry.code: entry for entry in dossier.region.profile.findings}
    found = [
        _finding(code, mistake, check.severity, grades, dossier)
        for code, check in CATALOGUE.items()
        if not _is_silent(code, grades)
        for mistake in check.find(dossier)
    ]
    entries = dossier.order.acknowledged
    if entries:
        found = [replace(f, acknowledged=True) if _is_covered(f, entries) else f for f in found]
        if not _is_silent(ACKNOWLEDGEMENT_UNUSED, grades):
            found += [
                _finding(ACKNOWLEDGEMENT_UNUSED, mistake, "info", grades, dossier)
                for mistake in _unused(entries, found)
            ]
    unique = dict.fromkeys(found)
    return sorted(unique, key=lambda finding: (reading_order(finding.path), finding.code))


def _is_silent(code: str, grades: Mapping[str, Regrading]) -> bool:
    return code in grades and grades[code].severity == "silent"


def _finding(
    code: str,
    mistake: Mistake,
    usual: Severity,
    grades: Mapping[str, Regrading],
    dossier: Dossier,
) -> Finding:
    grade = grades[code].severity if code in grades else None
    return Finding(
        code=code,
        severity=grade if grade and grade != "silent" else mistake.severity or usual,
        path=mistake.path,
        place=place_of(mistake.path, dossier),
        message=mistake.message,
        suggestion=mistake.suggestion,
    )


def _is_covered(finding: Finding, entries: Sequence[Acknowledgement]) -> bool:
    return any(entry.code == finding.code and covers(entry.path, finding.path) for entry in entries)


def covers(acknowledged: str, path: str) -> bool:
    """Whether a path is the acknowledged one or stands below it."""
    below = path.removeprefix(acknowledged)
    return path.startswith(acknowledged) and (not below or below[0] in ".[" or not acknowledged)


def _unused(entries: Sequence[Acknowledgement], found: Sequence[Finding]) -> Iterator[Mistake]:
    for index, entry in enumerate(entries):
        if not any(f.code == entry.code and covers(entry.path, f.path) for f in found):
            values = {"code": entry.code, "path": entry.path}
            yield Mistake(
                f"acknowledged[{index}]",
                _("nothing is found any more for “%(code)s” at %(path)s") % values,
                _("delete the entry"),
            )
