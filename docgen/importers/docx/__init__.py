"""Orders in Word, ours or anybody's, read into the models."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.importers.assembly import read_order
from docgen.importers.docx.document import read_paper
from docgen.importers.profiles import usable_profiles
from docgen.models.readings import Reading
from docgen.regions import Region


def read_docx(
    data: bytes, name: str, regions: Mapping[str, Region], region: str | None = None
) -> Reading:
    """The order in a DOCX file and everything known of how it was printed.

    `name` is the file's, for messages. Without a `region` it is recognised, and a doubt on the
    path `region` tells which and how surely. Raises TemplateRefused, TemplateError or InputError
    for files that are dangerous, damaged, too long or without text, and InputError for a region
    that does not exist.
    """
    profiles = usable_profiles(regions, region)
    return read_order(read_paper(data, name), profiles, region)
