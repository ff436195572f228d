"""Modules that are read only when they are first used.

A command line that makes a DOCX must not wait for the libraries of workbooks, dictionaries and
progress bars. The module that uses such a library names it here instead of importing it.
"""

from __future__ import annotations

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
