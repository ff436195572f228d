"""Every finding there is: its code, how grave it is, what it means and which check finds it.

Codes are stable: people acknowledge them in data files. Each is documented in docs/findings.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from docgen.checks import (
    annexes,
    cells,
    dates,
    layout,
    letters,
    links,
    names,
    numbering,
    requisites,
    samples,
    scans,
    setting,
    wording,
)
from docgen.checks.dossier import Dossier, Mistake
from docgen.i18n import noop as _
from docgen.models import Severity


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of finding; `title` is a msgid."""

    severity: Severity
    find: Callable[[Dossier], Iterable[Mistake]]
    title: str


CATALOGUE: dict[str, Check] = {
    "stamp-mismatch": Check(
        "error", requisites.stamp_mismatch, _("The stamp's date or number is not the order's")
    ),
    "stamp-blank": Check("warning", requisites.stamp_blank, _("The stamp is not filled in")),
    "number-in-draft": Check("info", requisites.number_in_draft, _("A number without a date")),
    "leftover-tag": Check("error", requisites.leftover_tag, _("A template's tag was printed")),
    "value-lost": Check("error", requisites.value_lost, _("A value was lost")),
    "doubtful-value": Check("info", requisites.doubtful_value, _("A value was read with doubt")),
    "unplaced-text": Check("info", requisites.unplaced_text, _("A text found no place")),
    "duplicate-number": Check(
        "warning", numbering.duplicate_number, _("The same number stands twice")
    ),
    "number-gap": Check("warning", numbering.number_gap, _("A number is left out")),
    "section-gap": Check("warning", numbering.section_gap, _("A section's number is left out")),
    "impossible-date": Check("error", dates.impossible_date, _("There is no such date")),
    "date-before-order": Check(
        "warning", dates.date_before_order, _("The deadline was over before the order was signed")
    ),
    "deadline-unparsed": Check(
        "warning", dates.deadline_unparsed, _("The deadline is absent or not understood")
    ),
    "deadline-year-outside-project": Check(
        "warning", dates.deadline_year_outside_project, _("The year is outside the project")
    ),
    "year-missing": Check("info", dates.year_missing, _("The year is not printed")),
    "indicator-missing": Check("warning", cells.indicator_missing, _("There is no indicator")),
    "indicator-mismatch": Check(
        "warning", cells.indicator_mismatch, _("The indicator speaks of another event")
    ),
    "executor-missing": Check("warning", cells.executor_missing, _("There is no executor")),
    "executor-duplicate": Check(
        "warning", cells.executor_duplicate, _("The same executor stands twice")
    ),
    "host-variant": Check("warning", links.host_variant, _("One site under several spellings")),
    "url-malformed": Check("warning", links.url_malformed, _("The address will not open")),
    "annex-unreferenced": Check(
        "warning", annexes.annex_unreferenced, _("No point mentions the annex")
    ),
    "annex-missing": Check("error", annexes.annex_missing, _("The annex is absent")),
    "repeated-phrase": Check("warning", wording.repeated_phrase, _("Words are typed twice")),
    "unbalanced-quotes": Check(
        "warning", wording.unbalanced_quotes, _("A quote or bracket lacks its pair")
    ),
    "initials-malformed": Check(
        "warning", names.initials_malformed, _("Initials are not written as the standard asks")
    ),
    "gender-unknown": Check(
        "warning", names.gender_unknown, _("The wording of a point cannot be decided")
    ),
    "sample-left": Check(
        "warning", samples.sample_left, _("A made-up value of the sample is left")
    ),
    "mixed-alphabet": Check(
        "warning", letters.mixed_alphabet, _("Letters of two alphabets in one word")
    ),
    "ocr-suspect": Check("warning", scans.ocr_suspect, _("Looks misread or mistyped")),
    "layout-page-size": Check("warning", layout.page_size, _("The size of the page")),
    "layout-margins": Check("warning", layout.margins, _("The margins are too narrow")),
    "layout-font-size": Check("warning", setting.font_size, _("The size of the text")),
    "layout-indent": Check("info", setting.indent, _("The first-line indent")),
    "layout-alignment": Check("info", setting.alignment, _("The alignment of the text")),
    "layout-line-spacing": Check("info", setting.line_spacing, _("The line spacing")),
    "layout-requisite-width": Check(
        "info", setting.requisite_width, _("A line of a requisite is too long")
    ),
    "layout-page-number": Check("warning", layout.page_number, _("The place of page numbers")),
    "layout-heading": Check("warning", layout.heading, _("The form of the title")),
    "layout-operative": Check("warning", layout.operative, _("The word of command")),
    "layout-signature": Check("warning", layout.signature, _("The form of the signature")),
    "layout-date-form": Check("info", layout.date_form, _("The form of dates")),
    "layout-approval-word": Check(
        "warning", layout.approval, _("“УТВЕРЖДЕН” does not agree with the annex")
    ),
    "layout-stamp": Check("warning", layout.stamp, _("The annex has no stamp")),
}

ACKNOWLEDGEMENT_UNUSED = "acknowledgement-unused"
"""The one finding no check makes: it shows when all others are known."""
