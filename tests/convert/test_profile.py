from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from docgen.convert.contract import PdfOptions
from docgen.convert.office import Office
from docgen.convert.profile import seed_profile

NAME = "{http://openoffice.org/2001/registry}name"
OFFICE = Office(Path("/opt/soffice.bin"), "24.2", "build & 7")


def settings(folder: Path, options: PdfOptions = PdfOptions()) -> dict[str, str | None]:  # noqa: B008
    seed_profile(folder, OFFICE, options)
    root = ElementTree.parse(folder / "user" / "registrymodifications.xcu").getroot()
    return {prop.attrib[NAME]: prop.findtext("value") for prop in root.iter("prop")}


def test_is_taken_for_a_profile_of_this_very_libreoffice(tmp_path: Path) -> None:
    found = settings(tmp_path)
    assert found["ooSetupLastVersion"] == "24.2"
    assert found["LastCompatibilityCheckID"] == "build & 7"
    assert (tmp_path / "user" / "extensions" / "buildid").read_text() == "build & 7"


def test_is_closed_to_links_and_macros(tmp_path: Path) -> None:
    found = settings(tmp_path)
    assert found["BlockUntrustedRefererLinks"] == "true"
    assert found["DisableMacrosExecution"] == "true"
    assert found["MacroSecurityLevel"] == "3"


def test_carries_the_options_for_back_ends_that_cannot_pass_them(tmp_path: Path) -> None:
    found = settings(tmp_path, PdfOptions(pdfa=True, language="en-GB"))
    assert found["SelectPdfVersion"] == "2"
    assert found["UseTaggedPDF"] == "true"
    assert found["DefaultLocale"] == "en-GB"
