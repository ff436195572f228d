"""The templates of this installation: the region's own, or the common one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from docgen.errors import RegionError
from docgen.i18n import _
from docgen.models import Amendment, Order, Profile
from docgen.render import compile_template


class Template(Protocol):
    """A compiled template, in this process or in a guarded one."""

    def render(self, context: Mapping[str, Any]) -> bytes:
        """The DOCX filled with the context."""
        ...


class Templates:
    """Finds and compiles templates; those in the first folder shipped with docgen are trusted."""

    def __init__(
        self,
        shipped: Path,
        further: Sequence[Path] = (),
        uploaded: Callable[[str, str], Path | None] = lambda _region, _name: None,
    ) -> None:
        """`uploaded` gives the file that a region uses under a name before all others."""
        self._shipped = shipped
        self._further = further
        self._uploaded = uploaded

    def of_order(self, order: Order, profile: Profile) -> Path:
        """The template's file for this order; without annexes it ends on its portrait page."""
        return self.path("order" if order.annexes else "order_plain", profile)

    def of_amendment(self, amendment: Amendment, profile: Profile) -> Path:
        """The file of the template for this amending order."""
        return self.path("amendment" if amendment.sheets else "order_plain", profile)

    def read(self, path: Path) -> Template:
        """The compiled template of a file."""
        return compile_template(path.read_bytes(), trusted=self._shipped in path.parents)

    def named(self, name: str, profile: Profile | None) -> Path | None:
        """The file that this region, or no region, would use under the name, if there is one."""
        own: Mapping[str, str] = profile.templates if profile else {}
        for given in (*own.values(), name):
            uploaded = self._uploaded(profile.code, given) if profile else None
            if Path(given).name == name and uploaded is not None:
                return uploaded
            for folder in (*self._further, self._shipped):
                if Path(given).name == name and (folder / given).is_file():
                    return folder / given
        return None

    def shipped(self, kind: str) -> Path:
        """The common template of a document kind that belongs to no region."""
        return self._shipped / f"{kind}.docx"

    def path(self, kind: str, profile: Profile) -> Path:
        """The template's file: named by the profile, else `<kind>.docx`."""
        name = profile.templates.get(kind, f"{kind}.docx")
        uploaded = self._uploaded(profile.code, name)
        if uploaded is not None:
            return uploaded
        for folder in (*self._further, self._shipped):
            if (folder / name).is_file():
                return folder / name
        raise RegionError(
            _("The template %(name)s of the region “%(code)s” is missing.")
            % {"name": name, "code": profile.code},
            code="template-missing",
        )
