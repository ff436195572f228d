from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from docgen.checks.dossier import Dossier, Passage
from docgen.checks.verdict import verdict
from tests.checks.published import PUBLISHED, published
from tests.checks.sheets import order, region, row

TRAPS = (
    "Введение ФГОС НОО и ОО, ФОО и  ОО",
    "6 00 школ, 12О школ, 0О и О0",
    "100% ООО, ООО «Школа». Все ОО и ООО Проекта",
    "образовательным и результатами в соответствии и с планом, VIP",
    "<u>Новости</u> **Приказ** &nbsp; {{ имя }} {% if #}",
    "\ufffd #REF! Ошибка! Закладка не определена, None null",
    "www,edu.ru http:\\\\fipi.ru нттр://ya.ru/a https:/www.edu.ru",
    "с 01.02. по 10.12., 5.6.2022 и 05.06.2022",
    "Приложениями 1-3, приложение к приказу, Прилагаемый план",
)


class Doubting(Dossier):
    """A dossier that looks everywhere too, not only where a sign stands."""

    def find(
        self, pattern: re.Pattern[str], *signs: str
    ) -> Sequence[tuple[Passage, re.Match[str]]]:
        found = super().find(pattern, *signs)
        assert _places(found) == _places(super().find(pattern))
        return found


def _places(found: Sequence[tuple[Passage, re.Match[str]]]) -> list[tuple[str, tuple[int, int]]]:
    return [(passage.path, match.span()) for passage, match in found]


def test_no_match_lacks_its_sign() -> None:
    traps = order(*(row(activity=text, indicator=text[::-1]) for text in TRAPS), points=TRAPS)
    assert verdict(Doubting(traps, region()))


@pytest.mark.parametrize("code", sorted(PUBLISHED))
def test_no_match_in_a_published_order_lacks_its_sign(code: str) -> None:
    signed = published(code)
    verdict(Doubting(signed.order(signed.values), signed.region))
