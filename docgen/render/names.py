"""Names that a template uses and the data does not have."""

from __future__ import annotations

from typing import Any, NoReturn

from jinja2 import StrictUndefined
from jinja2.exceptions import UndefinedError


class UnknownNameError(UndefinedError):
    """A name the template uses and the data does not have."""

    def __init__(self, message: str, name: str) -> None:
        super().__init__(message)
        self.name = name


class StrictName(StrictUndefined):
    """A missing value that refuses every use, and says which name it stands for."""

    __slots__ = ()

    def _fail_with_undefined_error(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise UnknownNameError(self._undefined_message, str(self._undefined_name))

    __iter__ = __str__ = __len__ = _fail_with_undefined_error
    __eq__ = __ne__ = __bool__ = __hash__ = _fail_with_undefined_error
    __contains__ = _fail_with_undefined_error
