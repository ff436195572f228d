from __future__ import annotations

import copy
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from werkzeug.datastructures import MultiDict

from docgen.bootstrap import Service
from docgen.export.data import order_values
from docgen.models.accounts import Role, Scope
from docgen.models.paths import leaves, nested
from docgen.schemas.reading import Document
from docgen.services.documents import Documents
from docgen.services.starters import starter_order
from docgen.web.pages.editions import runs
from docgen.web.pages.order_form import values_of
from tests.conftest import REGIONS
from tests.services.conftest import example
from tests.web.conftest import AsRole

pytestmark = pytest.mark.slow


def begin(browser: Any, region: str = "smolensk", values: Any = None) -> int:
    answer = browser.post("/api/v1/documents", json={"values": values or example(region)})
    assert answer.status_code == 201, answer.text
    number: int = answer.json["id"]
    return number


def form_of(page: str) -> MultiDict[str, str]:
    """What a browser would send of a form."""
    (form,) = html.fromstring(page).xpath("//form[@id='order-form']")
    return MultiDict([(name, (value or "").lstrip("\n")) for name, value in form.form_values()])


@pytest.mark.parametrize("region", REGIONS)
def test_the_form_gives_back_the_order_it_shows(
    as_role: AsRole, documents: Documents, region: str
) -> None:
    clerk = as_role(Role.CLERK, region)
    number = begin(clerk, region)
    sent = form_of(clerk.get(f"/documents/{number}/edit").text)
    back = values_of(list(sent.items(multi=True)), example(region))
    expected = documents.order_from(Document(example(region)), "")
    assert documents.order_from(Document(back), "") == expected


@pytest.mark.parametrize("region", REGIONS)
def test_the_form_shows_the_headings_of_the_region(as_role: AsRole, region: str) -> None:
    clerk = as_role(Role.CLERK, region)
    page = html.fromstring(clerk.get(f"/documents/{begin(clerk, region)}/edit").text)
    profile = clerk.application.extensions["docgen"].registry.region(region).profile
    for table in page.xpath("//table[contains(@class, 'sheet')]"):
        layout = profile.layouts[table.get("data-layout")]
        shown = [cell.text_content() for cell in table.xpath("thead//th")]
        assert shown == [column.heading for column in layout.columns]


def test_every_field_has_a_name_that_is_heard(as_role: AsRole) -> None:
    clerk = as_role(Role.CLERK, "kirov")
    page = html.fromstring(clerk.get(f"/documents/{begin(clerk, 'kirov')}/edit").text)
    ids = [field.get("id") for field in page.xpath("//*[@id]")]
    for field in page.xpath(
        "//form//*[self::textarea or self::select or self::input[not(@type='hidden')]]"
    ):
        labelled = page.xpath(f"//label[@for='{field.get('id')}']") or field.xpath(
            "ancestor::label"
        )
        assert labelled or field.get("aria-label"), html.tostring(field)
    outside = [name for name in ids if not name.startswith("x")]
    assert len(outside) == len(set(outside))


def test_a_stale_form_is_shown_again_with_both_sides(as_role: AsRole) -> None:
    clerk = as_role(Role.CLERK)
    number = begin(clerk)
    sent = form_of(clerk.get(f"/documents/{number}/edit").text)
    first = clerk.post(f"/documents/{number}/edit", data={**sent.to_dict(), "title": "Чужой"})
    assert first.status_code == 302
    stale = {**sent.to_dict(), "title": "Мой"}
    refused = clerk.post(f"/documents/{number}/edit", data=stale)
    assert refused.status_code == 412
    assert "Чужой" in refused.text
    assert ">Мой</textarea>" in refused.text
    clerk.post(f"/documents/{number}/edit", data={**stale, "over": "theirs"})
    titles = [
        clerk.get(f"/api/v1/documents/{number}?version={version}").json["title"]
        and clerk.get(f"/api/v1/documents/{number}?version={version}").json["values"]["title"]
        for version in (2, 3, 4)
    ]
    assert titles == ["Чужой", "Мой", "Чужой"]


def test_a_form_with_mistakes_keeps_what_was_typed(as_role: AsRole) -> None:
    clerk = as_role(Role.CLERK)
    number = begin(clerk)
    sent = form_of(clerk.get(f"/documents/{number}/edit").text).to_dict()
    refused = clerk.post(f"/documents/{number}/edit", data={**sent, "years[0]": "скоро"})
    assert refused.status_code == 422
    assert 'id="refused"' in refused.text


