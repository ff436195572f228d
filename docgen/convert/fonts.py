"""Gives LibreOffice metric twins for the fonts of Russian office documents.

Without them PT Astra Serif and Calibri fall back to DejaVu Sans and the pages break elsewhere.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

SUBSTITUTES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Times New Roman", ("Liberation Serif",)),
    ("PT Astra Serif", ("Liberation Serif", "PT Serif")),
    ("XO Thames", ("Liberation Serif",)),
    ("Arial", ("Liberation Sans",)),
    ("PT Astra Sans", ("Liberation Sans", "PT Sans")),
    ("XO Oriel", ("Liberation Sans",)),
    ("Courier New", ("Liberation Mono",)),
    ("Calibri", ("Carlito",)),
    ("Cambria", ("Caladea", "Liberation Serif")),
)
"""A document's font and the installed ones to take for it, the first available wins."""


def _alias(family: str, substitutes: tuple[str, ...]) -> str:
    accepted = "".join(f"<family>{escape(name)}</family>" for name in substitutes)
    return (
        f'<alias binding="same"><family>{escape(family)}</family>'
        f"<accept>{accepted}</accept></alias>"
    )


def font_configuration(cache: Path) -> str:
    """A fontconfig file: the system's own, these substitutes, and a private cache folder."""
    return "\n".join(
        (
            '<?xml version="1.0"?>',
            '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
            "<fontconfig>",
            '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>',
            *(_alias(family, names) for family, names in SUBSTITUTES),
            f"<cachedir>{escape(str(cache))}</cachedir>",
            "</fontconfig>",
            "",
        )
    )


def write_fonts(directory: Path) -> Path:
    """Writes the font configuration into `directory`; the path is for FONTCONFIG_FILE."""
    cache = directory / "fontcache"
    cache.mkdir(exist_ok=True)
    target = directory / "fonts.conf"
    target.write_text(font_configuration(cache), encoding="utf-8")
    return target
