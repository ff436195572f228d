"""For authors of regions: does a profile, with its plugin, make an order?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from docgen.bootstrap import build_documents, settings_in_force


def check_region(folder: Path, code: str, output: Path) -> Path:
    """The DOCX that the region in the folder makes of its own starter order.

    Raises the error that keeps the region from making one; every text of the order, the headings
    of its columns included, has been read back from the DOCX.
    """
    documents = build_documents(replace(settings_in_force(), plugins=folder))
    source = output / f"{code}.yaml"
    documents.write_starter(code, documents.regions.find(code).profile.project.years[0], source)
    return documents.generate(source, output, ("docx",)).files[0]
