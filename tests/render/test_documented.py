from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = re.compile(r'"((?:package|template|not|unknown|value|illegal|markup)-[a-z]+)"')


def test_documents_every_error_code() -> None:
    sources = "".join(each.read_text() for each in (ROOT / "docgen/render").glob("*.py"))
    pages = ("docs/rendering.md", "docs/template-doctor.md")
    page = "".join((ROOT / name).read_text() for name in pages)
    assert [code for code in sorted(set(CODE.findall(sources))) if f"`{code}`" not in page] == []
