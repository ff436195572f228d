"""What can be wrong with a template: codes, how grave each is, and one fault as a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "info"]

# Documented in docs/template-doctor.md. An error spoils the document or keeps it from being made;
# a warning works, though hardly as meant; a note works as it is.
CODES: dict[str, Severity] = {
    "package-refused": "error",
    "unknown-variable": "error",
    "wrong-kind": "error",
    "unused-variable": "error",
    "cyrillic-in-name": "error",
    "typographic-quotes": "error",
    "curly-quotes": "warning",
    "typographic-sign": "error",
    "unbalanced-braces": "error",
    "spaced-braces": "error",
    "empty-tag": "error",
    "template-syntax": "error",
    "unknown-tag": "error",
    "unknown-filter": "error",
    "forbidden-construct": "error",
    "unclosed-block": "error",
    "end-without-start": "error",
    "mismatched-prefix": "error",
    "misplaced-end": "error",
    "row-tag-outside-table": "error",
    "cell-tag-outside-table": "error",
    "loop-in-one-row": "error",
    "loop-in-one-cell": "error",
    "loop-in-one-paragraph": "error",
    "content-beside-tag": "warning",
    "split-tag": "info",
    "tag-across-elements": "error",
    "tag-across-paragraphs": "warning",
    "tag-in-field": "warning",
    "tag-in-hyperlink": "info",
    "tag-in-link-address": "error",
    "tag-in-textbox": "info",
    "tag-not-filled": "error",
    "missing-style": "error",
}


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters of a paragraph to be replaced: numbers count its text from 0."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """One thing wrong with a template.

    `place` is where a person looks in Word, `text` what stands there, `suggestion` what to type
    instead. `part` and `paragraph` (from 1; 0 for a fault of the whole part) say the same to a
    program; `edits` mend the fault where that takes no thought.
    """

    code: str
    place: str
    text: str
    message: str
    suggestion: str
    part: str = ""
    paragraph: int = 0
    edits: tuple[Edit, ...] = field(default=(), repr=False)

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return CODES[self.code]

    @property
    def path(self) -> str:
        """Where it is for a program: member of the package, paragraph."""
        return f"{self.part}:{self.paragraph}" if self.paragraph else self.part
