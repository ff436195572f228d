from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.errors import InputError
from docgen.schemas.reading import read_file, read_text
from docgen.services.documents import Documents

GOOD = """\
region: smolensk
title: Об утверждении плана
preamble: На основании приказа
points:
  - Утвердить план.
annexes:
  - title: План
    sections:
      - items:
          - {activity: Вебинар, deadline: март}
"""

BAD = {
    "unknown key": ("datee: 2021-12-30\n", "datee", "unknown-key"),
    "impossible date": ("date: 18.01.32021\n", "date", "impossible-date"),
    "day that does not exist": ("date: 2022-02-30\n", "date", "impossible-date"),
    "wrong type of a date": ("date: [1, 2]\n", "date", "wrong-type"),
    "wrong type of a list": ("acquainted: Захаров С.П.\n", "acquainted", "not-a-list"),
    "wrong type of a mapping": ("signatory: Ректор\n", "signatory", "not-a-mapping"),
    "missing key inside": ("signatory: {post: Ректор}\n", "signatory.name", "missing-key"),
    "years the wrong way round": ("years: [2023, 2022]\n", "years", "years-reversed"),
    "years that are words": ("years: скоро\n", "years", "wrong-type"),
    "doubled key": ("title: Другое\n", "title", "duplicate-key"),
    "alias": ("number: &n '1'\nexecutor: {name: *n, phone: x}\n", "executor.name", "yaml-alias"),
    "anchor that nothing links to": ("city: &Kirs Кирс\n", "", "yaml-alias"),
    "tag": ("city: !foo Кирс\n", "city", "yaml-tag"),
    "tag of YAML itself": ("city: !!binary Кирс\n", "city", "yaml-tag"),
    "tag that contradicts the quotes": ("city: !!int '5'\n", "city", "yaml-tag"),
    "tag of a list": ("acquainted: !foo [Захаров С.П.]\n", "acquainted", "yaml-tag"),
    "tag of a mapping": ("signatory: !!set {post, name}\n", "signatory", "yaml-tag"),
    "control character": ('city: "г.\\x07 Кирс"\n', "city", "unprintable"),
    "number instead of text": ("city: 5\n", "city", "wrong-type"),
}


def refusal(documents: Documents, text: str, name: str = "order.yaml") -> InputError:
    with pytest.raises(InputError) as caught:
        documents.order_from(read_text(text, name=name), name)
    return caught.value


@pytest.mark.parametrize("fault", BAD)
def test_refuses_a_bad_file_with_path_and_code(documents: Documents, fault: str) -> None:
    extra, path, code = BAD[fault]
    found = [(p.path, p.code) for p in refusal(documents, GOOD + extra).problems]
    assert (path, code) in found


def test_accepts_the_file_that_the_bad_ones_are_made_of(documents: Documents) -> None:
    order = documents.order_from(read_text(GOOD, name="order.yaml"), "order.yaml")
    assert order.annexes[0].sections[0].items[0].get("deadline") == "март"


def test_names_all_faults_at_once_in_the_order_of_the_file(documents: Documents) -> None:
    text = GOOD.replace("region: smolensk", "region: smolenk").replace("activity", "activty")
    found = refusal(documents, text + "date: 18.01.32021\nbogus: 1\n").problems
    assert [(p.path, p.code) for p in found] == [
        ("region", "unknown-region"),
        ("annexes[0].sections[0].items[0].activty", "unknown-key"),
        ("date", "impossible-date"),
        ("bogus", "unknown-key"),
    ]


def test_suggests_the_key_that_was_meant(documents: Documents) -> None:
    problems = refusal(documents, GOOD.replace("deadline", "deadlne")).problems
    assert "deadline" in problems[0].message


def test_messages_are_russian(documents: Documents) -> None:
    error = refusal(documents, GOOD + "date: 2022-02-30\n")
    assert "не принят" in error.message
    assert "не дата" in error.problems[0].message


@pytest.mark.parametrize(
    ("point", "path"),
    [
        ("- 7", "points[0]"),
        ("- {control: {post: ректор, nme: Иванов И.И.}}", "points[0].control.nme"),
        ("- {text: а, points: [б, 4]}", "points[0].points[1]"),
        ("- {approve: первое}", "points[0].approve"),
        ("- {assign: {addressee: директор}}", "points[0].assign.tasks"),
        ("- {assign: {addressee: директор, tasks: []}}", "points[0].assign.tasks"),
        ("- {recommend: {addressee: директор, tasks: []}}", "points[0].recommend.tasks"),
    ],
)
def test_points_name_the_path_of_their_faults(documents: Documents, point: str, path: str) -> None:
    text = GOOD.replace("- Утвердить план.", point)
    assert path in [problem.path for problem in refusal(documents, text).problems]


def test_numbers_and_dates_in_yaml_stay_as_typed() -> None:
    values = read_text("a: 1.10\nb: 2021-12-30\nc: 010\nd: 1_000\ne: 12:30", name="x.yaml").values
    assert values == {"a": "1.10", "b": "2021-12-30", "c": "010", "d": "1_000", "e": "12:30"}


def test_an_order_number_may_be_a_bare_number(documents: Documents) -> None:
    order = documents.order_from(read_text(GOOD + "number: 66\n", name="a.yaml"), "a.yaml")
    assert order.number == "66"


