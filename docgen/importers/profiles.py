"""The profiles that a document is compared with."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.errors import InputError, Problem, RegionError
from docgen.i18n import _
from docgen.models import Profile
from docgen.regions import Region


def usable_profiles(regions: Mapping[str, Region], needed: str | None) -> dict[str, Profile]:
    """The profiles by code, faulty ones left out unless it is the one that is needed."""
    if needed is not None and needed not in regions:
        message = _("there is no such region; known: %(codes)s") % {"codes": ", ".join(regions)}
        raise InputError(
            _("Unknown region “%(code)s”.") % {"code": needed},
            (Problem("region", message, "unknown-region"),),
            code="unknown-region",
        )
    profiles: dict[str, Profile] = {}
    for code in regions:
        try:
            profiles[code] = regions[code].profile
        except RegionError:
            if code == needed:
                raise
    return profiles
