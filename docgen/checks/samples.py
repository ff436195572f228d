"""Made-up values of the sample that a new order begins with, where real ones belong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from docgen.checks.dossier import Dossier, Mistake
from docgen.i18n import _
from docgen.models import Control
from docgen.models.samples import CELLS, CONTROLLER, NAME


def sample_left(dossier: Dossier) -> Iterator[Mistake]:
    """The names of the sample, and its row where it stands as it was given."""
    message = _("a made-up name from the sample: “%(name)s”")
    advice = _("write the real one")
    for passage in dossier.passages:
        if passage.part == "name" and passage.text.strip() == NAME:
            yield Mistake(passage.path, message % {"name": NAME}, advice)
    for index, point in enumerate(dossier.order.points):
        if isinstance(point.form, Control) and _is_sample(point.form):
            path = f"points[{index}].control.name"
            yield Mistake(path, message % {"name": CONTROLLER.name}, advice)
    sample = {key: text.replace("{year}", str(dossier.years[0])) for key, text in CELLS.items()}
    for row in dossier.rows:
        cells = [(key, text) for key, text in row.item.values.items() if text and key != "number"]
        if len(cells) > 2 and all(sample.get(key) == text for key, text in cells):
            yield Mistake(row.path, _("the row of the sample as it was given"), advice)


def _is_sample(form: Control) -> bool:
    return replace(form.person, gender=CONTROLLER.gender) == CONTROLLER
