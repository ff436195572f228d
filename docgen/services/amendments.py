"""Editions of orders: compared, amended, consolidated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.amendments.compose import Edition, Requisites, amend
from docgen.amendments.consolidate import apply
from docgen.amendments.differences import diff_orders
from docgen.context import printed_order
from docgen.errors import ConversionError
from docgen.export.data import order_values
from docgen.export.differences import diff_values
from docgen.models import Amendment, Order, Profile
from docgen.models.differences import OrderDiff
from docgen.schemas.reading import Document
from docgen.services.comparison import comparison_context, comparison_texts
from docgen.services.documents import DOCUMENTS, WORKBOOKS, Documents


@dataclass(frozen=True, slots=True)
class Amended:
    """The files of an amending order; `refusal` says why there is no PDF among them."""

    amendment: Amendment
    files: tuple[Path, ...]
    refusal: ConversionError | None = None


class Amendments:
    """The use cases of changing an order that is in force."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def edition(self, path: Path, region: str | None = None) -> Order:
        """The order in a data file or a document; `region` says whose, where that leaves it open.

        InputError where no region is recognised in the document.
        """
        if path.suffix.lower() not in (*DOCUMENTS, *WORKBOOKS):
            return self._documents.load(path)
        order = self._documents.read(path, region).order
        self._documents.regions.find(order.region)
        return order

    def diff(self, old: Order, new: Order) -> OrderDiff:
        """What changed from one edition to the other, as their regions print them."""
        return diff_orders(self._printed(old), self._printed(new))

    def comparison(self, old: Order, new: Order, diff: OrderDiff) -> bytes:
        """A DOCX with what changed, both editions side by side."""
        profile = self.profile(new)
        context = comparison_context(old, new, diff, profile)
        values = {"kind": "diff", **diff_values(diff)}
        texts = comparison_texts(context)
        return self._documents.fill("diff", new.region, context, texts, values)

    def profile(self, order: Order) -> Profile:
        """The profile of the order's region."""
        return self._documents.regions.find(order.region).profile

    def _printed(self, order: Order) -> Order:
        return printed_order(order, self._documents.regions.find(order.region))

    def amend(self, old: Order, new: Order, requisites: Requisites) -> Amendment:
        """The amending order that leads from one edition to the other."""
        editions = Edition(old, self._printed(old)), Edition(new, self._printed(new))
        return amend(*editions, requisites, self.profile(old))

    def write(self, amendment: Amendment, target: Path, formats: Sequence[str]) -> Amended:
        """The data file of the amending order and its documents, under one name."""
        files, refusal = self._documents.write(amendment, target, ("yaml", *formats))
        return Amended(amendment, files, refusal)

    def consolidate(self, path: Path, amendments: Sequence[Path]) -> Order:
        """The order as amended by each in turn.

        Raises AmendmentError where they conflict, InputError where a change written by hand
        leaves no order that a data file could hold.
        """
        loaded = [(each.name, self._documents.load_amendment(each)) for each in amendments]
        return self.edition_after(self.edition(path), loaded, path.name)

    def edition_after(
        self, order: Order, amendments: Sequence[tuple[str, Amendment]], name: str
    ) -> Order:
        """The order as amended by each in turn; each comes with the name that errors call it by."""
        values = order_values(apply(order, amendments))
        return self._documents.order_from(Document(values), name)

    def save(self, order: Order, path: Path) -> None:
        """The order as a data file: JSON, a workbook or YAML, as the ending says."""
        self._documents.save(order, path)
