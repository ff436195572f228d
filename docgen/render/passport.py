"""The passport inside a DOCX: a custom XML part, written into the archive and read back.

ECMA-376 part 1, 15.2.5 and 15.2.6: a custom XML part hangs on the main document and has a
properties part with an id of its own. Word keeps both when it saves.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator

from lxml import etree
from markupsafe import escape

from docgen.models.passports import Ingredient, Passport
from docgen.render.archive import archive, deflated, stored
from docgen.render.package import Member, Package, parse, read_members, relations_name

NAMESPACE = "urn:docgen:passport:1"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES = "[Content_Types].xml"
_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_EMPTY = f'{_XML}<Relationships xmlns="{_RELATIONS}"></Relationships>'
_PART = re.compile(r"customXml/item\d+\.xml")
_TAG = f"{{{NAMESPACE}}}"
_LARGEST = 128 * 2**20


def with_passport(package: Package, passport: Passport) -> bytes:
    """The document with the passport in it; all other members are copied as they are."""
    members = dict(package.members)
    number = next(n for n in range(1, 10**6) if f"customXml/item{n}.xml" not in members)
    part, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    document = package.document
    target = posixpath.relpath(part, posixpath.dirname(document) or ".")
    members[part] = deflated(part, [_passport_xml(passport).encode()])
    for name, xml in (
        (properties, _properties_xml(passport)),
        (relations_name(part), _related(None, "customXmlProps", posixpath.basename(properties))),
        (
            relations_name(document),
            _related(members.get(relations_name(document)), "customXml", target),
        ),
        (_CONTENT_TYPES, _typed(package, part, properties)),
    ):
        members[name] = stored(name, xml.encode())
    return archive(members.values())


def _passport_xml(passport: Passport) -> str:
    return "".join((_XML, f'<passport xmlns="{NAMESPACE}">', *_elements(passport), "</passport>"))


def _elements(passport: Passport) -> Iterator[str]:
    yield f'<program name="docgen" version="{escape(passport.version)}"/>'
    yield f'<region code="{escape(passport.region)}"/>'
    yield _ingredient("profile", passport.profile)
    yield _ingredient("template", passport.template)
    for plugin in passport.plugins:
        yield _ingredient("plugin", plugin)
    yield _content("data", passport.data, passport.data_sha256)
    yield _content("text", passport.text, passport.text_sha256)


def _ingredient(tag: str, ingredient: Ingredient) -> str:
    return f'<{tag} name="{escape(ingredient.name)}" sha256="{ingredient.sha256}"/>'


def _content(tag: str, text: str, sha256: str) -> str:
    xml = str(escape(text)).replace("\r", "&#13;")
    return f'<{tag} sha256="{sha256}" xml:space="preserve">{xml}</{tag}>'


def _properties_xml(passport: Passport) -> str:
    """An id made of the data's hash: the same data, the same bytes."""
    digits = passport.data_sha256[:32].upper()
    identity = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
    namespace = f"{_OFFICE}/customXml"
    return (
        f'{_XML}<ds:datastoreItem ds:itemID="{{{identity}}}" xmlns:ds="{namespace}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )


def _related(member: Member | None, kind: str, target: str) -> str:
    """The relationships of a part with one more."""
    xml = _EMPTY if member is None else member.data.decode("utf-8-sig")
    identity = "rIdPassport"
    while f'"{identity}"' in xml:
        identity += "_"
    added = (
        f'<Relationship Id="{identity}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
    )
    return _inserted(xml, "Relationships", added)


def _typed(package: Package, part: str, properties: str) -> str:
    """The content types with those of the new parts."""
    xml = package.read(_CONTENT_TYPES).decode("utf-8-sig")
    added = f'<Override PartName="/{properties}" ContentType="{_PROPERTIES}"/>'
    if 'Extension="xml"' not in xml:
        added = f'<Override PartName="/{part}" ContentType="application/xml"/>{added}'
    return _inserted(xml, "Types", added)


def _inserted(xml: str, root: str, added: str) -> str:
    """The XML with something added at the end of its root, which may have a prefix."""
    head, end, tail = xml.rpartition(f"</{root}>")
    if end:
        return f"{head}{added}{end}{tail}"
    element = etree.fromstring(xml.encode())
    namespace = etree.QName(element).namespace
    element.extend(etree.fromstring(f'<a xmlns="{namespace}">{added}</a>'))
    return _XML + etree.tostring(element, encoding="unicode")


def read_passport(docx: bytes) -> Passport | None:
    """The passport in the document; None where it has none that can be read."""
    for member in _parts(docx):
        try:
            passport = _read(parse(member.data))
        except (etree.XMLSyntaxError, ValueError):
            continue
        if passport is not None:
            return passport
    return None


def refuse_giants(docx: bytes) -> None:
    """ValueError where a member would unpack to more than any document of ours."""
    if any(member.size > _LARGEST for member in read_members(docx)):
        raise ValueError


def _parts(docx: bytes) -> list[Member]:
    try:
        members = read_members(docx)
    except (zipfile.BadZipFile, OSError):
        return []
    return [m for m in members if _PART.fullmatch(m.name) and m.size < _LARGEST]


def _read(root: etree._Element) -> Passport | None:
    if root.tag != f"{_TAG}passport":
        return None
    found = {name: root.find(f"{_TAG}{name}") for name in _NEEDED}
    program, region, profile, template, data, text = (found[name] for name in _NEEDED)
    if program is None or region is None or profile is None or template is None:
        return None
    if data is None or text is None:
        return None
    return Passport(
        version=program.get("version", ""),
        region=region.get("code", ""),
        profile=_read_ingredient(profile),
        template=_read_ingredient(template),
        plugins=tuple(map(_read_ingredient, root.iterfind(f"{_TAG}plugin"))),
        data=data.text or "",
        data_sha256=data.get("sha256", ""),
        text=text.text or "",
        text_sha256=text.get("sha256", ""),
    )


_NEEDED = ("program", "region", "profile", "template", "data", "text")


def _read_ingredient(element: etree._Element) -> Ingredient:
    return Ingredient(element.get("name", ""), element.get("sha256", ""))
