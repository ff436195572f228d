from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from docgen.render.archive import archive, deflated
from docgen.render.package import Member, read_package
from tests.render.word import docx, paragraph


@given(st.lists(st.binary(max_size=2_000)))
def test_holds_what_was_put_in(pieces: list[bytes]) -> None:
    data = archive([deflated("папка/имя.xml", pieces)])
    with zipfile.ZipFile(io.BytesIO(data)) as reader:
        assert reader.read("папка/имя.xml") == b"".join(pieces)


def test_copies_members_as_they_are_in_their_order() -> None:
    members = list(read_package(docx(paragraph("x"))).members.values())
    stored = Member("a.bin", b"abc", zipfile.ZIP_STORED, 0x352441C2, 3)
    again = read_package(archive([*members, stored]))
    assert list(again.members.values()) == [*members, stored]
