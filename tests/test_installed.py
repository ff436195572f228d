from __future__ import annotations

from importlib import metadata
from pathlib import Path

from docgen import __version__
from docgen.installed import entry_points


def listed(folder: Path, package: str, text: str) -> str:
    place = folder / f"{package}.dist-info"
    place.mkdir(parents=True)
    (place / "entry_points.txt").write_text(text, "utf-8")
    return str(folder)


def test_finds_what_the_standard_library_finds() -> None:
    theirs = {(point.name, point.value) for point in metadata.entry_points(group="docgen.regions")}
    assert set(entry_points("docgen.regions")) == theirs != set()


def test_reads_only_its_own_group(tmp_path: Path) -> None:
    text = "[console_scripts]\na = b:c\n\n[docgen.regions]\n# a remark\ntomsk=tomsk.region\n"
    folder = listed(tmp_path, "tomsk-1.0", text)
    assert list(entry_points("docgen.regions", [folder])) == [("tomsk", "tomsk.region")]


def test_the_first_of_two_copies_of_a_package_answers(tmp_path: Path) -> None:
    folders = [
        listed(tmp_path / version, f"Tomsk-{version}", f"[docgen.regions]\ntomsk = v{version[0]}\n")
        for version in ("2.0", "1.0")
    ]
    assert list(entry_points("docgen.regions", folders)) == [("tomsk", "v2")]


def test_the_version_is_that_of_the_package() -> None:
    assert __version__ == metadata.version("docgen")


def test_a_checkout_and_its_installation_are_one_package(tmp_path: Path) -> None:
    checkout = tmp_path / "checkout" / "tomsk.egg-info"
    checkout.mkdir(parents=True)
    (checkout / "entry_points.txt").write_text("[docgen.regions]\ntomsk = here\n", "utf-8")
    installed = listed(tmp_path / "site", "tomsk-1.0", "[docgen.regions]\ntomsk = there\n")
    folders = [str(checkout.parent), installed]
    assert list(entry_points("docgen.regions", folders)) == [("tomsk", "here")]
