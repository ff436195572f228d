"""A document on paper read as an order: its own text, its annexes, and what is doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from docgen.i18n import _
from docgen.importers.annexes import AnnexDraft, flow_of, taken_apart
from docgen.importers.front import Front, cities_of, read_front
from docgen.importers.headings import Headings
from docgen.importers.paper import Line, Paper
from docgen.importers.places import annex_place, order_places
from docgen.importers.recognition import Evidence, Verdict, recognise
from docgen.importers.roadmaps import ReadAnnex, read_annex
from docgen.importers.stamps import read_revisions
from docgen.models import Order, Profile, Revision, Signatory
from docgen.models.readings import Doubt, LayoutFacts, ParagraphFacts, Reading, Unplaced

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def read_order(paper: Paper, profiles: Mapping[str, Profile], region: str | None = None) -> Reading:
    """The order on paper; without a `region` the one that it is most like.

    An order of no known region has the empty code, and its tables keep their printed numbers.
    """
    lines, drafts = taken_apart(flow_of(paper.blocks, Headings(profiles.values())))
    front = read_front(lines, drafts, cities_of(profiles))
    letterhead = front.requisites.letterhead or _running_head(paper)
    evidence = _evidence(letterhead, front, drafts)
    verdict = recognise(evidence, profiles) if region is None else Verdict(region, 1.0)
    profile = profiles.get(verdict.code)
    annexes = _read_annexes(drafts, Headings(profiles.values(), profile), profile)
    return Reading(
        order=_order(front, annexes, verdict.code, profile),
        stamps=tuple(read.stamp for read in annexes),
        layout=LayoutFacts(paper.pages, tuple(_facts(front, drafts, annexes)), paper.table_sizes),
        places=dict(_places(front, annexes)),
        doubts=tuple(_doubts(front, annexes, verdict, profile, chosen=region is None)),
        unplaced=tuple(_unplaced(paper, letterhead, front, annexes)),
        letterhead=letterhead,
        document=front.requisites.document,
        operative=front.requisites.operative,
        headings=tuple(read.grids[0].grid.headings if read.grids else () for read in annexes),
    )


def _running_head(paper: Paper) -> tuple[str, ...]:
    """The letterhead of an order that has it in the header of its first page."""
    return tuple(text for text in paper.running if text.upper() == text)


def _evidence(letterhead: Sequence[str], front: Front, drafts: Sequence[AnnexDraft]) -> Evidence:
    stamps = [line.text for draft in drafts for line in (*draft.stamp, *draft.heading)]
    requisites = front.requisites
    return Evidence(
        letterhead,
        [requisites.title, requisites.preamble, *stamps],
        [grid.headings for draft in drafts for grid in draft.grids],
        requisites.city,
    )


def _read_annexes(
    drafts: Sequence[AnnexDraft], headings: Headings, profile: Profile | None
) -> list[ReadAnnex]:
    return [
        read_annex(draft, f"annexes[{index}]", annex_place(index, len(drafts)), headings, profile)
        for index, draft in enumerate(drafts)
    ]


def _order(front: Front, annexes: Sequence[ReadAnnex], code: str, profile: Profile | None) -> Order:
    read = front.requisites
    return Order(
        region=code,
        title=read.title,
        preamble=read.preamble,
        points=tuple(draft.point() for draft in front.points),
        annexes=tuple(each.annex for each in annexes),
        years=_years(read.title, profile),
        date=read.date,
        number=read.number,
        city=read.city,
        signatory=_signatory(front.signatory, profile),
        acquainted=front.acquainted,
        executor=front.executor,
        revisions=_revisions(annexes),
    )


def _revisions(annexes: Sequence[ReadAnnex]) -> tuple[Revision, ...]:
    """The amending orders that the first stamp with any names."""
    named = (read_revisions(read.stamp.lines) for read in annexes if read.stamp is not None)
    return next(filter(None, named), ())


def _signatory(signatory: Signatory | None, profile: Profile | None) -> Signatory | None:
    """The one who signs; the profile's post without a name is a draft's blank."""
    usual = profile.signatory_post if profile else ""
    is_blank = signatory is not None and not signatory.name and signatory.post == usual
    return None if is_blank else signatory


def _years(title: str, profile: Profile | None) -> tuple[int, int] | None:
    """The years that the title names, else those of the region's project."""
    years = sorted(map(int, _YEAR.findall(title)))
    if years:
        return years[0], years[-1]
    return profile.project.years if profile else None


def _places(front: Front, annexes: Sequence[ReadAnnex]) -> Iterator[tuple[str, str]]:
    yield from order_places(front.points)
    for read in annexes:
        yield from read.places()


def _facts(
    front: Front, drafts: Sequence[AnnexDraft], annexes: Sequence[ReadAnnex]
) -> Iterator[ParagraphFacts]:
    yield from front.facts()
    for draft, read in zip(drafts, annexes, strict=True):
        yield from _set(draft.stamp, "stamp")
        yield from _set(read.title, "annex-title")


def _set(lines: Sequence[Line], role: str) -> Iterator[ParagraphFacts]:
    for line in lines:
        if line.facts is not None and not line.joined:
            yield replace(line.facts, role=role)


def _doubts(
    front: Front,
    annexes: Sequence[ReadAnnex],
    verdict: Verdict,
    profile: Profile | None,
    *,
    chosen: bool,
) -> Iterator[Doubt]:
    if chosen:
        reason = _("no region was recognised")
        if profile is not None:
            reason = _("recognised as “%(name)s”") % {"name": profile.name}
        yield Doubt("region", _("the letterhead"), verdict.confidence, reason)
    yield from front.doubts()
    for read in annexes:
        yield from read.doubts()


def _unplaced(
    paper: Paper, letterhead: Sequence[str], front: Front, annexes: Sequence[ReadAnnex]
) -> Iterator[Unplaced]:
    yield from front.unplaced()
    for read in annexes:
        yield from read.unplaced()
    for text in paper.running:
        if text not in letterhead:
            yield Unplaced(text, _("a header or footer"))
    for text in paper.notes:
        yield Unplaced(text, _("a footnote"))
    yield from paper.debris
