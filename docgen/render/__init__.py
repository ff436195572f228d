"""DOCX templates: checked, compiled once, filled many times."""

from docgen.render.compile import CompiledTemplate, RenderResult, compile_template
from docgen.render.values import Hyperlink, Linked

__all__ = ["CompiledTemplate", "Hyperlink", "Linked", "RenderResult", "compile_template"]
