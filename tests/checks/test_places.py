import pytest

from docgen.checks.dossier import Dossier
from docgen.checks.places import place_of, reading_order
from docgen.i18n import speaking
from docgen.models.readings import Reading
from tests.checks.published import published
from tests.checks.sheets import order, region, row


def place(path, dossier=None):
    with speaking("en"):
        return place_of(path, dossier or Dossier(order(), region()))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("preamble", "preamble"),
        ("points[2]", "point 3"),
        ("points[2].points[0]", "point 3.1"),
        ("points[1].control.name", "point 2"),
        ("signatory.name", "signature"),
        ("annexes[0].title", "annex, its title"),
        ("annexes[0].stamp", "annex, its stamp"),
        (
            "annexes[0].sections[0].items[0].deadline",
            'annex, table 1, row 1, column "Сроки реализации"',
        ),
        ("annexes[0].sections[0].items[0]", "annex, table 1, row 1"),
        ("annexes[0].sections[0].title", "annex, table 1, heading of section 1"),
        ("layout.pages[0]", "page setup"),
        ("", "the whole order"),
    ],
)
def test_says_where_a_person_looks(path, expected):
    assert place(path) == expected


def test_speaks_as_clerks_do():
    path = "annexes[0].sections[0].items[0].deadline"
    dossier = Dossier(order(row("14")), region())
    assert place_of(path, dossier) == 'приложение, таблица 1, строка 14, столбец "Сроки реализации"'


def test_numbers_annexes_and_rows_as_printed():
    signed = published("kirov")
    dossier = Dossier(signed.order(signed.values), signed.region)
    path = "annexes[1].sections[3].items[2].executor"
    assert place(path, dossier) == 'annex 2, table 1, row 4.2, column "Исполнители"'


def test_names_the_section_where_each_counts_its_own_rows():
    signed = published("moscow_oblast")
    dossier = Dossier(signed.order(signed.values), signed.region)
    path = "annexes[0].sections[1].items[0].deadline"
    assert place(path, dossier) == 'annex, table 1, section 2, row 1, column "Срок реализации"'


def test_the_reader_knows_better_where_things_stand():
    places = {"annexes[0].sections[0].items[0]": "таблица 3, строка 2", "preamble": "абзац 4"}
    dossier = Dossier(order(), region(), Reading(order(), places=places))
    assert place("preamble", dossier) == "абзац 4"
    assert place("annexes[0].sections[0].items[0].deadline", dossier) == "таблица 3, строка 2"
    assert place("title", dossier) == "title of the order"


def test_paths_follow_each_other_as_on_paper():
    paths = [
        "title",
        "preamble",
        "points[2]",
        "points[10]",
        "signatory.name",
        "annexes[0].title",
        "annexes[0].sections[0].items[9].activity",
        "annexes[0].sections[0].items[9].deadline",
        "annexes[0].sections[0].items[10].activity",
        "annexes[1].title",
    ]
    backwards = list(reversed(paths))
    assert sorted(backwards, key=reading_order)[2:5] == [
        "points[2]",
        "points[10]",
        "signatory.name",
    ]
    rows = [path for path in paths if "items" in path]
    assert [path for path in sorted(backwards, key=reading_order) if path in rows] == rows