def test_aliases_are_refused_so_that_no_file_grows_without_end() -> None:
    text = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]"
    codes = {problem.code for problem in read_text(text, name="x.yaml").problems}
    assert codes == {"yaml-alias"}


def test_a_tag_and_a_mark_are_told_with_their_lines(documents: Documents) -> None:
    text = GOOD + "city: !foo Кирс\nnumber: &n 5\n"
    line = text.count("\n")
    places = {p.code: p.place for p in refusal(documents, text).problems}
    assert places["yaml-tag"].endswith(str(line - 1))
    assert places["yaml-alias"].endswith(str(line))


def test_what_is_said_to_be_text_is_text() -> None:
    values = read_text("a: !!str 2022\nb: !!str true\nc: 2022", name="x.yaml").values
    assert values == {"a": "2022", "b": "true", "c": 2022}


@pytest.mark.parametrize(
    "text", ["*важно*", "!важно", "&Рога и копыта", "@school", "%5", "`так`", "*"]
)
def test_a_text_that_begins_with_a_sign_of_yaml_is_to_be_quoted(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_text(f"title: План\nactivity: {text}\n", name="x.yaml")
    assert f"“{text[0]}”" in caught.value.message or f"«{text[0]}»" in caught.value.message
    assert " 2," in caught.value.message


@pytest.mark.parametrize(
    "text", ["100% & более!", "а * б", "ООО «Рога & копыта»!", "- a & b", "5 !"]
)
def test_signs_inside_a_text_are_text(text: str) -> None:
    document = read_text(f"a: {text}\n" if text[0] != "-" else f"{text}\n", name="x.yaml")
    assert document.problems == []
    assert text.removeprefix("- ") in str(document.values)


@pytest.mark.parametrize("name", ["deep.yaml", "deep.json"])
def test_deep_nesting_is_refused_not_followed(name: str) -> None:
    text = "[" * 5_000 + "]" * 5_000
    try:
        problems = read_text(text, name=name).problems
    except InputError:
        return
    assert "too-deep" in {problem.code for problem in problems}


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{a: " * 100_000,
        "- " * 100_000,
        "? " * 100_000,
        "".join(f"{' ' * depth}a:\n" for depth in range(2_000)),
    ],
    ids=["lists", "mappings", "dashes", "keys", "indents"],
)
def test_yaml_of_any_depth_is_refused_before_the_stack_is_spent(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_text(text, name="deep.yaml")
    assert caught.value.code == "yaml-syntax"


def test_points_nested_without_end_are_refused(documents: Documents) -> None:
    point: dict[str, object] = {"text": "а"}
    for _level in range(200):
        point = {"text": "а", "points": [point]}
    text = json.dumps({"region": "kirov", "title": "Об", "preamble": "В", "points": [point]})
    found = [(p.path, p.code) for p in refusal(documents, text, "order.json").problems]
    assert found == [("points[0]", "too-deep")]


@pytest.mark.parametrize("points", ["[{approve: 0, control: {name: Ким И.В.}}]"])
def test_a_form_stands_alone_in_its_point(documents: Documents, points: str) -> None:
    text = GOOD.replace("points:", "unplaced:") + f"points: {points}\n"
    found = [(p.path, p.code) for p in refusal(documents, text).problems]
    assert ("points[0]", "wrong-type") in found


def test_json_doubled_keys_are_found() -> None:
    document = read_text('{"a": {"b": 1, "b": 2}}', name="x.json")
    assert [(p.path, p.code) for p in document.problems] == [("a.b", "duplicate-key")]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("absent.yaml", None, "file-unreadable"),
        ("latin.yaml", "region: область".encode("cp1251"), "file-not-text"),
        ("broken.yaml", b"a: [1, 2\nb: 3", "yaml-syntax"),
        ("tabs.yaml", b"a:\n\t- b", "yaml-syntax"),
        ("broken.json", b'{"a": ', "json-syntax"),
        ("huge.yaml", b"a: " + b"x" * (21 * 2**20), "file-too-large"),
        ("python.yaml", b"a: !!python/object/apply:os.system [id]", None),
    ],
)
def test_files_that_cannot_be_read(
    tmp_path: Path, name: str, data: bytes | None, code: str | None
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    if code is None:
        assert read_file(path).values == {"a": ["id"]}
        return
    with pytest.raises(InputError) as caught:
        read_file(path)
    assert caught.value.code == code


@given(st.text(max_size=200))
def test_no_text_crashes_the_reader(text: str) -> None:
    for name in ("x.yaml", "x.json"):
        assert reading_ends_in(text, name) in {"values", "yaml-syntax", "json-syntax"}


def reading_ends_in(text: str, name: str) -> str:
    try:
        read_text(text, name=name)
    except InputError as error:
        return error.code
    return "values"


def test_forms_name_an_unknown_case_by_its_path(documents: Documents) -> None:
    text = GOOD + "forms:\n  Ким А.А.: {acusative: Кима А.А.}\n"
    problems = refusal(documents, text).problems
    assert problems[0].path == "forms.Ким А.А..acusative"
    assert "accusative" in problems[0].message
