from pathlib import Path

import pytest
import yaml

from docgen.language.indicators import parse_indicator

YEARS = (2022, 2022)
TABLE = yaml.safe_load(Path(__file__).with_name("indicators.yaml").read_text(encoding="utf-8"))
CASES = [case for group in TABLE for case in group["cases"]]
BLANK = {"comparator": None, "value": None, "value_max": None, "subject": ""}


def normal_form(case):
    items = [BLANK | {"per": None, "window": None} | item for item in case.get("items", [])]
    measure_only = case.get("measure_only", False)
    form = {
        "items": items,
        "qualitative": case.get("qualitative", not items),
        "measure_only": measure_only,
        "evidence": case.get("evidence"),
    }
    return form | ({"implied_all": True} if case.get("implied_all") else {})


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_reads_the_cell_as_its_normal_form(case):
    years = tuple(case.get("years", YEARS))
    assert parse_indicator(case["text"], years).as_dict() == normal_form(case)