def test_an_upload_becomes_a_draft_whose_doubts_are_marked(as_role: AsRole) -> None:
    clerk = as_role(Role.CLERK)
    lines = ["ПРИКАЗ", "30.12.2021 № 245", "О проекте", "ПРИКАЗЫВАЮ:", "1. Утвердить план."]
    answer = clerk.post(
        "/documents/import",
        data={"file": (io.BytesIO("\n".join(lines).encode()), "приказ.txt")},
        content_type="multipart/form-data",
    )
    assert answer.status_code in (302, 422)
    refused = clerk.post(
        "/documents/import",
        data={"file": (io.BytesIO(b"%PNG"), "scan.png")},
        content_type="multipart/form-data",
    )
    assert refused.status_code == 422
    assert "scan.png" in refused.text


def test_registering_from_the_page(as_role: AsRole) -> None:
    clerk = as_role(Role.CLERK)
    number = begin(clerk)
    page = clerk.get(f"/documents/{number}/register").text
    assert "№ 1-ссл/г" in page
    wrong = clerk.post(f"/documents/{number}/register", data={"version": "1", "date": "31.02.2022"})
    assert wrong.status_code == 422
    done = clerk.post(f"/documents/{number}/register", data={"version": "1", "date": "30.12.2021"})
    assert done.status_code == 302
    assert "1-ссл/г" in clerk.get("/journal/").text
    assert clerk.get(f"/documents/{number}/edit").status_code == 302


def test_an_order_in_force_is_amended_from_the_page(as_role: AsRole) -> None:
    clerk = as_role(Role.CLERK)
    number = begin(clerk)
    clerk.post(f"/documents/{number}/register", data={"version": "1", "date": "30.12.2021"})
    sent = form_of(clerk.get(f"/documents/{number}/amend").text).to_dict()
    same = clerk.post(f"/documents/{number}/amend", data=sent)
    assert same.status_code == 422
    cell = "annexes[0].sections[0].items[0].executor"
    made = clerk.post(f"/documents/{number}/amend", data={**sent, cell: "школы"})
    assert made.status_code == 302
    assert "О внесении" in clerk.get(made.location).text
    draft = clerk.get(f"{made.location}/edit")
    assert draft.status_code == 200
    kept = form_of(draft.text).to_dict()
    saved = clerk.post(f"{made.location}/edit", data={**kept, "preamble": "В связи с уточнением"})
    assert saved.status_code == 302
    answer = clerk.get(f"/api/v1{made.location}").json["values"]
    assert answer["preamble"] == "В связи с уточнением"
    assert answer["changes"]


PAGES = ("", "/edit", "/versions", "/diff?from=1&to=1", "/register", "/files/docx", "/files/json")


def test_each_part_is_shown_and_foreign_ones_are_not(as_role: AsRole) -> None:
    clerk = as_role(Role.CLERK)
    number = begin(clerk)
    stranger = as_role(Role.CLERK, "yugra")
    for part in PAGES:
        assert clerk.get(f"/documents/{number}{part}").status_code == 200, part
        assert stranger.get(f"/documents/{number}{part}").status_code == 404, part
    assert clerk.get(f"/documents/{number}/files/exe").status_code == 404


def test_a_draft_is_withdrawn_and_restored_from_its_page(as_role: AsRole) -> None:
    clerk = as_role(Role.CLERK)
    number = begin(clerk)
    clerk.post(f"/documents/{number}/withdraw", data={"version": "1"})
    assert f"/documents/{number}" not in clerk.get("/documents/").text
    assert f"/documents/{number}" in clerk.get("/documents/?state=withdrawn").text
    clerk.post(f"/documents/{number}/restore")
    assert f"/documents/{number}/edit" in clerk.get("/documents/").text


def test_versions_saved_by_themselves_are_one_line(as_role: AsRole) -> None:
    clerk = as_role(Role.CLERK)
    number = begin(clerk)
    registry = clerk.application.extensions["docgen"].registry
    scope = Scope.of(clerk.account)  # type: ignore[attr-defined]
    for version, title in enumerate("абвг", 1):
        values = {**example("smolensk"), "title": title}
        registry.update(scope, number, version, values, "autosaved" if version > 1 else "начало")
    shown = [
        [version.version for version in run.versions]
        for run in runs(registry.versions(scope, number))
    ]
    assert shown == [[5, 4, 3], [2], [1]]
    assert "3–5" in clerk.get(f"/documents/{number}/versions").text
    clerk.post(f"/documents/{number}/versions/1/revive", data={"version": "5"})
    assert registry.read(scope, number)[1] == example("smolensk")


