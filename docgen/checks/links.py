"""Web addresses: malformed ones, and one site under several spellings."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from docgen.checks.distance import distance
from docgen.checks.dossier import Dossier, Mistake, Passage, stands_alone
from docgen.i18n import _

_ADDRESS = re.compile(
    r"(?P<head>[HhНнTtТтfw][HhНн]?(?:[TtТт]{1,3}[PpРр]{1,2}[SsСс]?\s?:?\s?[/\\]{1,3}|ww[.,])\s?)"
    r"(?P<rest>[^\s<>«»\"()\x00]*)"
)
_ENDING = re.compile(r"\.(?:ru|su|com|org|net|info|рф)(?![\w@-])")
_LABELS = r"[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9][A-Za-z0-9-]*)*\.?"
_BARE = re.compile(rf"(?<![\w@./-])(?!www){_LABELS}$")
_MIXED = re.compile(r"(?<![\w@./-])[\w.-]+$")
_LATIN = re.compile("[A-Za-z]")
_RUSSIAN = re.compile("[А-Яа-яЁё]")
_HOST = re.compile(r"(?i)(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)")
_RUSSIAN_HOST = re.compile(
    r"(?i)(?:[а-яё0-9](?:[а-яё0-9-]*[а-яё0-9])?\.)+(?:рф|рус|москва|дети|онлайн|сайт|орг)"
)
_LABEL = re.compile(r"\b(?:[А-ЯЁ]{2,}\s+)*[А-ЯЁ]{2,}\s*[:(]?\s*$")
_TO_LATIN = str.maketrans("асеорхукмтвнАСЕОРХУКМТВН", "aceopxykmtbhACEOPXYKMTBH")
_SOUNDS = dict(
    zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        ("a", "b", "v", "g", "d", "e", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r",
         "s", "t", "u", "f", "h", "c", "ch", "sh", "sch", "", "y", "", "e", "yu", "ya"),
        strict=True)
)  # fmt: skip
_STOPS = ".,;:!?"
_BEGINNINGS = frozenset(("http://", "https://", "ftp://", "www."))
_LONG = 14
_LIKENESS = 0.6
_SHORTEST = 8
_MOST_HOSTS = 200


@dataclass(frozen=True, slots=True)
class Link:
    """One address: where it stands, how it is printed, its host, and the site's name before it."""

    path: str
    printed: str
    host: str
    label: str = ""


def url_malformed(dossier: Dossier) -> Iterator[Mistake]:
    """Addresses that no browser opens: Cyrillic letters, spaces, commas, a lost slash."""
    for passage, found in _addresses(dossier):
        fault = _fault(found["head"], found["rest"])
        if fault:
            reason, mended = fault
            values = {"url": found.group(), "reason": reason}
            yield Mistake(
                passage.path,
                _("the address “%(url)s” will not open: %(reason)s") % values,
                mended,
            )
    yield from _russian_letters(dossier)


def _russian_letters(dossier: Dossier) -> Iterator[Mistake]:
    """Sites named without «https://» in letters of two alphabets."""
    for passage, found in dossier.find(_ENDING):
        before = found.string[max(found.start() - 60, 0) : found.start()]
        if before.rpartition(" ")[2].isascii():
            continue
        name = _MIXED.search(found.string, max(found.start() - 60, 0), found.start())
        if name and _LATIN.search(name.group()) and _RUSSIAN.search(name.group()):
            site = f"{name.group()}{found.group()}"
            values = {"url": site, "reason": _("there are Russian letters in the name of the site")}
            latin = site.translate(_TO_LATIN)
            yield Mistake(
                passage.path,
                _("the address “%(url)s” will not open: %(reason)s") % values,
                latin if latin.isascii() else "",
            )


def _addresses(dossier: Dossier) -> Iterator[tuple[Passage, re.Match[str]]]:
    for passage, found in dossier.find(_ADDRESS, "/", "\\", "ww.", "ww,"):
        if stands_alone(found) and found.string[max(found.start() - 1, 0)] not in "@./":
            yield passage, found


def _fault(head: str, rest: str) -> tuple[str, str] | None:
    """What is wrong with an address and the mended one, empty where that is not certain."""
    host, slash, page = rest.partition("/")
    host = host if slash else host.rstrip(_STOPS)
    plain = "".join(head.split())
    if plain.casefold() not in _BEGINNINGS:
        return _mended_beginning(plain, f"{host}{slash}{page}", host)
    if plain != head:
        return _("there is a space inside"), f"{plain}{rest}"
    if _is_host(f"www.{host}" if plain == "www." else host):
        return None
    if "," in host:
        dotted = host.replace(",", ".")
        return _("a comma stands for a dot"), f"{head}{dotted}{slash}{page}"
    latin = host.translate(_TO_LATIN)
    if latin != host:
        mended = f"{head}{latin}{slash}{page}" if _is_host(latin) else ""
        return _("there are Russian letters in the name of the site"), mended
    return _("the name of the site is not whole"), ""


