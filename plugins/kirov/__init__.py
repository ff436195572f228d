"""Kirov Oblast, Verkhnekamsky district. Source: приказ от 12.05.2021 № 60/1."""

from docgen.hookspecs import hookimpl
from docgen.models import Annex, Profile


@hookimpl
def annex_layout(annex: Annex, profile: Profile) -> str | None:
    """The order's second annex, a «муниципальный план», heads its columns in its own way."""
    is_plan = "план" in annex.title.lower() and "дорожная карта" not in annex.title.lower()
    return "municipal_plan" if is_plan else None
