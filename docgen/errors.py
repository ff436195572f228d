"""Every error docgen raises on purpose; anything else is a bug and keeps its traceback.

    DocgenError
    ├── InputError            a file or form that cannot be read or does not fit the schema
    ├── RegionError           a profile or plugin that cannot be used
    ├── TemplateError         a DOCX template that cannot be compiled or filled
    │   └── TemplateRefused   a template that is dangerous or too large to open
    ├── RenderError           a document that came out wrong (value lost, tag left over)
    ├── FindingsError         an order with mistakes that no one may sign, not acknowledged
    ├── AmendmentError        an amendment that does not fit the order it is to change
    ├── NotFoundError         nothing there that the asker may see
    ├── ConflictError         someone else changed or took it meanwhile
    ├── AccessError           signed in wrongly, or not allowed
    ├── LanguageError         a Russian form that cannot be decided, e.g. an unknown gender
    ├── UnavailableError      another machine that docgen needs does not answer now
    └── ConversionError       no PDF; `code` is one of the closed set in docgen.convert

Exit codes and HTTP statuses are decided at the doors, not here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input: where it is, what it is, and its stable code.

    `place` is where a person looks: a line, a cell of a sheet; empty where the path says it all.
    """

    path: str
    message: str
    code: str = "invalid"
    place: str = ""


class DocgenError(Exception):
    """The base of all deliberate errors: a stable `code` and a message for the user.

    `retry_after` is how many seconds to wait, where waiting helps.
    """

    code = "error"
    retry_after: int | None = None

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class ProblemsError(DocgenError):
    """An error made of several problems, all reported at once."""

    def __init__(
        self, message: str, problems: tuple[Problem, ...] = (), *, code: str | None = None
    ) -> None:
        super().__init__(message, code=code)
        self.problems = problems


class InputError(ProblemsError):
    """A file or form that cannot be read or does not fit the schema."""

    code = "input-refused"


class RegionError(ProblemsError):
    """A profile or plugin that cannot be used."""

    code = "region-refused"


class TemplateError(ProblemsError):
    """A DOCX template that cannot be compiled or filled."""

    code = "template-refused"


class TemplateRefused(TemplateError):  # noqa: N818 - it reads as what happened
    """A template that is dangerous or too large to open."""

    code = "template-unsafe"


class RenderError(ProblemsError):
    """A document that came out wrong: a value was lost or a tag was left over."""

    code = "render-failed"


class FindingsError(ProblemsError):
    """An order with mistakes that no one may sign and that its author has not acknowledged."""

    code = "findings"


class AmendmentError(ProblemsError):
    """An amendment that does not fit the order it is to change, or another amendment."""

    code = "amendment-conflict"


class NotFoundError(DocgenError):
    """Nothing stands there that the asker may see; what is foreign is as if it did not exist."""

    code = "not-found"


class ConflictError(ProblemsError):
    """What was to be changed or taken is no longer as the asker saw it; its problems say how."""

    code = "conflict"


class AccessError(DocgenError):
    """Not signed in, signed in wrongly, or not allowed."""

    code = "access-denied"


class LanguageError(DocgenError):
    """A Russian form that cannot be decided."""

    code = "language-undecided"


class UnavailableError(DocgenError):
    """Another machine that docgen needs does not answer now; what was asked may be asked again."""

    code = "unavailable"
    retry_after = 30


class ConversionError(DocgenError):
    """No PDF was made; `code` says why."""

    code = "conversion-failed"


def refused_field(path: str, message: str, code: str) -> InputError:
    """The error of a form of which one field is wrong."""
    return InputError(message, (Problem(path, message, code),), code=code)
