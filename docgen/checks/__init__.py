"""The checks of an order: everything that no one should sign, and what is worth a second look.

Pure: no files, no clock, no network. A data file's order and an order read from a document pass
the same checks; the latter also shows its stamps and its page setup.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docgen.checks.catalogue import CATALOGUE, Check
from docgen.checks.dossier import AmendingDossier, Dossier
from docgen.checks.verdict import verdict
from docgen.models import Amendment, Annex, Finding, Order
from docgen.regions import Region

if TYPE_CHECKING:
    from docgen.models.readings import Reading

__all__ = ["CATALOGUE", "Check", "check_amendment", "check_order", "check_reading"]


def check_order(order: Order, region: Region) -> list[Finding]:
    """The findings of an order as its data file gives it, in the order of reading."""
    return verdict(Dossier(order, region))


def check_reading(reading: Reading, region: Region) -> list[Finding]:
    """The findings of an order read from a document, its stamps and page setup included."""
    return verdict(Dossier(reading.order, region, reading))


def check_amendment(amendment: Amendment, region: Region) -> list[Finding]:
    """The findings of an amending order as its data file gives it, in the order of reading."""
    annexes = tuple(Annex(sheet.title, (), layout=sheet.layout) for sheet in amendment.sheets)
    order = replace(amendment.order, annexes=annexes)
    return verdict(AmendingDossier(order, region, sheets=amendment.sheets))
