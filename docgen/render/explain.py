"""Jinja's and Python's errors in a template, as errors a reader of the template understands."""

from __future__ import annotations

from dataclasses import dataclass

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
from docgen.render.reasons import reason_of

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


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a template something is: the part, its paragraph counted from 1, its text."""

    part: str = ""
    paragraph: int = 0
    text: str = ""

    def __str__(self) -> str:
        return f"{self.part}:{self.paragraph}" if self.part else ""


NOWHERE = Place()


def explained(error: Exception, place: Place = NOWHERE) -> TemplateError:
    """The same error as a `TemplateError` with a code and, where known, a place."""
    if isinstance(error, UndefinedError):
        return _unknown(error, place)
    if isinstance(error, SecurityError):
        return _refused(str(error), place)
    if isinstance(error, TemplateAssertionError):
        return _refused(reason_of(error), place)
    if isinstance(error, TemplateSyntaxError):
        message = _("a tag of the template cannot be read: %(reason)s") % {
            "reason": reason_of(error)
        }
        return _one(message, place, "template-syntax")
    message = _("a tag of the template failed: %(reason)s") % {"reason": reason_of(error)}
    return _one(message, place, "template-failed")


def _unknown(error: UndefinedError, place: Place) -> TemplateError:
    name = error.name if isinstance(error, UnknownNameError) else ""
    message = _("the template asks for “%(name)s”, which the data does not have")
    text = _near(message % {"name": name or error}, place)
    path = name or str(place)
    return TemplateError(text, (Problem(path, text, "unknown-variable"),), code="unknown-variable")


def _refused(reason: str, place: Place) -> TemplateRefused:
    message = _("the template does what a template may not: %(reason)s") % {"reason": reason}
    problem = Problem(str(place), _near(message, place), "template-forbidden")
    return TemplateRefused(problem.message, (problem,), code="template-forbidden")


def _one(message: str, place: Place, code: str) -> TemplateError:
    text = _near(message, place)
    return TemplateError(text, (Problem(str(place), text, code),), code=code)


def _near(message: str, place: Place) -> str:
    if not place.text:
        return message
    near = _("%(message)s; near “%(text)s”")
    return near % {"message": message, "text": place.text}
