"""Modules that are read, and patterns compiled, only when they are first used.

A command line that makes a DOCX must not wait for the libraries of workbooks, dictionaries and
progress bars. The module that uses such a library names it here instead of importing it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib import import_module
from types import ModuleType
from typing import Any


class _OnDemand(ModuleType):
    """Stands for a module; the import, which is safe among threads, comes with the first use."""

    @cached_property
    def _module(self) -> ModuleType:
        return import_module(self.__name__)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._module, name)


def on_demand(name: str) -> ModuleType:
    """The module `name`, imported when an attribute of it is first asked for."""
    return _OnDemand(name)


_compile = re.compile


class _Pattern:
    """Stands for a regular expression; it is compiled with its first use."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._arguments = pattern, flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return _compile(*self._arguments)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # a class asks its values for marks such as that of abstractness
            raise AttributeError(name)
        return getattr(self._compiled, name)


@contextmanager
def patterns_on_demand(*packages: str) -> Iterator[None]:
    """Modules of these packages that the block imports compile no pattern before they use it."""

    def compile_later(pattern: Any, flags: int = 0) -> Any:
        package, _dot, _module = sys._getframe(1).f_globals["__name__"].partition(".")
        return _Pattern(pattern, flags) if package in packages else _compile(pattern, flags)

    re.compile = compile_later
    try:
        yield
    finally:
        re.compile = _compile
