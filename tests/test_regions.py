from __future__ import annotations

import io
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

from docgen.bootstrap import build_documents
from docgen.errors import InputError, RegionError
from docgen.models import Annex, Control, Person, Revision
from docgen.regions import Regions, load_regions
from docgen.schemas.reading import read_text
from docgen.services.documents import Documents
from docgen.settings import PROFILES, read_settings
from docgen.testing import check_region
from tests.conftest import REGIONS

INVENTED = """\
code: invented
name: Придуманная область
letterhead: {lines: [КОМИТЕТ ОБРАЗОВАНИЯ]}
issuer: {name: комитет образования, genitive: [комитета образования]}
signatory_post: Председатель
project: {name: проект, short: проект, years: [2024, 2024]}
starter: {title: Об утверждении плана, preamble: В целях развития}
layouts:
  roadmap:
    title: План
    columns:
      - {key: number, heading: №, width: 10}
      - {key: activity, heading: Что делаем, width: 100}
      - {key: budget, heading: "Деньги, тыс. руб.", width: 40}
"""

ORDER = """\
region: invented
title: Об утверждении плана
preamble: В целях развития
points: [{approve: 0}]
signatory: {post: Председатель, name: И.И. Иванов}
annexes:
  - title: План
    sections:
      - items: [{activity: Вебинар, budget: "12,5"}]
"""


def documents_with(folder: Path) -> Documents:
    return build_documents(read_settings({"DOCGEN_PLUGINS": str(folder)}))


def test_the_five_regions_are_there(documents: Documents) -> None:
    assert tuple(documents.regions) == REGIONS


def test_a_region_with_a_profile_and_no_plugin_works_fully(tmp_path: Path) -> None:
    (tmp_path / "invented.yaml").write_text(INVENTED, "utf-8")
    documents = documents_with(tmp_path)
    order = documents.order_from(read_text(ORDER, name="o.yaml"), "o.yaml")
    table = docx.Document(io.BytesIO(documents.render(order))).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["№", "Что делаем", "Деньги, тыс. руб."],
        ["1.", "Вебинар", "12,5"],
    ]


def test_a_column_added_to_a_profile_appears_without_touching_a_template(tmp_path: Path) -> None:
    more = INVENTED + "      - {key: venue, heading: Где, width: 30}\n"
    (tmp_path / "invented.yaml").write_text(more, "utf-8")
    documents = documents_with(tmp_path)
    order = documents.order_from(read_text(ORDER, name="o.yaml"), "o.yaml")
    table = docx.Document(io.BytesIO(documents.render(order))).tables[0]
    assert [cell.text for cell in table.rows[0].cells][-1] == "Где"


@pytest.mark.parametrize(
    ("word", "dative", "instrumental", "genitive"),
    [
        ("ПРИКАЗ", "приказу", "приказом", "приказа"),
        ("РАСПОРЯЖЕНИЕ", "распоряжению", "распоряжением", "распоряжения"),
        ("ПОСТАНОВЛЕНИЕ", "постановлению", "постановлением", "постановления"),
    ],
)
def test_the_usual_wordings_take_the_documents_own_word(
    tmp_path: Path, word: str, dative: str, instrumental: str, genitive: str
) -> None:
    profile = INVENTED.replace("letterhead: {", f"letterhead: {{document: {word}, ")
    (tmp_path / "invented.yaml").write_text(profile, "utf-8")
    documents = documents_with(tmp_path)
    region = documents.regions["invented"]
    order = documents.order_from(read_text(ORDER, name="o.yaml"), "o.yaml")
    revised = replace(
        order, acquainted=("А.А. Ильин",), revisions=(Revision(date(2024, 5, 2), "7"),)
    )
    approval = region.stamp(revised, 0)
    assert approval[1] == f"{instrumental} комитета образования"
    assert approval[-1] == f"(в редакции {genitive} от 02.05.2024 № 7)"
    assert region.acquaintance(revised)[0] == f"С {instrumental} ознакомлены:"
    control = region.word(order, Control(Person("Захаров С.П.", "ректор")))
    assert f"исполнением настоящего {genitive} возложить" in control.text
    (tmp_path / "invented.yaml").write_text(f"{profile}stamp: appendix\n", "utf-8")
    appendix = documents_with(tmp_path).regions["invented"].stamp(order, 0)
    assert appendix[:2] == ("Приложение", f"к {dative} комитета образования")


