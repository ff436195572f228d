"""docxtpl's own way, for values that only docxtpl can print: pictures and sub-documents."""

from __future__ import annotations

import copy
import io
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment

from docgen.render.archive import archive
from docgen.render.package import read_package


def fill_by_docxtpl(
    template: bytes, context: Mapping[str, Any], environment: Environment, value: Any
) -> bytes:
    """The document filled by docxtpl, packed again so that the same input gives the same bytes.

    `value` is the foreign value met. A sub-document belongs to the docxtpl template it was made
    with, so that one is filled; pictures are bound to a fresh one.
    """
    kind = type(value.tpl)
    document = value.tpl if type(value).__name__ == "Subdoc" else kind(io.BytesIO(template))
    environment.finalize = lambda each: _bound(each, document)
    document.render(dict(context), environment)
    stream = io.BytesIO()
    document.save(stream)
    return archive(read_package(stream.getvalue()).members.values())


def _bound(value: Any, document: Any) -> Any:
    if type(value).__name__ != "InlineImage":
        return value
    bound = copy.copy(value)
    bound.tpl = document
    return bound
