"""Links of a part: one relationship per address, numbered in the order they are met."""

from __future__ import annotations

import re

from markupsafe import escape

from docgen.render.values import Hyperlink

NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_RUN_STYLE = re.compile(r"<w:rStyle\b[^>]*/>")
_EMPTY = (
    "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    f'<Relationships xmlns="{PACKAGE_NAMESPACE}"></Relationships>'
)
_END = "</Relationships>"


class Links:
    """The addresses that a part's values lead to."""

    __slots__ = ("_ids", "_prefix")

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix  # of new relationship ids; no id of the template starts with it
        self._ids: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self._ids)

    def element(self, link: Hyperlink, run: str, text: str) -> str:
        """`<w:hyperlink>` around the escaped text, in the run's format and the link's style."""
        identity = self._ids.setdefault(link.url, f"{self._prefix}{len(self._ids) + 1}")
        rest = _RUN_STYLE.sub("", run.removeprefix("<w:rPr>").removesuffix("</w:rPr>"))
        style = f'<w:rStyle w:val="{escape(link.style)}"/>' if link.style else ""
        return (
            f'<w:hyperlink xmlns:r="{NAMESPACE}" r:id="{identity}"><w:r><w:rPr>{style}{rest}'
            f'</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:hyperlink>'
        )

    def relationships(self, xml: str | None) -> str:
        """The part's relationships with those of the links added."""
        added = "".join(
            f'<Relationship Id="{identity}" Type="{NAMESPACE}/hyperlink"'
            f' Target="{escape(url)}" TargetMode="External"/>'
            for url, identity in self._ids.items()
        )
        xml = (xml or _EMPTY).replace("/>", f">{_END}") if _END not in (xml or _EMPTY) else xml
        head, _end, tail = (xml or _EMPTY).rpartition(_END)
        return head + added + _END + tail


def free_prefix(xml: str | None) -> str:
    """A prefix for relationship ids that none of the part's ids begins with."""
    prefix = "rIdLink"
    while f'"{prefix}' in (xml or ""):
        prefix += "_"
    return prefix
