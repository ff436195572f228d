"""Links lead somewhere, pictures are there and small, make targets exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import REGIONS, ROOT

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "examples/README.md"])
NAMES = [path.relative_to(ROOT).as_posix() for path in PAGES]


def _prose(path: Path) -> str:
    return re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.S)


def _anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", _prose(path), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    path = ROOT / name
    links = re.findall(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"", _prose(path))
    for link in filter(None, (first or second for first, second in links)):
        if "://" in link:
            continue
        file, _hash, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), link
        assert not anchor or anchor in _anchors(target), link


@pytest.mark.parametrize("name", NAMES)
def test_make_targets_exist(name: str) -> None:
    known = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert set(re.findall(r"(?:`|\$ )make (\w+)", (ROOT / name).read_text("utf-8"))) <= known


@pytest.mark.parametrize("region", REGIONS)
def test_gallery_shows_order_and_annex(region: str) -> None:
    gallery = (ROOT / "docs/gallery.md").read_text("utf-8")
    assert f"(pictures/{region}.png)" in gallery
    assert f"(pictures/{region}-annex.png)" in gallery


def test_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in ROOT.glob("docs/pictures/*.png")) < 1_000_000


@pytest.mark.parametrize("region", REGIONS)
def test_each_example_names_its_source(region: str) -> None:
    assert f"`{region}.yaml`" in (ROOT / "examples/README.md").read_text("utf-8")


def test_places_named_in_the_contributing_guide_exist() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    table = text.partition("## Where to make changes")[2].partition("\n## ")[0]
    for place in re.findall(
        r"`((?:docgen|plugins|regional_profiles|templates|tests)/[^`]*)`", table
    ):
        pattern = place.replace("<region>", "*").rstrip("/")
        assert list(ROOT.glob(pattern)), place