KEYS = st.text("abcxyz", min_size=1, max_size=5)
VALUES = st.recursive(
    st.text(max_size=5),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3) | st.dictionaries(KEYS, inner, min_size=1)
    ),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_paths_bring_values_together_again(values: dict[str, Any]) -> None:
    assert nested(leaves(values)) == values


def test_gaps_that_a_removed_row_leaves_close_up() -> None:
    pairs = [
        ("annexes[0].sections[0].items[5].activity", "а"),
        ("annexes[0].sections[0].items[9].activity", "б"),
    ]
    assert nested(pairs) == {
        "annexes": [{"sections": [{"items": [{"activity": "а"}, {"activity": "б"}]}]}]
    }


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=10)), max_size=20))
def test_any_form_gives_values_for_the_schema_to_judge(form: list[tuple[str, str]]) -> None:
    assert values_of(form, {"region": "smolensk"})["region"] == "smolensk"


def test_a_row_printed_without_a_number_stays_so(as_role: AsRole) -> None:
    clerk = as_role(Role.CLERK)
    values = copy.deepcopy(example("smolensk"))
    values["annexes"][0]["sections"][0]["items"][1]["number"] = ""
    number = begin(clerk, values=values)
    sent = form_of(clerk.get(f"/documents/{number}/edit").text)
    back = values_of(list(sent.items(multi=True)), values)
    assert back["annexes"][0]["sections"][0]["items"][1]["number"] == ""
    assert "number" not in back["annexes"][0]["sections"][0]["items"][0]


def test_findings_of_one_kind_stand_together_the_gravest_first(as_role: AsRole) -> None:
    clerk, values = as_role(Role.CLERK, "kirov"), copy.deepcopy(example("kirov"))
    values["annexes"][0]["sections"][0]["items"][2]["deadline"] = "31.02.2022"
    page = html.fromstring(clerk.get(f"/documents/{begin(clerk, 'kirov', values)}").text)
    shown = [entry.get("class").split()[1] for entry in page.xpath("//li[@class and div/p]")]
    assert shown == sorted(shown, key=("error", "warning", "info").index)
    assert shown.count("error") == 1
    (kind,) = page.xpath("//li[div/p/strong='Нет показателя']")
    count = int(kind.xpath("div/p/span[@class='tag']")[0].text)
    assert count > 8
    assert len(kind.xpath("div/ul/li")) == 8
    assert len(kind.xpath("div/details/ul/li")) == count - 8
    assert kind.text_content().count("в строке нет показателя") == 1


def test_a_document_without_findings_says_so(as_role: AsRole) -> None:
    clerk = as_role(Role.CLERK)
    number = begin(clerk)
    for found in clerk.get(f"/api/v1/documents/{number}/findings").json:
        form = {"version": clerk.get(f"/api/v1/documents/{number}").json["version"]}
        form |= {"code": found["code"], "path": found["path"], "reason": "так в подлиннике"}
        clerk.post(f"/documents/{number}/acknowledge", data=form)
    assert "Все замечания подтверждены" in clerk.get(f"/documents/{number}").text


def test_the_page_of_registration_asks_about_values_of_the_sample(
    as_role: AsRole, service: Service
) -> None:
    clerk = as_role(Role.CLERK, "kirov")
    sample = starter_order(service.documents.regions.find("kirov"), 2022)
    draft = service.registry.create(Scope(Role.CLERK, "kirov"), order_values(sample))
    page = clerk.get(f"/documents/{draft.id}/register").get_data(as_text=True)
    assert "остались условные значения образца" in page
    assert 'aria-describedby="samples"' in page


def test_a_page_does_not_part_a_number_from_its_sign_nor_a_name_from_its_initials(
    as_role: AsRole,
) -> None:
    clerk = as_role(Role.CLERK)
    values = example("smolensk") | {"title": "О внесении изменений в приказ № 245"}
    number = begin(clerk, values=values)
    for path in ("/documents/", f"/documents/{number}"):
        assert "приказ №\u00a0245" in clerk.get(path).text
    assert "Ректор О.С.\u00a0Кольцова" in clerk.get(f"/documents/{number}").text
