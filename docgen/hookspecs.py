"""What a region may decide for itself: the contract between docgen and region plugins.

A plugin is a module with functions marked `@hookimpl`, named and with arguments as here; it may
take fewer arguments, never others. Every hook but `profile_file` is asked of the region at hand
only: its own plugin first, then `default_region`, which always answers. The first answer that is
not None wins. A misspelt hook or argument stops start-up.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pluggy

from docgen.models import Annex, Form, Order, Point, Profile

NAMESPACE = "docgen"
hookspec = pluggy.HookspecMarker(NAMESPACE)
hookimpl = pluggy.HookimplMarker(NAMESPACE)


@hookspec(firstresult=True)
def profile_file() -> Path | None:
    """Return the path of the region's profile, where it does not stand in a known folder.

    Called once, at start-up, of the plugin alone. Without an answer the profile is looked for as
    `<code>.yaml` in `regional_profiles/` and beside the plugin.
    """


@hookspec(firstresult=True)
def annex_layout(annex: Annex, profile: Profile) -> str | None:
    """Return the name of the column layout for an annex whose data names none.

    :param annex: the annex; its title and rows are known.
    :param profile: the region's profile; the name must be one of its `layouts`.

    Called once for each such annex. By default the layout is `roadmap`.
    """


@hookspec(firstresult=True)
def annex_stamp(order: Order, index: int, profile: Profile) -> Sequence[str] | None:
    """Return the lines of the stamp at the upper right of an annex's first page.

    :param order: the whole order; date and number are None in a draft.
    :param index: which annex, counted from 0.
    :param profile: the region's profile.

    Called once for each annex. By default: «УТВЕРЖДЕН / приказом … / от … № …» or «Приложение № …
    / к приказу … / от … № …», as the profile's `stamp` says (ГОСТ Р 7.0.97, гриф утверждения,
    отметка о приложении).
    """


@hookspec(firstresult=True)
def point_text(order: Order, form: Form, profile: Profile) -> Point | None:
    """Return the wording of a point that the data gives as a form.

    :param order: the whole order, for the annexes it approves.
    :param form: control, approve, appoint, assign or recommend; texts in the nominative.
    :param profile: the region's profile.

    Called once for each such point; the returned point has text and, for several tasks,
    sub-points. By default the wording usual for orders (docs/wording.md). May raise
    LanguageError where a Russian form cannot be decided.
    """


@hookspec(firstresult=True)
def acquaintance(order: Order, profile: Profile) -> Sequence[str] | None:
    """Return the lines under the signature that those named in `acquainted` sign.

    :param order: the whole order; `acquainted` is not empty.
    :param profile: the region's profile.

    Called once, only when the order names someone. By default one line of introduction and one
    line with a blank for each person.
    """
