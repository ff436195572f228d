"""The order's own text read: its lines with their roles, and what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from docgen.i18n import _
from docgen.importers.annexes import AnnexDraft
from docgen.importers.closing import ending_roles
from docgen.importers.paper import Line, one_line
from docgen.importers.points import PointDraft, numbered, read_points
from docgen.importers.requisites import Requisites, read_requisites
from docgen.importers.roles import assign_roles
from docgen.importers.signature import is_name, read_acquainted, read_executor, read_signatory
from docgen.models import Executor, Profile, Signatory
from docgen.models.readings import Doubt, ParagraphFacts, Role, Unplaced

_TEXT_ROLES: frozenset[Role] = frozenset({"document", "operative", "point", "preamble"})


@dataclass(slots=True)
class Front:
    """What the lines of an order say before its annexes, and at the end of the last of them."""

    lines: list[Line]
    roles: list[Role]
    requisites: Requisites
    points: list[PointDraft]
    signatory: Signatory | None
    acquainted: tuple[str, ...]
    executor: Executor | None

    def facts(self) -> Iterator[ParagraphFacts]:
        """How each paragraph is set, with its role."""
        for line, role in zip(self.lines, self.roles, strict=True):
            if line.facts is not None and not line.joined:
                yield replace(line.facts, role=role)

    def unplaced(self) -> Iterator[Unplaced]:
        """Lines that are nothing an order consists of."""
        place = _("the text of the order")
        for line, role in zip(self.lines, self.roles, strict=True):
            if role in ("other", "annex-title"):
                yield Unplaced(one_line(line.printed), place)
        for text in self.requisites.strange:
            yield Unplaced(text, place)

    def doubts(self) -> Iterator[Doubt]:
        """What is missing, or was understood only by its shape."""
        yield from self._absent()
        for path, printed, due in numbered(self.points):
            if printed != due:
                reason = _("printed as point %(printed)s, but point %(due)s in order")
                place = _("point %(number)s") % {"number": printed}
                yield Doubt(path, place, 0.6, reason % {"printed": printed, "due": due})
        for index, name in enumerate(self.acquainted):
            if not is_name(name):
                reason = _("“%(text)s” does not look like a name") % {"text": name}
                place = _("the acquaintance lines")
                yield Doubt(f"acquainted[{index}]", place, 0.5, reason)

    def _absent(self) -> Iterator[Doubt]:
        read, place = self.requisites, _("the text of the order")
        absent = {
            "title": (not read.title, _("no title was found")),
            "preamble": (not read.preamble, _("no preamble was found")),
            "points": (not self.points, _("no points were found")),
            "date": (read.date is None and not read.blank, _("no date was found")),
            "number": (read.number is None and not read.blank, _("no number was found")),
            "signatory": (self.signatory is None, _("no signature was found")),
        }
        if read.impossible:
            impossible = _("“%(text)s” is no day of the calendar") % {"text": read.impossible}
            absent["date"] = (True, impossible)
        for path, (is_absent, reason) in absent.items():
            if is_absent:
                yield Doubt(path, place, 0.0, reason)


def read_front(lines: list[Line], drafts: list[AnnexDraft], cities: frozenset[str]) -> Front:
    """The order's own text; lines of it that turn out to head the first annex move there."""
    roles = assign_roles(lines, cities)
    kept = _without_heading(roles, drafts)
    if drafts and not drafts[0].stamp:
        drafts[0].heading = [*lines[kept:], *drafts[0].heading]
    lines, roles = lines[:kept], roles[:kept]
    _take_ending(lines, roles, drafts)

    def texts(role: Role) -> list[str]:
        return [line.text for line, own in zip(lines, roles, strict=True) if own == role]

    requisites = read_requisites(lines, roles)
    points = [line for line, role in zip(lines, roles, strict=True) if role == "point"]
    return Front(
        lines,
        roles,
        requisites,
        read_points(points, requisites.first_point),
        read_signatory(texts("signature")),
        read_acquainted(texts("acquaintance")),
        read_executor(texts("executor")),
    )


def _without_heading(roles: list[Role], drafts: list[AnnexDraft]) -> int:
    """How many of the lines are the order's, when the first annex has no stamp to begin it."""
    if not drafts or drafts[0].stamp:
        return len(roles)
    if not _TEXT_ROLES & set(roles):
        return 0
    kept = len(roles)
    while kept and roles[kept - 1] in ("other", "annex-title"):
        kept -= 1
    return kept


def _take_ending(lines: list[Line], roles: list[Role], drafts: list[AnnexDraft]) -> None:
    """Moves acquaintance lines and the executor's mark from the last sheet to the order."""
    if not drafts:
        return
    rest: list[Line] = []
    for line, role in zip(drafts[-1].after, ending_roles(drafts[-1].after), strict=True):
        if role == "other" or role in roles:
            rest.append(line)
        else:
            lines.append(line)
            roles.append(role)
    drafts[-1].after = rest


def cities_of(profiles: Mapping[str, Profile]) -> frozenset[str]:
    """The places of issue that profiles name."""
    return frozenset(profile.city for profile in profiles.values() if profile.city)
