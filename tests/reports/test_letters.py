from __future__ import annotations

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
        "выполнить (выполнено частично, просрочено на 122 дня)",
        "представить сведения",
    ]


def test_who_owes_nothing_gets_no_letter(documents: Documents) -> None:
    everything = compute_stage(
        small.order(), [small.LAYOUT], small.YEARS, small.STAGE, Batch((), ())
    )
    assert list(letter_contexts(everything.report, profile(documents.regions), None)) == []
