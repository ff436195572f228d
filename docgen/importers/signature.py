"""Who signs, who has to read the order, and who drafted it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from docgen.importers.marks import (
    ACQUAINTED,
    EXECUTOR,
    FULL_NAME,
    PHONE,
    SHORT_NAME,
    SIGNED,
    SURNAME,
)
from docgen.importers.paper import one_line
from docgen.models import Executor, Signatory

_SIGN_HERE = re.compile(r"\(?\s*(?:личная\s+)?подпись\s*\)?|_{2,}|/", re.IGNORECASE)
_DAY = re.compile(r"[«\"]?\s*_*\s*[»\"]?\s*_*\s*20_*\d*_*\s*г\.?|\d\d\.\d\d\.\d{4}\s*(?:г\.)?")
_NAME = re.compile(rf"{FULL_NAME.pattern}|{SHORT_NAME.pattern}|{SURNAME}\s[А-ЯЁ]{{2}}\b")


def read_signatory(lines: Sequence[str]) -> Signatory | None:
    """The post over one or several lines, the name after the last of them; None for no lines."""
    text = "\t".join(lines)
    *posts, last = [part for part in re.split(r"\t+", text) if part.strip()] or [""]
    found = SIGNED.search(last)
    if found is None:
        return Signatory(_clean(" ".join((*posts, last))), "") if last else None
    post = _clean(" ".join((*posts, last[: found.start()])))
    return Signatory(post, one_line(found["name"]))


def _clean(text: str) -> str:
    return one_line(_SIGN_HERE.sub(" ", text))


def read_acquainted(lines: Iterable[str]) -> tuple[str, ...]:
    """The names under «С приказом ознакомлены», in order; blanks and days left out."""
    names: list[str] = []
    for line in lines:
        rest = _SIGN_HERE.sub("\t", _DAY.sub("\t", ACQUAINTED.sub("", line)))
        found = [one_line(match.group()) for match in _NAME.finditer(rest)]
        names += found or [piece.strip(" ,;:") for piece in rest.split("\t") if piece.strip(" ,;:")]
    return tuple(names)


def is_name(text: str) -> bool:
    """Whether the text reads as a person's name."""
    return _NAME.fullmatch(text) is not None


def read_executor(lines: Sequence[str]) -> Executor | None:
    """The executor's mark: a name and a telephone, in one line or two; None for no lines."""
    if len(lines) == 2 and not any(map(str.isalpha, lines[1])):
        return Executor(one_line(EXECUTOR.sub("", lines[0])), one_line(lines[1]))
    text = one_line(" ".join(EXECUTOR.sub("", line) for line in lines))
    if not text:
        return None
    found = PHONE.search(text)
    if found is None:
        return Executor(text)
    name = f"{text[: found.start()]} {text[found.end() :]}".strip(" ,;\t")
    return Executor(one_line(name), found["phone"].strip())
