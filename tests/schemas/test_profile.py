from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from docgen.errors import RegionError
from docgen.schemas.profile import load_profile
from tests.conftest import REGIONS, ROOT

PROFILES = ROOT / "regional_profiles"
REGRADED = "findings: [{code: layout-font, severity: silent, reason: инструкция}]\n"


def broken(tmp_path: Path, old: str, new: str) -> RegionError:
    text = (PROFILES / "smolensk.yaml").read_text("utf-8")
    assert old in text
    path = tmp_path / "smolensk.yaml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(RegionError) as caught:
        load_profile(path)
    return caught.value


@pytest.mark.parametrize("region", REGIONS)
def test_every_built_in_profile_loads_and_cites_its_sources(region: str) -> None:
    profile = load_profile(PROFILES / f"{region}.yaml")
    assert profile.letterhead.source
    assert profile.issuer.source
    assert profile.project.source
    assert all(layout.source for layout in profile.layouts.values())


@pytest.mark.parametrize(
    ("old", "new", "path", "code"),
    [
        ("code: smolensk", "code: tver", "code", "code-mismatch"),
        ("signatory_post:", "signatory_pst:", "signatory_pst", "unknown-key"),
        ("layouts:", "layoutz:", "layouts", "missing-key"),
        ("width: 84", "width: много", "layouts.roadmap.columns[1].width", "wrong-type"),
        ("items: through", "items: sideways", "layouts.roadmap.items", "unknown-word"),
        ("date: 2022-06-30", "date: 2022-06-31", "stages[0].date", "impossible-date"),
        ("key: activity", "key: number", "layouts.roadmap.columns", "duplicate-column"),
        ('"{date}", ', '"дата", ', "requisites[0]", "bad-pattern"),
        ("signatory_post:", f"{REGRADED}signatory_post:", "findings[0].code", "unknown-word"),
        ("time_zone: Europe/Moscow", "time_zone: Europe", "time_zone", "unknown-time-zone"),
        ("stamp:", "templates: {order: /etc/order.docx}\nstamp:", "templates.order", "bad-path"),
        ("stamp:", "templates: {order: ../order.docx}\nstamp:", "templates.order", "bad-path"),
        ("stamp:", 'templates: {order: "C:order.docx"}\nstamp:', "templates.order", "bad-path"),
        ("stamp:", 'templates: {diff: "a\\\\..\\\\b.docx"}\nstamp:', "templates.diff", "bad-path"),
        ("stamp:", "templates: {order: secret}\nstamp:", "templates.order", "bad-path"),
        ("  roadmap:\n    source", "  other:\n    source", "layouts.roadmap", "missing-key"),
    ],
)
def test_refuses_a_bad_profile_with_path_code_and_line(
    tmp_path: Path, old: str, new: str, path: str, code: str
) -> None:
    problems = broken(tmp_path, old, new).problems
    assert (path, code) in [(problem.path, problem.code) for problem in problems]
    assert all(problem.message.startswith("строка ") for problem in problems)


def test_the_line_is_that_of_the_fault(tmp_path: Path) -> None:
    problem = broken(tmp_path, "date: 2022-06-30", "date: 2022-06-31").problems[0]
    lines = (PROFILES / "smolensk.yaml").read_text("utf-8").splitlines()
    line = next(i for i, text in enumerate(lines, 1) if "2022-06-30" in text)
    assert problem.message.startswith(f"строка {line}:")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Europe/Moskow", "Europe/Moscow"),
        ("Yekaterinburg", "Asia/Yekaterinburg"),
        ("asia/omsk", "Asia/Omsk"),
        ("/etc/passwd", "Europe/Moscow"),
        ("UTC+5", "Europe/Moscow"),
    ],
)
def test_a_time_zone_that_does_not_exist_is_answered_with_one_that_does(
    tmp_path: Path, typed: str, meant: str
) -> None:
    (problem,) = broken(tmp_path, "Europe/Moscow", typed).problems
    assert problem.code == "unknown-time-zone"
    assert problem.message.endswith(f" {meant}")


@pytest.mark.parametrize(
    ("region", "hours"),
    [("astrakhan", 4), ("kirov", 3), ("moscow_oblast", 3), ("smolensk", 3), ("yugra", 5)],
)
def test_each_region_lives_by_its_own_clock(region: str, hours: int) -> None:
    zone = load_profile(PROFILES / f"{region}.yaml").zone
    assert datetime(2026, 12, 6, tzinfo=zone).utcoffset() == timedelta(hours=hours)
