"""Templates kept by the hash of their bytes, so that each is compiled once per process."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias

from docgen.ondemand import on_demand
from docgen.render.compile import CompiledTemplate
from docgen.render.environment import PartEnvironment
from docgen.render.gate import open_package
from docgen.render.package import read_package

if TYPE_CHECKING:
    from docgen.render import guard
else:  # processes of their own, for templates that did not ship with docgen
    guard = on_demand("docgen.render.guard")

Template: TypeAlias = "CompiledTemplate | guard.GuardedTemplate"
_SIZE = 32
_kept: OrderedDict[tuple[bytes, bool, bool], Template] = OrderedDict()
_lock = Lock()


def compile_template(docx_bytes: bytes, trusted: bool = False, strict: bool = True) -> Template:
    """The template ready to be filled; raises `TemplateError` when it cannot be.

    A `trusted` template runs in this process with all of Jinja. Any other must pass the gate and
    runs in a process of its own, sandboxed. `strict` refuses names that the data does not have,
    where docxtpl prints nothing.
    """
    key = hashlib.sha256(docx_bytes).digest(), trusted, strict
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    template = _compiled(docx_bytes, trusted, strict)
    with _lock:
        _kept[key] = template
        while len(_kept) > _SIZE:
            _kept.popitem(last=False)
    return template


def _compiled(data: bytes, trusted: bool, strict: bool) -> Template:
    if trusted:
        return CompiledTemplate(read_package(data), PartEnvironment(strict=strict), strict=strict)
    open_package(data)
    return guard.GuardedTemplate(data, strict=strict)
