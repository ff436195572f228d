from __future__ import annotations

from dataclasses import replace

import pytest

from docgen.models import Profile
from docgen.models.submissions import Batch
from docgen.regions import Regions
from docgen.reports import compute_stage
from docgen.reports.letters import letter_contexts
from docgen.services.documents import Documents
from tests.reports import small


def profile(regions: Regions) -> Profile:
    return regions["smolensk"].profile


def test_a_letter_names_exactly_what_a_municipality_owes(documents: Documents) -> None:
    computed = compute_stage(small.order(), [small.LAYOUT], small.YEARS, small.STAGE, small.batch())
    letters = dict(letter_contexts(computed.report, profile(documents.regions), None))
    owed = {
        name: [
            (section["title"], row["item"])
            for section in letter["sections"]
            for row in section["rows"]
        ]
        for name, letter in letters.items()
    }
    assert owed == {
        "Центр": [("B2", "2"), ("B2", "4"), ("B2", "6")],
        "Юг": [("C1", "1"), ("C1", "2"), ("C1", "6")],
    }
    south = letters["Юг"]["sections"][0]["rows"]
    assert [row["state"] for row in south] == [
        "представить сведения",
        "завершить (выполнено частично, просрочено на 122 дня)",
        "представить сведения",
    ]


@pytest.mark.parametrize(
    ("coordinator", "addressed"),
    [("Борисова Е.В.", "Борисовой\u00a0Е.В."), ("Святченко И.В.", "Святченко\u00a0И.В.")],
)
def test_a_letter_addresses_the_coordinator_in_the_dative(
    documents: Documents, coordinator: str, addressed: str
) -> None:
    batch = small.batch()
    roster = tuple(replace(entry, coordinator=coordinator) for entry in batch.roster)
    batch = replace(batch, roster=roster)
    computed = compute_stage(small.order(), [small.LAYOUT], small.YEARS, small.STAGE, batch)
    _name, letter = next(letter_contexts(computed.report, profile(documents.regions), None))
    assert letter["addressee"][-1] == addressed


def test_who_owes_nothing_gets_no_letter(documents: Documents) -> None:
    everything = compute_stage(
        small.order(), [small.LAYOUT], small.YEARS, small.STAGE, Batch((), ())
    )
    assert list(letter_contexts(everything.report, profile(documents.regions), None)) == []
