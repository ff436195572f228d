from __future__ import annotations

import pytest

from docgen.importers.roles import pieces


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("15.02.2023 г. Тамбов № 312", ["15.02.2023", "г. Тамбов", "№ 312"]),
        ("15 февраля 2023 г. г. Тамбов № 312", ["15 февраля 2023 г.", "г. Тамбов", "№ 312"]),
        ("15.02.2023 № 312 г. Нижний Новгород", ["15.02.2023 № 312", "г. Нижний Новгород"]),
        ("15 февраля 2023 г. № 5", ["15 февраля 2023 г. № 5"]),
        ("г. Кирс", ["г. Кирс"]),
        ("30.12.2021\t№ 245-ссл/г", ["30.12.2021", "№ 245-ссл/г"]),
    ],
)
def test_a_line_of_requisites_falls_into_its_parts(line: str, parts: list[str]) -> None:
    assert pieces(line) == parts
