"""Cells of the indicator column against their normal form; `indicators.yaml` is the table.

`python -m tests.language.test_indicators` writes `docs/indicators.md` anew from the table.
"""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.language.indicators import Indicator, Target, parse_indicator
from docgen.language.numbers import NUMBER_WORDS, read_digits, read_words
from tests.cases import read_cases

YEARS = (2022, 2022)
HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "indicators.md"
TABLE = read_cases(HERE / "indicators.yaml")
CASES = [case for group in TABLE for case in group["cases"]]
TEXTS = [case["text"] for case in CASES]
BLANK = {"comparator": None, "value": None, "value_max": None, "unit": None, "subject": ""}
UNTIMED = {"per": None, "window": None}

COUNTING = {"дважды": 2, "трижды": 3, "единожды": 1, "раз": 1, "раза": 1}
PIECES = [
    *("не менее ", "не более ", "от ", "до ", "свыше ", "чем ", "на ", "по ", "из ", "в "),
    *("100% ", "5 ", "2-х ", "пяти ", "140-145 ", "12,5 ", "9-х ", "6 00 ", "1 200 ", "500+ "),
    *("школ ", "ОО ", "педагогов, ", "приняли участие ", "классов ", "раз ", "в месяц ", "%"),
    *("в 2022 году ", "24.02. ", "№ 4 ", "п. 3 ", "в 1 полугодии – ", "II квартал: ", "ежегодно "),
    *("Доля ", "Увеличение ", "(", ")", "«", "»", '"', ". ", "; ", ", ", "\n", "– ", "и "),
    *("на 1 школу ", "из 5 школ ", "в которых ", "набравших 80 баллов ", "с 12% до 8% ", "тыс. "),
    *("(2 в квартал) ", "(2023 год) ", "менее50% ", "6 000 приняли ", "80…100% ", "1ОО% "),
    *("Итоговый документ – ", "отчет", "в раза в ", "двадцать пять ", "два-три ", "участников "),
]
TYPED = (
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
    | st.text()
    | st.text(st.sampled_from("0123456789 -,.%+№ОоO0«»()\nабв"), max_size=80)
)


def normal_form(case):
    items = [BLANK | UNTIMED | item for item in case.get("items", [])]
    flags = {flag: case.get(flag, False) for flag in ("qualitative", "measure_only")}
    form = {"items": items, **flags, "evidence": case.get("evidence")}
    return form | ({"implied_all": True} if "implied_all" in case else {})


def numbers_of(text):
    """Every number that stands in the text in digits or words, read naively."""
    digits = re.findall(r"\d{1,3}(?:\s\d{3})+(?:[.,]\d+)?|\d+[.,]\d+|\d+", text)
    found = {read_digits(run) for run in digits} | {int(run) for run in re.findall(r"\d+", text)}
    words = re.findall(r"[^\W\d_]+", text.lower().replace("ё", "е"))
    found |= {read_words(words[at:])[0] for at in range(len(words))}
    found |= {COUNTING[word] for word in words if word in COUNTING}
    found |= {1000 * number for number in found} if "тыс" in text.lower() else set()
    hundred = re.search(r"стопроцентн|1[оo]{2}\s?%", text.lower())  # also as a scanner reads it
    return found | ({100} if hundred else set())


@pytest.mark.parametrize("case", CASES, ids=[text[:60] for text in TEXTS])
def test_reads_the_cell_as_its_normal_form(case):
    years = tuple(case.get("years", YEARS))
    assert parse_indicator(case["text"], years).as_dict() == normal_form(case)


def test_the_normal_form_has_the_agreed_keys_in_the_agreed_order():
    form = parse_indicator("Не менее 5 школ", YEARS).as_dict()
    assert list(form) == ["items", "qualitative", "measure_only", "evidence"]
    keys = ["comparator", "value", "value_max", "unit", "subject", "per", "window"]
    assert list(form["items"][0]) == keys


def test_answers_with_values_that_cannot_be_changed():
    indicator = parse_indicator("5 школ", YEARS)
    assert indicator == Indicator((Target("eq", 5, None, "count", "школ"),))
    with pytest.raises(AttributeError):
        indicator.qualitative = True


@pytest.mark.parametrize("text", ["", " ", "–", "\n", "…"])
def test_an_empty_cell_asks_for_nothing(text):
    assert parse_indicator(text, YEARS) == Indicator()


def test_a_window_without_a_year_takes_it_from_the_project():
    target = parse_indicator("в 1 полугодии – 2 вебинара", (2021, 2021)).items[0]
    assert target.as_dict()["window"] == {"start": "2021-01-01", "end": "2021-06-30"}


@given(TYPED)
def test_every_value_stands_in_the_text(text):
    values = [
        value
        for target in parse_indicator(text, YEARS).items
        for value in (target.value, target.value_max)
        if value is not None
    ]
    assert set(values) <= numbers_of(text)


@given(TYPED)
def test_every_subject_and_evidence_is_a_piece_of_the_text(text):
    indicator = parse_indicator(text, YEARS)
    assert all(target.subject in text for target in indicator.items)
    assert (indicator.evidence or "") in text


