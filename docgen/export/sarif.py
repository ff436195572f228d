"""Findings as SARIF 2.1.0, the format that code hosts and editors show beside a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from docgen.models import Finding, Severity

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LineOf = Callable[[str, str], int]
"""The line of a path in a file, 0 where the file has no lines or they are not known."""

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


def sarif_log(
    found: Mapping[str, Sequence[Finding]],
    rules: Mapping[str, tuple[Severity, str]],
    line_of: LineOf,
) -> dict[str, Any]:
    """One run with the findings of every file; `rules` gives each code its severity and title.

    A finding is placed by its file and line and, as a logical location, by its path and its place.
    One that was acknowledged is suppressed in its source.
    """
    results = [
        _result(file, finding, line_of(file, finding.path))
        for file, findings in found.items()
        for finding in findings
    ]
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "docgen",
                        "rules": [_rule(code, *rule) for code, rule in rules.items()],
                    }
                },
                "results": results,
            }
        ],
    }


def _rule(code: str, severity: Severity, title: str) -> dict[str, Any]:
    return {
        "id": code,
        "shortDescription": {"text": title},
        "defaultConfiguration": {"level": _LEVELS[severity]},
    }


def _result(file: str, finding: Finding, line: int) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(PurePath(file).as_posix())}}
    if line:
        place["region"] = {"startLine": line}
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": _text(finding)},
        "locations": [
            {
                "physicalLocation": place,
                "logicalLocations": [{"name": finding.place, "fullyQualifiedName": finding.path}],
            }
        ],
    }
    if finding.acknowledged:
        result["suppressions"] = [{"kind": "inSource"}]
    return result


def _text(finding: Finding) -> str:
    text = f"{finding.place}: {finding.message}" if finding.place else finding.message
    return f"{text} → {finding.suggestion}" if finding.suggestion else text
