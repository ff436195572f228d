"""The mistakes that five orders were signed with, and the same orders without them."""

import pytest

from docgen.checks import check_order
from tests.checks.measure import table
from tests.checks.published import PUBLISHED, ROOT, published

MISSED = {
    ("smolensk", "ocr-suspect", "annexes[0].sections[2].items[6].activity"),
    ("yugra", "ocr-suspect", "annexes[0].sections[0].items[4].venue"),
    ("yugra", "repeated-phrase", "annexes[0].sections[0].items[5].tasks"),
}
MISTAKES = [(code, mistake) for code in PUBLISHED for mistake in published(code).mistakes]


@pytest.mark.parametrize(
    ("region", "mistake"), MISTAKES, ids=[f"{r}-{m['code']}-{m['path']}" for r, m in MISTAKES]
)
def test_finds_the_mistakes_of_the_published_orders(region, mistake):
    found = {(finding.code, finding.path) for finding in published(region).findings()}
    known_miss = (region, mistake["code"], mistake["path"]) in MISSED
    assert ((mistake["code"], mistake["path"]) in found) is not known_miss


@pytest.mark.parametrize("region", PUBLISHED)
def test_finds_nothing_else_in_them(region):
    mistakes = {(mistake["code"], mistake["path"]) for mistake in published(region).mistakes}
    assert {(finding.code, finding.path) for finding in published(region).findings()} <= mistakes


@pytest.mark.parametrize("region", PUBLISHED)
def test_finds_nothing_in_their_corrected_copies(region):
    assert check_order(published(region).corrected(), published(region).region) == []


@pytest.mark.parametrize("region", PUBLISHED)
def test_the_errors_the_examples_were_signed_with_are_acknowledged(region):
    stamps = ("stamp-mismatch",)  # a data file prints its own stamps
    errors = [f for f in published(region).findings() if f.severity == "error"]
    assert all(f.acknowledged for f in errors if f.code not in stamps)


def test_the_measure_stands_in_the_docs():
    assert table() in (ROOT / "docs" / "findings.md").read_text("utf-8")
