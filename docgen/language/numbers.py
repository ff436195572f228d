"""Numbers as orders print them: read from digits and words, written back for reports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

Number = int | float

_FORMS = {
    1: "один одна одно одного одной одному одним одном одну",
    2: "два две двух двум двумя двое двоих",
    3: "три трех трем тремя трое троих",
    4: "четыре четырех четырем четырьмя четверо четверых",
    5: "пять пяти пятью пятеро пятерых",
    6: "шесть шести шестью шестеро",
    7: "семь семи семеро",  # «семью» is far more often a family than an instrumental
    8: "восемь восьми восемью",
    9: "девять девяти девятью",
    10: "десять десяти десятью десятеро",
    11: "одиннадцать одиннадцати одиннадцатью",
    12: "двенадцать двенадцати двенадцатью",
    13: "тринадцать тринадцати тринадцатью",
    14: "четырнадцать четырнадцати четырнадцатью",
    15: "пятнадцать пятнадцати пятнадцатью",
    16: "шестнадцать шестнадцати шестнадцатью",
    17: "семнадцать семнадцати семнадцатью",
    18: "восемнадцать восемнадцати восемнадцатью",
    19: "девятнадцать девятнадцати девятнадцатью",
    20: "двадцать двадцати двадцатью",
    30: "тридцать тридцати тридцатью",
    40: "сорок сорока",
    50: "пятьдесят пятидесяти пятьюдесятью",
    60: "шестьдесят шестидесяти шестьюдесятью",
    70: "семьдесят семидесяти семьюдесятью",
    80: "восемьдесят восьмидесяти восемьюдесятью",
    90: "девяносто девяноста",
    100: "сто ста",
    200: "двести двухсот двумстам",
    300: "триста трехсот тремстам",
    400: "четыреста четырехсот четыремстам",
    500: "пятьсот пятисот пятистам",
    600: "шестьсот шестисот шестистам",
    700: "семьсот семисот семистам",
    800: "восемьсот восьмисот восьмистам",
    900: "девятьсот девятисот девятистам",
    1000: "тысяча тысячи тысяч тысячу",
}
NUMBER_WORDS = {form: value for value, forms in _FORMS.items() for form in forms.split()}
"""Every form of a cardinal number, in small letters with «е» for «ё»."""

_DIGITS = re.compile(r"\d{1,3}(?:\s\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
_RANGE = re.compile(r"(?:от\s+)?(.+?)\s*(?:[-‐‑‒–—−]|\sдо\s)\s*(.+)")
_PERCENT = re.compile(r"\s*%$")


def read_digits(text: str) -> Number:
    """The value of «29», «1 200» or «93,1»: whole numbers are int, the rest float."""
    plain = "".join(text.split()).replace(",", ".")
    return float(plain) if "." in plain else int(plain)


def read_words(words: Sequence[str]) -> tuple[Number, int]:
    """The value of the number the words begin with and how many words it takes (0: none)."""
    total, group, room, taken = 0, 0, 1000, 0
    for word in words:
        value = NUMBER_WORDS.get(word)
        if value == 1000 and total == 0:
            total, group, room = (group or 1) * 1000, 0, 1000
        elif value is None or value >= room:
            break
        else:
            group, room = group + value, _room_after(value)
        taken += 1
    return total + group, taken


def _room_after(value: int) -> int:
    """What the next word of the same number must be smaller than: «двадцать» leaves room for 9."""
    if value >= 100:
        return 100
    return 10 if value >= 20 else 0


def parse_number(text: str) -> Number | None:
    """The number that the whole text is, in digits or words, «%» allowed; None if it is not."""
    body = _PERCENT.sub("", text.strip())
    if _DIGITS.fullmatch(body):
        return read_digits(body)
    words = body.lower().replace("ё", "е").split()
    value, taken = read_words(words)
    return value if words and taken == len(words) else None


def parse_range(text: str) -> tuple[Number, Number] | None:
    """The two ends of «140-145», «от 5 до 10», «двух-трёх»; None where it is not a range."""
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        return None
    low, high = parse_number(match[1]), parse_number(match[2])
    return None if low is None or high is None or low >= high else (low, high)


def format_number(value: Number, places: int = 1) -> str:
    """The number as a clerk writes it: «93,1», «29», «12 500» with no-break spaces."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    if len(whole) > 4:  # four digits are printed together, five and more in groups of three
        whole = f"{int(whole):,}".replace(",", "\N{NO-BREAK SPACE}")
    fraction = fraction.rstrip("0")
    sign = "\N{MINUS SIGN}" if rounded < 0 else ""
    return f"{sign}{whole},{fraction}" if fraction else f"{sign}{whole}"


def format_percent(value: Number, places: int = 1) -> str:
    """The share as orders print it, without a space: «93,1%»."""
    return f"{format_number(value, places)}%"


def agree(number: Number, one: str, few: str, many: str) -> str:
    """The noun's form after the number: 1 школа, 2 школы, 5 школ, 1,5 школы."""
    if number != int(number):
        return few
    tens, units = abs(int(number)) % 100, abs(int(number)) % 10
    if 11 <= tens <= 14 or units == 0 or units >= 5:
        return many
    return one if units == 1 else few
