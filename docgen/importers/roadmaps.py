"""An annex read from its draft: title, column layout, sections and items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docgen.i18n import _
from docgen.importers.annexes import AnnexDraft
from docgen.importers.headings import Headings, likeness
from docgen.importers.paper import Line, one_line
from docgen.importers.places import annex_places, row_names, row_place
from docgen.importers.rows import ReadGrid, SectionDraft, read_grids, read_sections
from docgen.importers.stamps import read_stamp
from docgen.importers.synonyms import HEADINGS
from docgen.models import Annex, Profile
from docgen.models.numbering import as_given
from docgen.models.readings import Doubt, PrintedStamp, Unplaced

_SURE = 0.9
_LONGEST_TITLE_LINE = 400
_SECTION = re.compile(r"(?:раздел|этап|блок|направление)\s|[IVXLC]+\.\s", re.IGNORECASE)


@dataclass(slots=True)
class ReadAnnex:
    """An annex with everything known of how it was printed; `path` is its own in the data."""

    annex: Annex
    stamp: PrintedStamp | None
    sections: list[SectionDraft]
    grids: list[ReadGrid]
    path: str
    place: str
    title: list[Line]
    beside: list[Line]

    def places(self) -> Iterator[tuple[str, str]]:
        """Where each of its values stands."""
        return annex_places(self.path, self.place, self.sections, self.grids)

    def unplaced(self) -> Iterator[Unplaced]:
        """Lines around its tables, and the texts of columns that have no key."""
        for line in self.beside:
            yield Unplaced(one_line(line.printed), self.place)
        names = row_names(self.sections)
        for section in self.sections:
            for draft in section.items:
                row = row_place(self.place, draft, names[id(draft)])
                for heading, text in draft.strange.items():
                    place = _('%(row)s, column "%(heading)s"') % {"row": row, "heading": heading}
                    yield Unplaced(text, place)

    def doubts(self) -> Iterator[Doubt]:
        """What is not sure of its columns and sections."""
        if not self.grids:
            yield Doubt(self.path, self.place, 0.0, _("the annex has no table that can be read"))
        for table, read in enumerate(self.grids, 1):
            if not read.grid.continues:
                yield from self._columns(table, read)
        for index, section in enumerate(self.sections):
            if section.title and not section.sure:
                path = f"{self.path}.sections[{index}].title"
                reason = _("a row with a single text was taken for the heading of a section")
                yield Doubt(path, self.place, 0.7, reason)
        yield from self._remarks()

    def _remarks(self) -> Iterator[Doubt]:
        """What the reader of the file was not sure of, cell by cell."""
        places = dict(self.places())
        for index, section in enumerate(self.sections):
            own = f"{self.path}.sections[{index}]"
            for remark in section.remarks:
                yield Doubt(
                    f"{own}.title", places[f"{own}.title"], remark.confidence, remark.reason
                )
            for number, draft in enumerate(section.items):
                for key, remarks in draft.remarks.items():
                    path = f"{own}.items[{number}].{key}".rstrip(".")
                    for remark in remarks:
                        yield Doubt(path, places[path], remark.confidence, remark.reason)

    def _columns(self, table: int, read: ReadGrid) -> Iterator[Doubt]:
        for column, (heading, match) in enumerate(
            zip(read.grid.headings, read.matches, strict=True), 1
        ):
            place = _('%(annex)s, table %(table)d, column "%(heading)s"') % {
                "annex": self.place,
                "table": table,
                "heading": heading or column,
            }
            if match.key is None:
                if heading or any(row.texts[column - 1] for row in read.grid.rows):
                    reason = _("no column of an order goes by the heading “%(heading)s”")
                    if match.foreign:
                        reason = _("the region's own tables have no column for “%(heading)s”")
                    yield Doubt(self.path, place, 0.0, reason % {"heading": heading})
            elif match.confidence < _SURE:
                reason = _("the heading “%(heading)s” was taken for the column “%(key)s”")
                values = {"heading": heading, "key": _usual(match.key)}
                yield Doubt(self.path, place, match.confidence, reason % values)


def _usual(key: str) -> str:
    """What the column is usually headed."""
    return HEADINGS.get(key, (key,))[0]


def read_annex(
    draft: AnnexDraft, path: str, place: str, headings: Headings, profile: Profile | None
) -> ReadAnnex:
    """The annex of a draft; numbers are given only where the style would not print them."""
    grids = read_grids(draft.grids, headings)
    name = _layout_name(grids, profile)
    if profile is not None and name is not None:
        grids = [read.within(profile.layouts[name]) for read in grids]
    _begin_section(draft)
    titles = [_section_title(draft, index) for index in range(len(grids))]
    sections = read_sections(grids, titles) if grids else []
    title, beside = _title(draft)
    if not grids:
        title, beside = title[:1], [*title[1:], *beside]
    annex = Annex(
        title=one_line(" ".join(line.printed for line in title)) or _title_above(draft),
        sections=tuple(section.section() for section in sections),
        layout=name,
    )
    if profile is not None and name is not None:
        annex = as_given(annex, profile.layouts[name])
    stamp = read_stamp([one_line(line.printed) for line in draft.stamp]) if draft.stamp else None
    beside = [*beside, *draft.after]
    return ReadAnnex(annex, stamp, sections, grids, path, place, title, beside)


def _begin_section(draft: AnnexDraft) -> None:
    """Gives the first table the line above it that titles its rows, as the further tables have."""
    if len(draft.heading) > 1 and draft.grids and _SECTION.match(draft.heading[-1].printed):
        draft.titles[0] = [draft.heading.pop()]


def _title(draft: AnnexDraft) -> tuple[list[Line], list[Line]]:
    """The lines of the title, and those above the table that are not part of it."""
    title: list[Line] = []
    beside: list[Line] = []
    for line in draft.heading:
        prose = len(line.text) > _LONGEST_TITLE_LINE and line.text.endswith(".")
        (beside if line.cell or (title and prose) else title).append(line)
    return title, beside


def _title_above(draft: AnnexDraft) -> str:
    """The title printed inside the table, above its headings."""
    return one_line(" ".join(draft.grids[0].above)) if draft.grids else ""


def _section_title(draft: AnnexDraft, index: int) -> str:
    """What is printed over a table that goes on with the annex: the title of its rows."""
    lines = [line.printed for line in draft.titles[index]]
    above = draft.grids[index].above if index or draft.heading else ()
    return one_line(" ".join((*lines, *above)))


def _layout_name(grids: Sequence[ReadGrid], profile: Profile | None) -> str | None:
    """The profile's layout that prints most of the columns, and is most like the table in words.

    None where no region, or no table, was recognised.
    """
    if profile is None or not grids:
        return None
    printed = grids[0].grid.headings
    keys = {key for read in grids for key in read.keys if key is not None}

    def fit(name: str) -> tuple[int, float, int]:
        layout = profile.layouts[name]
        own = {column.key for column in layout.columns}
        return len(keys & own), likeness(printed, layout), -len(own - keys)

    return max(profile.layouts, key=fit)
