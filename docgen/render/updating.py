"""What a part of a DOCX fetches or runs when its fields are updated and its shapes drawn."""

from __future__ import annotations

from xml.parsers.expat import XMLParserType

_MARKS = (b"instr", b"src", b"\0")  # the last one stands in every part that is not UTF-8
_FETCHING = frozenset(
    [
        *("database", "dde", "ddeauto", "import", "include", "includepicture", "includetext"),
        *("link", "macrobutton", "rd"),
    ]
)
_LONGEST = 40  # letters of an instruction that are kept: the first word is what matters
_SHAPES = ("imagedata", "fill", "stroke")


def may_fetch(data: bytes) -> bool:
    """Whether a part can hold a field or a linked picture at all: most hold neither."""
    return any(mark in data for mark in _MARKS)


class Fetching:
    """Listens to a parser; then `fields` and `pictures` tell whether any reads something else.

    A field is known by the first word of its instruction, which may stand in several runs, in
    either case and under any prefix. A word that a tag is to complete may become anything.
    """

    def __init__(self, parser: XMLParserType) -> None:
        self._open = [""]  # the instruction of each field around, that of none first
        self._listening = False
        self.fields = False
        self.pictures = False
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._text

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        values = {_local(key): value for key, value in attributes.items()}
        self._listening = local == "instrText"
        if local == "fldChar":
            self._turn(values.get("fldCharType"))
        elif local == "fldSimple":
            self._judge(values.get("instr", ""))
        elif local in _SHAPES:
            self.pictures |= "src" in values

    def _turn(self, kind: str | None) -> None:
        """A field begins, or its instruction is over; the first word is known by then."""
        if kind == "begin":
            self._open.append("")
            return
        self._open[-1] = ""
        if kind == "end" and len(self._open) > 1:
            self._open.pop()

    def _text(self, text: str) -> None:
        if self._listening:
            self._open[-1] = (self._open[-1] + text).lstrip()[:_LONGEST]
            self._judge(self._open[-1])

    def _judge(self, instruction: str) -> None:
        word = "".join(instruction.split(maxsplit=1)[:1]).lower()
        self.fields |= word in _FETCHING or "{" in word


def _local(name: str) -> str:
    return name.rpartition(":")[2]
