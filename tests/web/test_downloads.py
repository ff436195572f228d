from __future__ import annotations

from urllib.parse import unquote

import pytest
from flask import Flask
from werkzeug.http import parse_options_header

from docgen.web.downloads import attachment


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("приказ 16.docx", "prikaz 16.docx"),
        ("Щёлково – № 245-ссл-г.pdf", "Shchelkovo - No 245-ssl-g.pdf"),
        ("форма-этап-3.xlsx", "forma-etap-3.xlsx"),
        ("объём.json", "obem.json"),
        ("表.docx", "file.docx"),
        ("приказ", "prikaz"),
    ],
)
def test_a_russian_name_has_a_readable_one_beside_it(name: str, plain: str) -> None:
    with Flask(__name__).test_request_context():
        header = attachment(name, b"x", "application/pdf").headers["Content-Disposition"]
    assert f"filename={plain}" in header.replace('"', "")
    assert unquote(header.rpartition("''")[2]) == name
    assert parse_options_header(header)[1]["filename"] == name


def test_a_latin_name_stays_as_it_is() -> None:
    with Flask(__name__).test_request_context():
        header = attachment("stage-1.xlsx", b"x", "application/pdf").headers["Content-Disposition"]
    assert header == "attachment; filename=stage-1.xlsx"
