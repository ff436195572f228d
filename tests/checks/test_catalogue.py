import re
from pathlib import Path

import pytest

from docgen.checks import CATALOGUE
from docgen.checks.catalogue import ACKNOWLEDGEMENT_UNUSED
from docgen.models.findings import CODES

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "findings.md").read_text("utf-8")
DOCUMENTED = dict(re.findall(r"^#### `([a-z-]+)` · (\w+)$", DOCS, re.MULTILINE))
ERRORS = {"stamp-mismatch", "impossible-date", "annex-missing", "leftover-tag", "value-lost"}


def test_every_code_is_documented_with_its_severity():
    severities = {code: check.severity for code, check in CATALOGUE.items()}
    assert {**severities, ACKNOWLEDGEMENT_UNUSED: "info"} == DOCUMENTED


@pytest.mark.parametrize("part", ["- Why: ", "- Seen: ", "- Mend: "])
def test_every_code_says_why_and_how(part):
    assert DOCS.count(part) == len(DOCUMENTED)


def test_only_what_no_one_may_sign_is_an_error():
    assert {code for code, check in CATALOGUE.items() if check.severity == "error"} == ERRORS


def test_profiles_may_grade_exactly_what_is_found():
    assert {*CATALOGUE, ACKNOWLEDGEMENT_UNUSED} == set(CODES)


def test_codes_are_kebab_case():
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in CATALOGUE)
