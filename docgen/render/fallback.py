"""docxtpl's own way, for values that only docxtpl can print: pictures and sub-documents."""

from __future__ import annotations

import copy
import io
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from docgen.render.archive import archive
from docgen.render.package import read_package
from docgen.render.tags import jinja_source
from docgen.render.values import Hyperlink, Linked


def fill_by_docxtpl(
    template: bytes, context: Mapping[str, Any], environment: Environment, value: Any
) -> bytes:
    """The document filled by docxtpl, packed again so that the same input gives the same bytes.

    `value` is the foreign value met. A sub-document belongs to the docxtpl template it was made
    with, so that one is filled; pictures are bound to a fresh one.
    """
    kind = type(value.tpl)
    document = value.tpl if type(value).__name__ == "Subdoc" else kind(io.BytesIO(template))
    document.patch_xml = jinja_source  # the same tags, and docgen's own
    environment.finalize = lambda each: _bound(each, document)
    document.render(dict(context), environment)
    stream = io.BytesIO()
    document.save(stream)
    return archive(read_package(stream.getvalue()).members.values())


def _bound(value: Any, document: Any) -> Any:
    """The value in a form that docxtpl prints into this document."""
    if type(value).__name__ == "InlineImage":
        value = copy.copy(value)
        value.tpl = document
    elif isinstance(value, Hyperlink):
        return _link(value, document)
    elif isinstance(value, Linked):
        return Markup().join(_bound(part, document) for part in value.parts)
    return value


def _link(value: Hyperlink, document: Any) -> Markup | str:
    if not value.followable:
        return str(value)
    identity = document.build_url_id(value.url)
    link = (
        f'</w:t></w:r><w:hyperlink r:id="{identity}"><w:r><w:rPr><w:rStyle w:val="{value.style}"/>'
        f'</w:rPr><w:t xml:space="preserve">{escape(str(value))}</w:t></w:r></w:hyperlink>'
        '<w:r><w:t xml:space="preserve">'
    )
    return Markup(link)  # noqa: S704  # the text is escaped above
