"""The numbers of a line with the words that compare them: «не менее 8», «5 и более», «до 100%»."""

from __future__ import annotations

import re
from typing import NamedTuple

from docgen.language.indicators.lexemes import Line
from docgen.language.indicators.words import PREPOSITIONS, is_name, listed
from docgen.language.numbers import NUMBER_WORDS, Number, read_digits, read_words

MOST_NUMBERS = 100
"""More numbers than any cell of a roadmap holds: a text with more is a table, not an indicator."""

COMPARATORS: dict[str, str | None] = {
    form: code
    for code, forms in {
        "ge": "не менее|не меньше|не ниже|не реже|минимум|как минимум|не мене|неменее|≥|> ="
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

_LAST_WORDS = frozenset(form.split()[-1] for form in COMPARATORS)
_AFTERTHOUGHTS = dict.fromkeys(("более", "больше", "выше", "свыше"), "ge") | dict.fromkeys(
    ("менее", "меньше", "ниже"), "le"
)
_OPENERS = listed("- : участие охват вовлечение обучение")
_MULTIPLES = {"единожды": 1, "дважды": 2, "трижды": 3}
_FACTORS = {"тыс": 1000, "тысяча": 1000, "тысячи": 1000, "тысяч": 1000, "млн": 1_000_000}
_DIGITS = re.compile(r"[\d ]+(?:[.,]\d+)?")

TIMES = listed("раз раза разу разов")
_SPELLED = frozenset(NUMBER_WORDS) | frozenset(_MULTIPLES) | TIMES
PERIODS = {"неделю": "week", "месяц": "month", "квартал": "quarter", "год": "year"}
"""The periods that «в» or «за» with the accusative makes a target repeat in."""


class Amount(NamedTuple):
    """A number in a line: its tokens, its value, and the letters glued to its digits."""

    first: int
    end: int
    value: Number
    suffix: str = ""


class Reading(NamedTuple):
    """A number with what stands around it, as the rules look at it."""

    line: Line
    amount: Amount
    opening: int  # the first token of the comparison, or of the number itself
    closing: int  # past «и более»
    comparator: str | None
    compared: bool
    before: str  # the token before the number, and the one after it
    after: str
    unit: str  # percent, times or count

    @property
    def is_percent(self) -> bool:
        """Whether the number is a share."""
        return self.unit == "percent"

    @property
    def names_next(self) -> bool:
        """Whether a noun that the number may count follows it, past «(100%)» too."""
        at = self.line.past_figures_aside(self.amount.end)
        kind = self.line.kinds[at]
        return (kind == "word" and is_name(self.line.words[at])) or kind == "school"


def read_amounts(line: Line) -> list[Amount]:
    """Every number of the line in digits or words; none where the line is no indicator."""
    amounts: list[Amount] = []
    taken = 0
    for at, kind in enumerate(line.kinds):
        if at < taken or not (kind == "number" or (kind == "word" and _may_count(line.words[at]))):
            continue
        found = _amounts_at(line, at)
        amounts += found
        taken = found[-1].end if found else at
        if len(amounts) > MOST_NUMBERS:
            return []
    return amounts


def _may_count(word: str) -> bool:
    return word in _SPELLED or "-" in word or word[:6] == "стопро"


def _amounts_at(line: Line, at: int) -> list[Amount]:
    text = line.words[at]
    if line.kinds[at] == "number":
        return [_in_full(line, _with_repetition(line, _digits(at, text)))]
    if text in NUMBER_WORDS:
        return [_with_repetition(line, _spelled(line, at))]
    if text in _MULTIPLES:
        return [Amount(at, at + 1, _MULTIPLES[text], "раза")]
    if text in TIMES:
        return [Amount(at, at, 1)] if _is_once(line, at) else []
    if text.startswith("стопроцентн"):
        return [Amount(at, at + 1, 100, "процентн")]
    parts = text.split("-")
    if len(parts) == 2 and all(part in NUMBER_WORDS for part in parts):
        return [Amount(at, at + 1, NUMBER_WORDS[part]) for part in parts]
    return []


def _is_once(line: Line, at: int) -> bool:
    """«не реже раза в месяц»: the word that counts stands for the number too."""
    if line.words[at + 1] not in ("в", "за") or line.words[at + 2] not in PERIODS:
        return False
    before = line.words[at - 1]
    return line.kinds[at - 1] != "number" and before != ")" and before not in NUMBER_WORDS


def _digits(at: int, text: str) -> Amount:
    match = _DIGITS.match(text.replace("оо", "00") if text.startswith("1о") else text)
    digits = match.group() if match else "0"
    return Amount(at, at + 1, read_digits(digits), text[len(digits) :].lstrip("-"))


def _in_full(line: Line, amount: Amount) -> Amount:
    """«1,2 тыс. педагогов» as 1200; money keeps its printed unit, «тыс. руб.»."""
    factor = _FACTORS.get(line.words[amount.end])
    end = amount.end + (2 if line.words[amount.end + 1] == "." else 1)
    if factor is None or line.words[end].startswith("руб"):
        return amount
    value = round(amount.value * factor, 3)
    return Amount(amount.first, end, int(value) if value == int(value) else value)


def _spelled(line: Line, at: int) -> Amount:
    value, taken = read_words(line.words[at : at + 7])
    return Amount(at, at + taken, value)


def _with_repetition(line: Line, amount: Amount) -> Amount:
    """The number with its copy: «2 (двух)», «два (2)»."""
    if line.words[amount.end] != "(" or line.kinds[amount.end + 1] not in ("number", "word"):
        return amount
    if line.kinds[amount.end + 1] == "number":
        copy = _digits(amount.end + 1, line.words[amount.end + 1])
    else:
        copy = _spelled(line, amount.end + 1)
    if copy.value != amount.value or line.words[copy.end] != ")":
        return amount
    return amount._replace(end=copy.end + 1)


def compare(line: Line, amount: Amount) -> Reading:
    """The number together with the words of comparison before or after it."""
    before, after = line.words[amount.first - 1], line.words[amount.end]
    unit = _unit(line, amount, after)
    opening, comparator = _words_before(line, amount.first - 1)
    if opening is not None:
        return Reading(line, amount, opening, amount.end, comparator, True, before, after, unit)
    closing, comparator = _words_after(line, amount.end + (after == "%"))
    compared = closing is not None
    if closing and (line.words[closing] == "%" or line.words[closing].startswith("процент")):
        closing, unit = closing + 1, "percent"  # «80 и более процентов»
    return Reading(
        line, amount, amount.first, closing or amount.end, comparator, compared, before, after, unit
    )


def _unit(line: Line, amount: Amount, after: str) -> str:
    if after == "%" or "процент" in (after[:7], amount.suffix[:7]):
        return "percent"
    if after == "п" and line.words[amount.end + 2] == "п":
        return "percent"
    return "times" if after in TIMES or amount.suffix in TIMES else "count"


def _words_before(line: Line, at: int) -> tuple[int | None, str | None]:
    """Where «не менее», «не менее чем в» before a number begins, and what it means."""
    words = line.words
    if words[at] in PREPOSITIONS and words[at] not in ("от", "до"):
        at -= 1
    if words[at] == "чем":
        at -= 2 if words[at - 1] == "," else 1
    if words[at] not in _LAST_WORDS:
        return None, None
    for length in (3, 2, 1):
        phrase = " ".join(words[max(at - length + 1, 0) : at + 1])
        if phrase in COMPARATORS and _compares(line, at):
            return max(at - length + 1, 0), COMPARATORS[phrase]
    return None, None


def _compares(line: Line, at: int) -> bool:
    """«от 5 школ» is a comparison only where it opens the target: «отчёты от 5 школ» is not."""
    if line.words[at] != "от":
        return True
    before = line.words[at - 1]
    return at == 0 or at - 1 in line.breaks or before in _OPENERS or "%" in line.words[at + 2]


def _words_after(line: Line, at: int) -> tuple[int | None, str | None]:
    """Where «и более» after a number ends, and what it means; in «80 баллов и более» at its end."""
    for joint in (at, at + 1):
        code = _AFTERTHOUGHTS.get(line.words[joint + 1])
        begins = line.kinds[joint + 2] == "number"  # «5 школ и более 10 педагогов»
        if line.words[joint] in ("и", "или") and code is not None and not begins:
            return at + 2 if joint == at else at, code
    return None, "eq"
