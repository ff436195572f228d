"""How many cells of recognised texts are read as a person transcribed them.

    python -m tests.importers.measure_scans SEEDS TRANSCRIPTIONS [--wrong]

Each text in the folder SEEDS is read without naming its region and compared, white space aside,
with `<region>.json` in TRANSCRIPTIONS: every cell and every heading of a section. A wrong cell
without a doubt is one that nobody would have looked at.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen.bootstrap import build_documents
from docgen.models import Annex
from docgen.models.numbering import item_numbers, section_heading
from docgen.models.readings import Reading
from docgen.regions import Region
from docgen.settings import read_settings

DOCUMENTS = build_documents(read_settings())


@dataclass(frozen=True)
class Wrong:
    path: str
    printed: str
    read: str
    flagged: bool


def bare(text: str | None) -> str:
    return "".join((text or "").split())


def read_cells(annex: Annex, path: str, region: Region) -> Iterator[list[tuple[str, str]]]:
    """Each heading and row of an annex as texts with their paths."""
    layout = region.layout(annex)
    numbers = item_numbers(annex, layout)
    for index, section in enumerate(annex.sections):
        own = f"{path}.sections[{index}]"
        if section.title is not None:
            yield [(f"{own}.title", section_heading(section, index, layout))]
        for row, item in enumerate(section.items):
            number = numbers[index][row] if item.number is None else item.number
            yield [
                (f"{own}.items[{row}].{key}", number if key == "number" else item.get(key))
                for key in (column.key for column in layout.columns)
            ]


def printed_cells(roadmap: Mapping[str, Any]) -> Iterator[list[str]]:
    for section in roadmap["sections"]:
        if section["title"] is not None:
            yield [section["title"]]
        yield from section["rows"]


def compare(reading: Reading, transcription: Mapping[str, Any]) -> tuple[int, list[Wrong]]:
    """How many cells there are, and those that were read otherwise."""
    region = DOCUMENTS.regions[transcription["region"]]
    doubtful = {doubt.path for doubt in reading.doubts}
    count, wrong = 0, []
    annexes = dict(enumerate(reading.order.annexes))
    for index, roadmap in enumerate(transcription["roadmaps"]):
        annex = annexes.get(index)
        rows = list(read_cells(annex, f"annexes[{index}]", region)) if annex else []
        for place, printed in enumerate(printed_cells(roadmap)):
            row = rows[place] if place < len(rows) else []
            for column, text in enumerate(printed):
                path, read = row[column] if column < len(row) else ("", "")
                count += 1
                if bare(text) != bare(read):
                    wrong.append(Wrong(path, text, read, path in doubtful))
    return count, wrong


def measure(seeds: Path, transcriptions: Path, *, show: bool) -> None:
    total = missed = 0
    for seed in sorted(seeds.glob("*.txt")):
        reading = DOCUMENTS.read(seed)
        known = transcriptions / f"{reading.order.region}.json"
        if not known.exists():
            print(f"{seed.name}: no region recognised")
            continue
        count, wrong = compare(reading, json.loads(known.read_text(encoding="utf-8")))
        total, missed = total + count, missed + len(wrong)
        silent = sum(not each.flagged for each in wrong)
        print(
            f"{reading.order.region:14} {count:4} cells, {count - len(wrong):4} as printed:"
            f" {100 * (count - len(wrong)) / count:6.2f} %; wrong without a doubt: {silent};"
            f" doubts: {len(reading.doubts)}, unplaced: {len(reading.unplaced)}"
        )
        for each in wrong if show else ():
            flag = "doubted" if each.flagged else "SILENT"
            print(f"   {each.path} [{flag}]\n      - {each.printed}\n      + {each.read}")
    if total:
        print(f"{'all':14} {total:4} cells: {100 * (total - missed) / total:6.2f} %")


if __name__ == "__main__":
    arguments = [each for each in sys.argv[1:] if not each.startswith("--")]
    if len(arguments) != 2:
        sys.exit(__doc__)
    measure(Path(arguments[0]), Path(arguments[1]), show="--wrong" in sys.argv)
