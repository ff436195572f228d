"""Translations of everything users see: English msgids, Russian by default.

The language is a context variable, so that one web process answers each reader in their own.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = ("ru", "en")
_LOCALE = Path(__file__).with_name("locale")
_language: ContextVar[str] = ContextVar("docgen_language", default="ru")


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("docgen", str(_LOCALE), languages=[language], fallback=True)


def _(message: str) -> str:
    """The message in the current language; the msgid itself where no translation exists."""
    return _catalogue(_language.get()).gettext(message)


def noop(message: str) -> str:
    """The message itself, marked for translation: for tables that are shown later."""
    return message


def ngettext(singular: str, plural: str, number: int) -> str:
    """The message form that agrees with the number in the current language."""
    return _catalogue(_language.get()).ngettext(singular, plural, number)


def current_language() -> str:
    """The code of the language in use, `ru` or `en`."""
    return _language.get()


def set_language(language: str) -> None:
    """Speak `language` from now on in this context; an unknown code means Russian."""
    _language.set(language if language in LANGUAGES else "ru")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak `language` inside the block."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)
