"""Values that are more than text: links that stay links in the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

FOREIGN = ("InlineImage", "Subdoc")  # classes of docxtpl that only docxtpl can print
SCHEMES = ("http://", "https://", "mailto:")


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """A link; `style` is the id of a character style. An address that is not web or mail is text.

    In a template: `{{ value }}` inside text keeps the formatting around it, `{{r value }}` stands
    for a whole run.
    """

    url: str
    text: str = ""
    style: str = "Hyperlink"

    def __str__(self) -> str:
        return self.text or self.url

    @property
    def followable(self) -> bool:
        """Whether the address is one that a document may lead to."""
        return self.url.lower().startswith(SCHEMES)


@dataclass(frozen=True, slots=True)
class Linked:
    """Text with links in it: plain pieces and `Hyperlink`s, in order."""

    parts: tuple[str | Hyperlink, ...]

    def __iter__(self) -> Iterator[str | Hyperlink]:
        return iter(self.parts)

    def __str__(self) -> str:
        return "".join(map(str, self.parts))

    def __bool__(self) -> bool:
        return any(map(str, self.parts))
