from docgen.export.sarif import sarif_log
from docgen.models import Finding

RULES = {"year-missing": ("info", "The year is not printed"), "annex-missing": ("error", "Absent")}
YEAR = Finding("year-missing", "info", "annexes[0].title", "annex, heading", "no year", "add it")
ANNEX = Finding("annex-missing", "error", "points[0]", "point 1", "no annex", acknowledged=True)


def no_line(file, path):
    return 0


def test_places_a_finding_by_file_path_and_place():
    log = sarif_log({"приказ 1.yaml": [YEAR]}, RULES, no_line)
    (result,) = log["runs"][0]["results"]
    assert result["ruleId"] == "year-missing"
    assert result["level"] == "note"
    assert result["message"]["text"] == "annex, heading: no year → add it"
    (location,) = result["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"].endswith("%201.yaml")
    assert location["logicalLocations"] == [
        {"name": "annex, heading", "fullyQualifiedName": "annexes[0].title"}
    ]


def test_names_the_line_where_it_is_known():
    lines = {("a.yaml", "points[0]"): 7}
    log = sarif_log({"a.yaml": [YEAR, ANNEX]}, RULES, lambda *place: lines.get(place, 0))
    places = [result["locations"][0]["physicalLocation"] for result in log["runs"][0]["results"]]
    assert [place.get("region") for place in places] == [None, {"startLine": 7}]


def test_suppresses_what_was_acknowledged():
    results = sarif_log({"a.yaml": [YEAR, ANNEX]}, RULES, no_line)["runs"][0]["results"]
    assert [result.get("suppressions") for result in results] == [None, [{"kind": "inSource"}]]


def test_names_every_rule_once():
    driver = sarif_log({}, RULES, no_line)["runs"][0]["tool"]["driver"]
    assert [(rule["id"], rule["defaultConfiguration"]["level"]) for rule in driver["rules"]] == [
        ("year-missing", "note"),
        ("annex-missing", "error"),
    ]
