"""Any person, post, organisation, region or addressee in any of the six cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Literal

from docgen.language.declension.morphology import Case
from docgen.language.declension.organisations import decline_organisation
from docgen.language.declension.persons import decline_person
from docgen.language.declension.posts import decline_addressee, decline_post
from docgen.language.declension.territories import decline_territory
from docgen.language.plain import seen

Kind = Literal["person", "post", "organisation", "region", "addressee"]
Overrides = Mapping[str, Mapping[Case, str]]
"""Forms given by a profile: nominative text → case → form as it must be printed."""

_DECLINERS: dict[Kind, Callable[[str, Case], str]] = {
    "post": decline_post,
    "organisation": decline_organisation,
    "region": decline_territory,
}


def decline(
    text: str,
    *,
    case: Case,
    kind: Kind,
    gender: str | None = None,
    overrides: Overrides | None = None,
) -> str:
    """The nominative `text` in `case`; the form in `overrides` wins.

    Raises LanguageError `gender-unknown` for a person, alone or in an addressee, whose form
    depends on an unknown gender.
    """
    given = (overrides or {}).get(text, {}).get(case)
    if given is not None:
        return given
    return text if case == "nominative" else _decline(seen(text), case, kind, gender)


@lru_cache(maxsize=16384)
def _decline(text: str, case: Case, kind: Kind, gender: str | None) -> str:
    if kind == "person":
        return decline_person(text, case, gender)
    if kind == "addressee":
        return decline_addressee(text, case, gender)
    return _DECLINERS[kind](text, case)