def test_a_key_of_another_region_is_unknown_here(tmp_path: Path) -> None:
    (tmp_path / "invented.yaml").write_text(INVENTED, "utf-8")
    documents = documents_with(tmp_path)
    foreign = read_text(ORDER.replace("budget", "venue"), name="o.yaml")
    with pytest.raises(InputError) as caught:
        documents.order_from(foreign, "o.yaml")
    assert caught.value.problems[0].path == "annexes[0].sections[0].items[0].venue"


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ("def annex_stmp(order): return ()", "annex_stmp"),
        ("def annex_stamp(order, indx): return ()", "indx"),
    ],
)
def test_a_misspelt_hook_or_argument_stops_start_up_with_its_name(
    tmp_path: Path, code: str, named: str
) -> None:
    plugin = f"from docgen.hookspecs import hookimpl\n\n@hookimpl\n{code}\n"
    (tmp_path / "invented.yaml").write_text(INVENTED, "utf-8")
    (tmp_path / "invented.py").write_text(plugin, "utf-8")
    with pytest.raises(RegionError) as caught:
        load_regions(PROFILES, tmp_path)
    assert named in caught.value.message
    assert "invented" in caught.value.message


@pytest.mark.parametrize("code", ["def x(:", "1 / 0", "import no_such_module"])
def test_a_plugin_that_fails_is_named(tmp_path: Path, code: str) -> None:
    (tmp_path / "invented.py").write_text(code, "utf-8")
    with pytest.raises(RegionError) as caught:
        load_regions(PROFILES, tmp_path)
    assert "invented.py" in caught.value.message


@pytest.mark.parametrize("hook", ["annex_stamp(order)", "annex_layout(annex)", "profile_file()"])
def test_a_plugin_that_fails_in_a_hook_is_named_with_the_hook(
    tmp_path: Path, hook: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "invented.yaml").write_text(INVENTED, "utf-8")
    (tmp_path / "invented.py").write_text(
        "from docgen.hookspecs import hookimpl\n\n"
        f"@hookimpl\ndef {hook}:\n    return {{}}['номер']\n",
        "utf-8",
    )
    documents = documents_with(tmp_path)
    with pytest.raises(RegionError) as caught:
        documents.render(documents.order_from(read_text(ORDER, name="o.yaml"), "o.yaml"))
    assert caught.value.code == "plugin-failed"
    for part in (str(tmp_path / "invented.py"), hook.partition("(")[0], "KeyError: 'номер'"):
        assert part in caught.value.message
    assert "Traceback" in caplog.text


def test_a_fault_of_docgens_own_is_not_laid_to_a_plugin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "invented.yaml").write_text(INVENTED, "utf-8")
    (tmp_path / "invented.py").write_text("", "utf-8")
    monkeypatch.setattr("docgen.default_region.annex_mark", lambda order, index: 1 / 0)
    documents = documents_with(tmp_path)
    order = documents.order_from(read_text(ORDER, name="o.yaml"), "o.yaml")
    with pytest.raises(ZeroDivisionError):
        documents.regions["invented"].stamp(order, 0)


def test_the_plugin_of_a_region_is_asked_before_the_default(tmp_path: Path) -> None:
    plugin = (
        "from docgen.hookspecs import hookimpl\n\n"
        "@hookimpl\ndef annex_stamp(order):\n    return ('ОСОБЫЙ ГРИФ',)\n"
    )
    (tmp_path / "invented.yaml").write_text(INVENTED, "utf-8")
    (tmp_path / "invented.py").write_text(plugin, "utf-8")
    documents = documents_with(tmp_path)
    order = documents.order_from(read_text(ORDER, name="o.yaml"), "o.yaml")
    assert documents.regions["invented"].stamp(order, 0) == ("ОСОБЫЙ ГРИФ",)


def test_a_plugin_of_one_region_is_not_asked_for_another(documents: Documents) -> None:
    plan = Annex(title="Муниципальный план мероприятий", sections=())
    assert documents.regions["kirov"].layout_name(plan) == "municipal_plan"
    assert documents.regions["smolensk"].layout_name(plan) == "roadmap"


def test_an_unknown_region_is_refused_with_those_that_exist(documents: Documents) -> None:
    with pytest.raises(InputError) as caught:
        documents.regions.find("atlantis")
    assert "smolensk" in caught.value.problems[0].message


def test_a_plugin_package_may_bring_its_own_profile(tmp_path: Path) -> None:
    module = type(sys)("packaged")
    exec(  # a module as a package would install it
        "from pathlib import Path\nfrom docgen.hookspecs import hookimpl\n\n"
        f"@hookimpl\ndef profile_file():\n    return Path({str(tmp_path / 'invented.yaml')!r})\n",
        module.__dict__,
    )
    (tmp_path / "invented.yaml").write_text(INVENTED, "utf-8")
    assert Regions([], [("invented", module)])["invented"].profile.name == "Придуманная область"


def test_a_region_checks_itself(tmp_path: Path) -> None:
    (tmp_path / "invented.yaml").write_text(INVENTED, "utf-8")
    assert check_region(tmp_path, "invented", tmp_path / "out").name == "invented.docx"
