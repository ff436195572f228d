"""Orders in text recognised from a scan, read into the models."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.importers.assembly import read_order
from docgen.importers.headings import Headings
from docgen.importers.profiles import usable_profiles
from docgen.importers.text.document import read_paper
from docgen.importers.text.source import decoded, lines_of
from docgen.importers.text.words import mender
from docgen.models.readings import Reading
from docgen.regions import Region


def read_text(
    data: bytes, name: str, regions: Mapping[str, Region], region: str | None = None
) -> Reading:
    """The order in a text file whose tables have a row a line and tabs between the cells.

    Rows that page breaks cut are whole again, columns that the recognition made up are gone; each
    cell that took more than copying has a doubt. `name` is the file's, for messages. Raises
    InputError for files that are no text or too long, and for a region that does not exist.
    """
    profiles = usable_profiles(regions, region)
    text = decoded(data, name)
    paper = read_paper(lines_of(text), Headings(profiles.values()), mender(text))
    return read_order(paper, profiles, region)
