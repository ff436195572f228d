"""The user guides name what stands on the pages, and their pictures can be made anew."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import ROOT
from tests.docs.screenshots import PICTURES, walk

GUIDES = sorted((ROOT / "docs/ru").glob("*.md"))
MADE = sorted(PICTURES.rglob("*.png"))


def _name(path: Path) -> str:
    return path.relative_to(PICTURES).with_suffix("").as_posix()


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_words_in_bold_are_words_of_the_pages(guide: Path) -> None:
    catalogue = gettext.translation("docgen", ROOT / "docgen/locale", languages=["ru"])._catalog
    worded = "\n".join(map(str, catalogue.values())).lower()
    for label in re.findall(r"\*\*([^*]+)\*\*", guide.read_text("utf-8")):
        said = label.strip("+?. ").lower()
        assert said in worded or label[-1] in ".?", label


def test_every_picture_is_shown_and_small() -> None:
    text = "".join(guide.read_text("utf-8") for guide in GUIDES)
    assert {_name(path) for path in MADE} == set(re.findall(r"pictures/guide/([\w/-]+)\.png", text))
    for path in MADE:
        assert path.stat().st_size <= 120_000, path.name
        with Image.open(path) as picture:
            assert picture.width <= 1280, path.name


@pytest.mark.integration
@pytest.mark.slow
def test_the_story_of_the_guides_can_be_walked(tmp_path: Path) -> None:
    walk(tmp_path)
    assert {path.relative_to(tmp_path) for path in tmp_path.rglob("*.png")} == {
        path.relative_to(PICTURES) for path in MADE
    }
