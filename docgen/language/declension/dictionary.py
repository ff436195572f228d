"""The dictionary of pymorphy3, opened without taking apart its thousands of tags."""

from __future__ import annotations

from typing import Any

import pymorphy3
import pymorphy3_dicts_ru
from pymorphy3 import tagset


class DeferredTag(tagset.OpencorporaTag):  # type: ignore[misc]  # pymorphy3 has no types
    """A tag taken apart when it is first asked about; a run meets a few dozen of them."""

    __slots__ = ()

    def __init__(self, tag: str) -> None:
        self._str = tag  # type: ignore[misc]  # a slot of the parent

    def __getattr__(self, name: str) -> Any:
        """The value of a slot that is empty as yet."""
        if name not in tagset.OpencorporaTag.__slots__:
            raise AttributeError(name)
        super().__init__(self._str)
        return getattr(self, name)


def open_dictionary() -> pymorphy3.MorphAnalyzer:
    """The analyzer of Russian words."""
    tagset.registry[DeferredTag.FORMAT] = DeferredTag
    return pymorphy3.MorphAnalyzer(path=pymorphy3_dicts_ru.get_path())
