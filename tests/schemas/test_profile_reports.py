import pytest

from docgen.errors import RegionError
from docgen.models import Reporter, ReportStyle
from tests.schemas.test_profile_findings import profile_with


def test_a_profile_says_who_reports_and_which_columns_a_report_shows(tmp_path):
    profile = profile_with(
        tmp_path,
        "\nreport: {columns: [activity, executor], details: [information]}\n"
        "reporters:\n  - {by: region, items: [13, '14.']}\n"
        "  - {by: municipality, executor: [муниципальные координаторы]}\n",
    )
    assert profile.report == ReportStyle(("activity", "executor"), ("information",))
    assert profile.reporters == (
        Reporter("region", items=("13", "14.")),
        Reporter("municipality", executor=("муниципальные координаторы",)),
    )


@pytest.mark.parametrize(
    ("entry", "path"),
    [
        ("report: {columns: [activity, goal]}", "report.columns[1]"),
        ("report: {details: [tasks]}", "report.details[0]"),
        ("reporters: [{by: school}]", "reporters[0]"),
        ("reporters: [{by: teacher, items: [1]}]", "reporters[0].by"),
        ("reporters: [{items: [1]}]", "reporters[0].by"),
    ],
)
def test_refuses_rules_that_fit_nothing(tmp_path, entry, path):
    with pytest.raises(RegionError) as caught:
        profile_with(tmp_path, f"\n{entry}\n")
    assert [problem.path for problem in caught.value.problems] == [path]
