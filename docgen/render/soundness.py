"""A last look at XML whose soundness was not certain before it was rendered."""

from __future__ import annotations

from collections.abc import Iterable
from xml.parsers.expat import ExpatError, ParserCreate

from docgen.errors import RenderError
from docgen.i18n import _
from docgen.render.archive import deflated
from docgen.render.package import Member
from docgen.render.part import Part


def sound_member(member: Member, part: Part, *, strict: bool) -> Member:
    """The member, repaired where it is broken, its tables with grids that fit their rows.

    A strict template refuses broken XML instead.
    """
    xml = member.data
    try:
        ParserCreate(namespace_separator=" ").Parse(xml, True)
    except ExpatError as error:
        if strict:
            message = _("a tag or a value breaks the structure of the document")
            raise RenderError(message, code="markup-broken") from error
        return deflated(member.name, [part.repaired(xml)])
    if part.settled:
        return member
    return deflated(member.name, [part.mended(xml)])


def refuse_strays(references: Iterable[str], part: Part) -> None:
    """Raise `RenderError` when XML of a value leads where the part has no relationship.

    Word does not open such a document. docxtpl's `build_url_id` makes them: the address stays
    with the template object that was asked.
    """
    if any(f'"{each}"' not in (part.relations or "") for each in references):
        message = _("a value brings a link without its address; give it as docgen.render.Hyperlink")
        raise RenderError(message, code="markup-broken")
