"""A DOCX opened as a package: its members, its content types and the relations between them."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from docgen.errors import TemplateError
from docgen.i18n import _
from docgen.render.records import Records, records

_LOCAL_HEADER = 30
_ENCRYPTED = 1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_CONTENT_TYPES = "[Content_Types].xml"
PARSER = etree.XMLParser(remove_blank_text=True, resolve_entities=False, no_network=True)


@dataclass(frozen=True)
class Member:
    """One member of the archive, still compressed."""

    name: str
    stored: bytes
    method: int
    checksum: int
    size: int

    @cached_property
    def records(self) -> Records:
        """What an archive keeps about the member."""
        return records(self.name, self.method, self.checksum, len(self.stored), self.size)

    @property
    def data(self) -> bytes:
        """The member's content; `TemplateError` when it is not what the directory says."""
        data = self.stored
        if self.method == zipfile.ZIP_DEFLATED:
            try:
                data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, self.size + 1)
            except zlib.error as error:
                raise _not_docx() from error
        if len(data) != self.size or zlib.crc32(data) != self.checksum:
            raise _not_docx()
        return data


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship: its id, its type's last word, and the member or address it leads to."""

    identity: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class Package:
    """The members of a DOCX in the order they stand in the archive."""

    members: dict[str, Member]

    def read(self, name: str) -> bytes:
        """The content of a member."""
        return self.members[name].data

    def relations(self, name: str) -> tuple[Relation, ...]:
        """What a part (or the package itself, for an empty name) is related to."""
        member = self.members.get(relations_name(name))
        if member is None:
            return ()
        return relations_in(member.data, posixpath.dirname(name))

    def related(self, name: str, kind: str) -> list[str]:
        """The members that a part leads to by relations of one kind, in order, each once."""
        targets = [each.target for each in self.relations(name) if each.kind == kind]
        return [target for target in dict.fromkeys(targets) if target in self.members]

    @cached_property
    def content_types(self) -> dict[str, str]:
        """The content type of each member."""
        defaults, overrides = {}, {}
        for element in parse(self.read(_CONTENT_TYPES)):
            kind = element.get("ContentType", "")
            if "Extension" in element.attrib:
                defaults[element.get("Extension", "").lower()] = kind
            else:
                overrides[element.get("PartName", "").lstrip("/")] = kind
        return {
            name: overrides.get(name, defaults.get(name.rpartition(".")[2].lower(), ""))
            for name in self.members
        }

    @cached_property
    def document(self) -> str:
        """The name of the main part."""
        return self.related("", "officeDocument")[0]


def relations_in(data: bytes, base: str) -> tuple[Relation, ...]:
    """The relationships listed in a `.rels` member, for parts in the folder `base`."""
    return tuple(_relation(element, base) for element in parse(data))


def relations_name(name: str) -> str:
    """The member that holds the relationships of a part."""
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def parse(data: bytes) -> etree._Element:
    """The root of an XML part, as python-docx would read it; `TemplateError` when it has none."""
    try:
        return etree.fromstring(data, PARSER)
    except etree.XMLSyntaxError as error:
        raise TemplateError(_("a part of the file is damaged"), code="package-xml") from error


def _relation(element: etree._Element, base: str) -> Relation:
    target = element.get("Target", "")
    external = element.get("TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/" + base, target)).lstrip("/")
    kind = element.get("Type", "").rpartition("/")[2]
    return Relation(element.get("Id", ""), kind, target, external)


def read_package(data: bytes, check: Callable[[list[Member]], None] | None = None) -> Package:
    """The package in these bytes; `TemplateError` when they are not a readable DOCX.

    `check` sees the members before any of them is inflated or parsed.
    """
    try:
        members = read_members(data)
        if check is not None:
            check(members)
        package = Package({member.name: member for member in members})
        package.read(package.document)
    except (zipfile.BadZipFile, LookupError, OSError) as error:
        raise _not_docx() from error
    return package


def opened(data: bytes) -> Package:
    """The package in bytes of our own making, as it is; errors are zipfile's own."""
    return Package({member.name: member for member in read_members(data)})


def read_members(data: bytes) -> list[Member]:
    """The members of the archive, still compressed; errors are zipfile's own."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [_member(data, info) for info in archive.infolist() if not info.is_dir()]


def _not_docx() -> TemplateError:
    return TemplateError(_("this is not a DOCX file"), code="not-docx")


def _member(data: bytes, info: zipfile.ZipInfo) -> Member:
    if info.compress_type not in _METHODS or info.flag_bits & _ENCRYPTED:
        raise zipfile.BadZipFile(info.filename)
    start = info.header_offset + _LOCAL_HEADER
    header = data[info.header_offset : start]
    start += int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    stored = data[start : start + info.compress_size]
    return Member(info.filename, stored, info.compress_type, info.CRC, info.file_size)
