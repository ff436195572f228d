"""The one place that puts the parts together, from settings."""

from __future__ import annotations

from docgen.convert import Converter, LibreOfficePool
from docgen.regions import load_regions
from docgen.services.documents import Documents
from docgen.services.templates import Templates
from docgen.settings import PROFILES, TEMPLATES, Settings


def build_documents(settings: Settings) -> Documents:
    """The use cases of orders on this machine. Close it to end LibreOffice."""
    regions = load_regions(PROFILES, settings.plugins)
    further = (settings.plugins,) if settings.plugins else ()

    def open_converter() -> Converter:
        return LibreOfficePool(settings.convert_workers)

    return Documents(regions, Templates(TEMPLATES, further), open_converter)
