"""Passwords: how they are kept, and which are refused."""

from __future__ import annotations

import re

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from docgen.errors import refused_field
from docgen.i18n import _

LENGTH = 10
LONGEST = 200
_DIFFERENT = 5
_ROWS = (
    "1234567890" * 3,
    "qwertyuiopasdfghjklzxcvbnm",
    "йцукенгшщзхъфывапролджэячсмитьбю",
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb6yhn",
    "qazwsxedcrfvtgbyhnujm",
)
_WORDS = """
    password passw0rd p@ssword p@ssw0rd parol пароль gfhjkm admin administrator админ
    администратор welcome letmein iloveyou monkey dragon football qwerty йцукен secret sunshine
    princess login user guest master changeme default docgen приказ школа school russia россия
    moscow москва привет здравствуйте ghbdtn
"""
_COMMON = frozenset(_WORDS.split())
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""OWASP's parameters for argon2id: fifty coordinators at once must not take gigabytes."""
_NOBODY = _HASHER.hash("nobody's password")


def hash_password(password: str) -> str:
    """The argon2id hash to keep."""
    return _HASHER.hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Whether it is the password; as long in coming for an account that has none."""
    try:
        return _HASHER.verify(kept or _NOBODY, password[: LONGEST + 1]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def outdated(kept: str) -> bool:
    """Whether the hash was made with former parameters."""
    return _HASHER.check_needs_rehash(kept)


def refuse_weak(password: str, login: str, *names: str) -> None:
    """InputError, with what to do instead, for a password that would be guessed."""
    advice = _weakness(password, login, names)
    if advice is not None:
        raise refused_field("password", advice, "weak-password")


def _weakness(password: str, login: str, names: tuple[str, ...]) -> str | None:
    """What is wrong with the password; None for a good one."""
    folded = password.casefold()
    if len(password) < LENGTH:
        return _("At least %(count)d characters: three or four words are easy to keep in mind.") % {
            "count": LENGTH
        }
    if len(password) > LONGEST:
        return _("No more than %(count)d characters.") % {"count": LONGEST}
    if len(set(folded)) < _DIFFERENT:
        return _("Too few different characters.")
    if any(len(word) > 3 and word in folded for word in _own_words(login, names)):
        return _("Do not use your login or name.")
    if _is_common(folded):
        return _("This password is among the first to be tried. Take several words of your own.")
    return None


def _own_words(login: str, names: tuple[str, ...]) -> set[str]:
    return {word for text in (login, *names) for word in re.split(r"\W+", text.casefold())}


def _is_common(folded: str) -> bool:
    """A row of keys, or a well-known word with digits and signs around it."""
    bare = re.sub(r"[\W_]", "", folded)
    if any(bare in row or bare[::-1] in row for row in _ROWS):
        return True
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", folded)
    halves = {core, core[: len(core) // 2]} if core[: len(core) // 2] * 2 == core else {core}
    return bool(halves & _COMMON) or any(len(core) > 3 and core in row for row in _ROWS)