@given(TYPED)
def test_a_cell_is_a_target_a_measure_a_quality_or_empty(text):
    indicator = parse_indicator(text, YEARS)
    assert not (indicator.qualitative and indicator.items)
    assert not indicator.measure_only or [target.value for target in indicator.items] == [None]
    for target in indicator.items:
        assert target.unit in ("percent", "count", "times")
        assert (target.value_max is None) or target.value < target.value_max
        assert (target.comparator == "between") <= (target.value_max is not None)


def without_texts(indicator):
    form = indicator.as_dict()
    return [item | {"subject": None} for item in form["items"]], form["qualitative"]


@pytest.mark.parametrize("space", ["\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\t"])
@given(text=st.sampled_from(TEXTS))
def test_the_kind_of_space_does_not_matter(space, text):
    other = parse_indicator(text.replace(" ", space), YEARS)
    assert without_texts(other) == without_texts(parse_indicator(text, YEARS))


@pytest.mark.parametrize("dash", list("-‐‑‒–—−"))
@given(text=st.sampled_from(TEXTS))
def test_the_kind_of_dash_does_not_matter(dash, text):
    other = parse_indicator(re.sub("[-–—]", dash, text), YEARS)
    assert without_texts(other) == without_texts(parse_indicator(text, YEARS))


@given(text=st.sampled_from(TEXTS))
def test_yo_does_not_matter(text):
    other = parse_indicator(text.replace("ё", "е"), YEARS)
    assert without_texts(other) == without_texts(parse_indicator(text, YEARS))


LONG = [
    "1 ",
    "1%",
    "(",
    "((1",
    "«",
    '"',
    "не менее ",
    "1-",
    "раз в месяц ",
    "сто ",
    "\n1",
    "9" * 99,
]
LONG += ["доля 1% на ", "1 школ, имеющих, ", "в 1 полугодии - 1 школа; ", "http://", "А. "]


@pytest.mark.parametrize("piece", LONG)
def test_a_long_line_takes_no_longer_than_its_length(piece):
    def seconds(text):
        start = time.process_time()
        parse_indicator(text, YEARS)
        return time.process_time() - start

    long = (piece * 10_000)[:10_000]
    assert min(seconds(long) for _ in range(5)) < 0.05  # five times what a quiet machine needs


def test_a_line_with_more_numbers_than_a_cell_can_hold_is_left_unread():
    assert parse_indicator("5 школ, " * 90, YEARS).items
    assert parse_indicator("5 школ, " * 200, YEARS) == Indicator(qualitative=True)


def test_number_words_are_in_the_folded_spelling():
    assert not [word for word in NUMBER_WORDS if "ё" in word or word != word.lower()]


# -- the page --------------------------------------------------------------------------------------

INTRODUCTION = """\
# Indicators

`docgen.language.indicators.parse_indicator(text, years)` reads a cell of the indicator column into
its normal form: `{items, qualitative, measure_only, evidence}`, each item
`{comparator, value, value_max, unit, subject, per, window}`. `docgen parse indicators` prints it.

- `comparator` is what is printed: `eq` where nothing compares, `ge`, `le`, `gt`, `lt`, `between`;
  null for a measure without a target and for «около».
- `subject` is a piece of the printed text, empty where the cell names nothing.
- `qualitative` is true when the cell has words and no target; `measure_only` when it names a
  measure and no number. A cell of words about everyone adds `implied_all: true`.
- `window` is where a target holds only for a part of the project or by a day of it: «в 1
  полугодии», «в марте», «2022 год – 50 %», and without a start «к 1 июля».
- A line break that a narrow column made is a space; soft hyphens, look-alike letters and kinds of
  spaces and dashes change nothing.
- A number that counts nothing is never a target, and a period or share that the normal form cannot
  hold stays in the text: nothing is guessed.

How it reads: a line becomes words, numbers and marks (`lexemes.py`); numbers gather their words of
comparison (`amounts.py`); those that count nothing are labelled (`labels.py`, one rule each); the
rest become targets (`figures.py`) with a subject (`subjects.py`), a frequency (`frequency.py`) and
a window (`windows.py`). A new pattern is one rule and one row of `tests/language/indicators.yaml`,
from which the tables below are made.
"""


def page():
    """The text of docs/indicators.md."""
    parts = [INTRODUCTION]
    for group in TABLE:
        rows = "\n".join(f"| {cell(case['text'])} | {reading(case)} |" for case in group["cases"])
        head = f"## {group['title']}\n\n{group['rule']}\n\n| printed | read |\n|---|---|"
        parts.append(f"{head}\n{rows}\n")
    return "\n".join(parts)


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ⏎ ").replace("<", "&lt;").replace("*", "\\*")


def reading(case):
    parts = [target_reading(item) for item in case.get("items", [])]
    parts += [flag for flag in ("qualitative", "measure_only", "implied_all") if case.get(flag)]
    if case.get("evidence"):
        parts.append(f"evidence «{case['evidence']}»")
    return "<br>".join(parts)


def target_reading(item):
    values = [item.get("comparator"), item.get("value"), item.get("value_max"), item["unit"]]
    parts = [str(value) for value in values if value is not None]
    parts += [f"of «{cell(item['subject'])}»"] if item.get("subject") else []
    parts += [f"per {item['per']}"] if item.get("per") else []
    if item.get("window"):
        parts.append("within {} – {}".format(item["window"]["start"] or "…", item["window"]["end"]))
    return " ".join(parts)


def test_the_page_shows_the_table():
    assert PAGE.read_text(encoding="utf-8") == page()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
