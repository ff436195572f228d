"""What a DOCX from outside must be before anything parses it, and what it must not hold.

Limits are checked on the archive's directory, and again while inflating; each refusal has a code.
"""

from __future__ import annotations

import re
from xml.parsers.expat import ExpatError, ParserCreate

from docgen.errors import TemplateRefused
from docgen.i18n import _
from docgen.render.package import Member, Package, read_package, relations_in
from docgen.render.updating import Fetching, may_fetch

MAX_ENTRIES = 2_000
MAX_SIZE = 100 * 1024 * 1024
MAX_RATIO = 100
_SMALL = 1024 * 1024  # below this even a high ratio costs nothing
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN_TYPES = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
_MACROS = re.compile(r"vbaProject|vbaData|macroEnabled|/activeX|\.bin$", re.IGNORECASE)
_OBJECTS = re.compile(r"oleObject|/embeddings/|ms-package|vnd\.ms-office\.activeX", re.IGNORECASE)
_OBJECT_RELATIONS = ("oleObject", "package", "control", "aFChunk", "subDocument", "frame")
_OUTSIDE = re.compile(r"^/|\\|(?:^|/)\.\.?(?:/|$)")


def open_package(data: bytes) -> Package:
    """The package in these bytes, safe to parse; `TemplateRefused` says by code what is wrong.

    Codes: `package-encrypted`, `package-entries`, `package-names`, `package-size`,
    `package-ratio`, `package-doctype`, `package-xml`, `package-macros`, `package-objects`,
    `package-external`, `package-fields`, and `not-docx`.
    """
    if data.startswith(_COMPOUND_FILE):
        raise _refused(_("the file is encrypted or in the old .doc format"), "package-encrypted")
    if len(data) > MAX_SIZE:
        raise _refused(_("the file is too large"), "package-size")
    package = read_package(data, check=_check_members)
    _check_types(package)
    for member in package.members.values():
        if _is_xml(member, package):
            _check_xml(member.data)
        if member.name.lower().endswith(".rels"):
            _check_relations(member.data)
    return package


def _check_members(members: list[Member]) -> None:
    _check_sizes(members)
    _check_names(members)


def _check_sizes(members: list[Member]) -> None:
    size = sum(member.size for member in members)
    stored = sum(len(member.stored) for member in members)
    if len(members) > MAX_ENTRIES:
        raise _refused(_("the file has too many parts"), "package-entries")
    if size > MAX_SIZE:
        raise _refused(_("the file is too large once unpacked"), "package-size")
    if size > _SMALL and size > stored * MAX_RATIO:
        raise _refused(_("the file unpacks to far more than it could hold"), "package-ratio")
    for member in members:
        if member.size > _SMALL and member.size > len(member.stored) * MAX_RATIO:
            raise _refused(_("the file unpacks to far more than it could hold"), "package-ratio")


def _check_names(members: list[Member]) -> None:
    """One part under each name, in any case of letters, and none outside of the package."""
    names = {member.name.lower() for member in members}
    if len(names) < len(members) or any(map(_OUTSIDE.search, names)):
        raise _refused(_("parts of the file share a name or lie outside of it"), "package-names")


def _check_types(package: Package) -> None:
    for name, kind in package.content_types.items():
        if _MACROS.search(name) or _MACROS.search(kind):
            raise _refused(_("the file holds macros"), "package-macros")
        if _OBJECTS.search(f"/{name}") or _OBJECTS.search(kind):
            raise _refused(_("the file holds embedded objects"), "package-objects")
    if package.content_types[package.document] not in _MAIN_TYPES:
        raise _refused(_("this is not a DOCX file"), "not-docx")


def _is_xml(member: Member, package: Package) -> bool:
    kind = package.content_types.get(member.name, "")
    return kind.endswith(("+xml", "/xml")) or member.name.lower().endswith((".xml", ".rels"))


def _check_xml(data: bytes) -> None:
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    fetching = Fetching(parser) if may_fetch(data) else None
    try:
        parser.Parse(data, True)
    except (ExpatError, LookupError, ValueError) as error:  # damaged, or no known encoding
        raise _refused(_("a part of the file is damaged"), "package-xml") from error
    if fetching and fetching.fields:
        raise _refused(_("the file holds fields that read other files"), "package-fields")
    if fetching and fetching.pictures:
        raise _refused(_("the file refers to other files"), "package-external")


def _refuse_doctype(*_declaration: object) -> None:
    raise _refused(_("the file holds a document type declaration"), "package-doctype")


def _check_relations(data: bytes) -> None:
    for relation in relations_in(data, ""):
        if relation.kind in _OBJECT_RELATIONS:
            raise _refused(_("the file holds embedded objects"), "package-objects")
        if relation.external and relation.kind != "hyperlink":
            raise _refused(_("the file refers to other files"), "package-external")


def _refused(message: str, code: str) -> TemplateRefused:
    return TemplateRefused(message, code=code)
