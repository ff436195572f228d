"""Jinja's and Python's errors in a template, as errors a reader of the template understands."""

from __future__ import annotations

from jinja2.exceptions import (
    FilterArgumentError,
    SecurityError,
    TemplateAssertionError,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.exceptions import TemplateError as JinjaError

from docgen.errors import Problem, TemplateError, TemplateRefused
from docgen.i18n import _
from docgen.render.names import UnknownNameError

# What an expression of a template can raise; anything else is a bug of ours.
EXPLAINED = (
    JinjaError,
    FilterArgumentError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
    SyntaxError,
)


def explained(error: Exception, part: str = "") -> TemplateError:
    """The same error as a `TemplateError` with a code and, where known, a place."""
    if isinstance(error, UndefinedError):
        return _unknown(error)
    if isinstance(error, SecurityError):
        return _refused(str(error))
    if isinstance(error, TemplateAssertionError):
        return _refused(error.message or "")
    if isinstance(error, TemplateSyntaxError):
        return _syntax(error, part)
    message = _("a tag of the template failed: %(error)s") % {"error": error}
    return _one(part, message, "template-failed")


def _unknown(error: UndefinedError) -> TemplateError:
    name = error.name if isinstance(error, UnknownNameError) else ""
    message = _("the template asks for “%(name)s”, which the data does not have")
    return _one(name, message % {"name": name or error}, "unknown-variable")


def _refused(reason: str) -> TemplateRefused:
    message = _("the template does what a template may not: %(reason)s") % {"reason": reason}
    problem = Problem("", message, "template-forbidden")
    return TemplateRefused(message, (problem,), code="template-forbidden")


def _syntax(error: TemplateSyntaxError, part: str) -> TemplateError:
    path = f"{part}:{error.lineno}"
    message = _("a tag of the template cannot be read: %(reason)s") % {"reason": error.message}
    return _one(path, message, "template-syntax")


def _one(path: str, message: str, code: str) -> TemplateError:
    return TemplateError(message, (Problem(path, message, code),), code=code)