def _mended_beginning(plain: str, rest: str, host: str) -> tuple[str, str]:
    if plain == "www,":
        return _("a comma stands for a dot"), f"www.{rest}"
    return _("the beginning is misspelt"), f"https://{rest}" if _is_host(host) else ""


@lru_cache(maxsize=1024)
def _is_host(host: str) -> bool:
    host = host.partition(":")[0]
    return bool(_HOST.fullmatch(host) or _RUSSIAN_HOST.fullmatch(host))


def host_variant(dossier: Dossier) -> Iterator[Mistake]:
    """Addresses whose host looks like a misspelling of another host of the order."""
    links = list(_links(dossier))
    counts = Counter(link.host for link in links)
    right = _right_spellings(counts, _labels(links)) if len(counts) <= _MOST_HOSTS else {}
    for link in links:
        meant, certain = right.get(link.host, (link.host, True))
        if meant != link.host:
            yield Mistake(
                link.path,
                _("one site is written in several ways: “%(host)s” here, “%(other)s” elsewhere")
                % {"host": link.host, "other": meant},
                link.printed.replace(link.host, meant) if certain else _("check which is right"),
            )


def _links(dossier: Dossier) -> Iterator[Link]:
    for passage, found in _addresses(dossier):
        host = found["rest"].partition("/")[0].rstrip(_STOPS).casefold()
        if _is_host(f"www.{host}" if found["head"][0] == "w" else host):
            label = _LABEL.search(found.string, max(found.start() - 40, 0), found.start())
            name = label.group().strip(" :(") if label else ""
            yield Link(passage.path, found.group().rstrip(_STOPS), host.removeprefix("www."), name)
    for passage, found in dossier.find(_ENDING):
        bare = _BARE.search(found.string, max(found.start() - 60, 0), found.start())
        if bare and not bare.group().endswith("."):
            host = f"{bare.group()}{found.group()}"
            yield Link(passage.path, host, host.casefold())


def _labels(links: list[Link]) -> Mapping[str, set[str]]:
    """The names that the text gives to each host: «сайт ИРО АСОУ https://…»."""
    labels: dict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.label:
            labels[link.host].add(link.label)
    return labels


def _right_spellings(
    counts: Counter[str], labels: Mapping[str, set[str]]
) -> dict[str, tuple[str, bool]]:
    """For each host of a family the spelling it should have, and whether that is certain.

    The host that sounds most like the site's name is right, else the most frequent.
    """
    right: dict[str, tuple[str, bool]] = {}
    for family in _families(list(counts), labels):
        names = {label for host in family for label in labels.get(host, ())}
        ranks = sorted((_unlike(host, names), -counts[host], host) for host in family)
        certain = ranks[0][:2] != ranks[1][:2]
        right |= dict.fromkeys(family, (ranks[0][2], certain))
    return right


def _families(hosts: list[str], labels: Mapping[str, set[str]]) -> list[set[str]]:
    """Hosts that are one site: a slip or two apart, or under one name in the text."""
    families: list[set[str]] = []
    for host in hosts:
        kin = [family for family in families if any(_akin(host, other, labels) for other in family)]
        families = [family for family in families if family not in kin]
        families.append({host}.union(*kin))
    return [family for family in families if len(family) > 1]


def _akin(host: str, other: str, labels: Mapping[str, set[str]]) -> bool:
    if labels.get(host, set()) & labels.get(other, set()):
        longest = max(len(_name(host)), len(_name(other)))
        return distance(_name(host), _name(other), longest) <= _LIKENESS * longest
    if min(len(host), len(other)) < _SHORTEST or _figures(host) != _figures(other):
        return False
    slips = 1 if min(len(host), len(other)) < _LONG else 2
    return distance(host, other, slips) <= slips


def _figures(host: str) -> str:
    return "".join(filter(str.isdigit, host))


def _name(host: str) -> str:
    return host.rpartition(".")[0]


def _unlike(host: str, names: set[str]) -> int:
    """How far the host is from sounding like one of the names; 0 where there is no name."""
    sounds = ["".join(_SOUNDS.get(letter, "") for letter in name.casefold()) for name in names]
    name = _name(host)
    return min((distance(sound, name, max(len(sound), len(name))) for sound in sounds), default=0)
