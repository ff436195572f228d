"""The numbers of a line with the words that compare them: «не менее 8», «5 и более», «до 100%»."""

from __future__ import annotations

import re
from typing import NamedTuple

from docgen.language.lexemes import Line
from docgen.language.numbers import NUMBER_WORDS, Number, read_digits, read_words
from docgen.language.words import PREPOSITIONS, is_name, listed

COMPARATORS: dict[str, str | None] = {
    form: code
    for code, forms in {
        "ge": "не менее|не меньше|не ниже|не реже|минимум|как минимум|не мене|неменее|≥|> =|> ="
        "|по меньшей мере|по крайней мере|хотя бы|выше или равно|от",
        "le": "не более|не больше|не выше|не свыше|не чаще|неболее|максимум|≤|< =|до|не превышает"
        "|не превысит|не превышающий|не превышающая|не превышать|в пределах",
        "gt": "более|больше|свыше|выше|>|превышает|превысит",
        "lt": "менее|меньше|ниже|<",
        None: "около|порядка|примерно|приблизительно|ориентировочно|~|≈",
    }.items()
    for form in forms.split("|")
}
"""Words before a number and what they make of it; «около 30» compares with nothing exactly."""

_AFTERTHOUGHTS = dict.fromkeys(("более", "больше", "выше", "свыше"), "ge") | dict.fromkeys(
    ("менее", "меньше", "ниже"), "le"
)
_OPENERS = listed("- : участие охват вовлечение обучение")
_MULTIPLES = {"единожды": 1, "дважды": 2, "трижды": 3}
_DIGITS = re.compile(r"[\d ]+(?:[.,]\d+)?")

TIMES = listed("раз раза разу разов")
PERIODS = {"неделю": "week", "месяц": "month", "квартал": "quarter", "год": "year"}
"""The periods that «в» or «за» with the accusative makes a target repeat in."""


class Amount(NamedTuple):
    """A number in a line: its tokens, its value, and the letters glued to its digits."""

    first: int
    end: int
    value: Number
    suffix: str = ""


class Reading(NamedTuple):
    """A number with what stands before it, as the rules below look at it."""

    line: Line
    amount: Amount
    opening: int  # the first token of the comparison, or of the number itself
    closing: int  # past «и более»
    comparator: str | None
    compared: bool

    @property
    def before(self) -> str:
        """The token before the number."""
        return self.line.word(self.amount.first - 1)

    @property
    def after(self) -> str:
        """The token after the number."""
        return self.line.word(self.amount.end)

    @property
    def unit(self) -> str:
        """What the number is printed in: percent, times or a plain count."""
        after = self.after
        if after == "%" or "процент" in (after[:7], self.amount.suffix[:7]):
            return "percent"
        if after == "п" and self.line.word(self.amount.end + 2) == "п":
            return "percent"
        return "times" if after in TIMES or self.amount.suffix in TIMES else "count"

    @property
    def is_percent(self) -> bool:
        """Whether the number is a share."""
        return self.unit == "percent"

    @property
    def names_next(self) -> bool:
        """Whether a noun that the number may count follows it."""
        at = self.amount.end
        return self.line.kind(at) in ("word", "school") and is_name(self.line.word(at))


def read_amounts(line: Line) -> list[Amount]:
    """Every number of the line in digits or words, a repetition in brackets included."""
    amounts: list[Amount] = []
    at = 0
    while at < len(line.tokens):
        found = _amounts_at(line, at)
        amounts += found
        at = max(at + 1, found[-1].end) if found else at + 1
    return amounts


def _amounts_at(line: Line, at: int) -> list[Amount]:
    kind, text = line.tokens[at].kind, line.tokens[at].text
    if kind == "number":
        return [_with_repetition(line, _digits(at, text))]
    if kind != "word":
        return []
    if text in NUMBER_WORDS:
        return [_with_repetition(line, _spelled(line, at))]
    if text in _MULTIPLES:
        return [Amount(at, at + 1, _MULTIPLES[text], "раза")]
    if text in TIMES and _is_once(line, at):
        return [Amount(at, at, 1)]
    if text.startswith("стопроцентн"):
        return [Amount(at, at + 1, 100, "процентн")]
    parts = text.split("-")
    if len(parts) == 2 and all(part in NUMBER_WORDS for part in parts):
        return [Amount(at, at + 1, NUMBER_WORDS[part]) for part in parts]
    return []


def _is_once(line: Line, at: int) -> bool:
    """«не реже раза в месяц»: the word that counts stands for the number too."""
    counted = line.kind(at - 1) == "number" or line.word(at - 1) in (")", *NUMBER_WORDS)
    return not counted and line.word(at + 1) in ("в", "за") and line.word(at + 2) in PERIODS


def _digits(at: int, text: str) -> Amount:
    match = _DIGITS.match(text)
    digits = match.group() if match else "0"
    return Amount(at, at + 1, read_digits(digits), text[len(digits) :].lstrip("-"))


def _spelled(line: Line, at: int) -> Amount:
    words = [line.word(index) for index in range(at, min(at + 7, len(line.tokens)))]
    value, taken = read_words(words)
    return Amount(at, at + taken, value)


def _with_repetition(line: Line, amount: Amount) -> Amount:
    """The number with its copy: «2 (двух)», «два (2)»."""
    if line.word(amount.end) != "(" or line.kind(amount.end + 1) not in ("number", "word"):
        return amount
    if line.kind(amount.end + 1) == "number":
        copy = _digits(amount.end + 1, line.word(amount.end + 1))
    else:
        copy = _spelled(line, amount.end + 1)
    if copy.value != amount.value or line.word(copy.end) != ")":
        return amount
    return amount._replace(end=copy.end + 1)


def compare(line: Line, amount: Amount) -> Reading:
    """The number together with the words of comparison before or after it."""
    at = amount.first - 1
    if line.word(at) in PREPOSITIONS and line.word(at) not in ("от", "до"):
        at -= 1
    if line.word(at) == "чем":
        at -= 2 if line.word(at - 1) == "," else 1
    for length in (3, 2, 1):
        phrase = " ".join(line.word(index) for index in range(at - length + 1, at + 1))
        if phrase in COMPARATORS and _compares(line, at):
            return Reading(line, amount, at - length + 1, amount.end, COMPARATORS[phrase], True)
    return _compare_after(line, amount)


def _compares(line: Line, at: int) -> bool:
    """«от 5 школ» is a comparison only where it opens the target: «отчёты от 5 школ» is not."""
    if line.word(at) != "от":
        return True
    before = line.word(at - 1)
    return at == 0 or at - 1 in line.breaks or before in _OPENERS or "%" in line.word(at + 2)


def _compare_after(line: Line, amount: Amount) -> Reading:
    """«5 и более», «80 % и выше»."""
    at = amount.end + (1 if line.word(amount.end) == "%" else 0)
    first, code = amount.first, _AFTERTHOUGHTS.get(line.word(at + 1))
    if line.word(at) in ("и", "или") and code is not None:
        return Reading(line, amount, first, at + 2, code, True)
    return Reading(line, amount, first, amount.end, "eq", False)
