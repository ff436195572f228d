import pytest

from docgen.errors import RegionError
from docgen.models import Regrading
from docgen.schemas.profile import load_profile
from docgen.settings import PROFILES


def profile_with(tmp_path, findings):
    path = tmp_path / "smolensk.yaml"
    path.write_text((PROFILES / "smolensk.yaml").read_text("utf-8") + findings, "utf-8")
    return load_profile(path)


def test_a_profile_grades_findings_with_a_reason(tmp_path):
    entry = "\nfindings:\n  - {code: year-missing, severity: silent, reason: инструкция}\n"
    assert profile_with(tmp_path, entry).findings == (
        Regrading("year-missing", "silent", "инструкция"),
    )


@pytest.mark.parametrize(
    "entry",
    [
        "{code: year-missing, severity: silent}",
        "{code: year-missing, severity: loud, reason: инструкция}",
    ],
)
def test_a_grade_needs_a_known_severity_and_a_reason(tmp_path, entry):
    with pytest.raises(RegionError):
        profile_with(tmp_path, f"\nfindings:\n  - {entry}\n")
