"""DOCX templates: checked, compiled once, filled many times."""

from docgen.render.cache import compile_template
from docgen.render.compile import CompiledTemplate, RenderResult
from docgen.render.gate import open_package
from docgen.render.values import Hyperlink, Linked

__all__ = [
    "CompiledTemplate",
    "Hyperlink",
    "Linked",
    "RenderResult",
    "compile_template",
    "open_package",
]
