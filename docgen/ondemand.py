"""Libraries that are read only when they are first used.

A command line that makes a DOCX must not wait for the libraries of workbooks, dictionaries and
progress bars. The module that owns such a library names it here instead of importing it.
"""

from __future__ import annotations

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType


def on_demand(name: str) -> ModuleType:
    """The module `name`; it is executed when an attribute of it is first asked for."""
    if name in sys.modules:
        return sys.modules[name]
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(name)
    spec.loader = LazyLoader(spec.loader)
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
