"""The five published orders, the mistakes they were signed with, and their corrected copies."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from docgen.checks import check_reading
from docgen.models import Finding, Order
from docgen.models.readings import PrintedStamp, Reading
from docgen.regions import Region, Regions, load_regions
from docgen.schemas.order import load_order
from docgen.settings import PROFILES
from tests.cases import read_cases

ROOT = Path(__file__).parents[2]
STEP = re.compile(r"\w+|\[\d+\]")
PUBLISHED: dict[str, Any] = read_cases(Path(__file__).with_name("published_mistakes.yaml"))


@dataclass(frozen=True)
class Published:
    """One order as it was signed: what is wrong with it, and its values for mending."""

    region: Region
    values: dict[str, Any]
    mistakes: list[dict[str, Any]]
    stamps: tuple[PrintedStamp | None, ...]

    def findings(self) -> list[Finding]:
        """What the checks find in the order with the stamps it was printed with."""
        return check_reading(Reading(self.order(self.values), self.stamps), self.region)

    def corrected(self) -> Order:
        """The order once every mistake is mended."""
        values = deepcopy(self.values)
        for mistake in self.mistakes:
            for slip in (mistake, *mistake.get("also", ())):
                if not slip.get("path", "").endswith(".stamp"):
                    mend(values, **{key: slip.get(key, "") for key in ("path", "printed", "right")})
        values.pop("acknowledged", None)
        return self.order(values)

    def order(self, values: dict[str, Any]) -> Order:
        """The order of these values."""
        profile = self.region.profile
        order, problems = load_order(values, profile.item_keys, tuple(profile.layouts))
        assert order is not None, problems
        return order


@cache
def regions() -> Regions:
    """The regions with their plugins."""
    return load_regions(PROFILES, None)


@cache
def published(code: str) -> Published:
    """The published order of a region."""
    text = (ROOT / "examples" / f"{code}.yaml").read_text("utf-8")
    values = yaml.load(text, Loader=yaml.BaseLoader)
    values["years"] = [int(year) for year in values["years"]]
    entry = PUBLISHED[code]
    return Published(regions()[code], values, entry["mistakes"], _stamps(entry.get("stamps", ())))


def _stamps(entries: list[dict[str, Any] | None]) -> tuple[PrintedStamp | None, ...]:
    return tuple(
        entry and PrintedStamp(**{**entry, "lines": tuple(entry["lines"])}) for entry in entries
    )


def mend(values: Any, path: str, printed: str, right: str) -> None:
    """Replaces what is printed at the path; sets the whole value where nothing is printed there."""
    *way, last = [int(step[1:-1]) if step[0] == "[" else step for step in STEP.findall(path)]
    for step in way:
        values = values[step]
    before = values[last] if isinstance(last, int) else values.get(last, "")
    if printed and printed not in before:
        assert right in before, f"{path}: “{printed}” does not stand in “{before}”"
        return
    values[last] = before.replace(printed, right) if printed else right
