"""What a generated document says about its making, as a value (docs/passport.md)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ingredient:
    """Something a document was made with: its name and the SHA-256 of its content."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Passport:
    """What made a document, the data file it was made from, and the text it then had.

    `data` is the data file as JSON; its hash and that of the text tell whether the passport
    itself was tampered with.
    """

    version: str
    region: str
    profile: Ingredient
    template: Ingredient
    plugins: tuple[Ingredient, ...]
    data: str
    data_sha256: str
    text: str
    text_sha256: str
