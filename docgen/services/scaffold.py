"""A new region to begin with: a profile, if wanted a plugin, and a test of both."""

from __future__ import annotations

import re
from pathlib import Path

from docgen.errors import InputError
from docgen.i18n import _
from docgen.language.declension import decline
from docgen.store.files import write_whole

_CODE = re.compile(r"[a-z][a-z0-9_]{1,30}")

PROFILE = """\
# {name}. Каждая группа называет документ, из которого взята (source).
code: {code}
name: {name}
time_zone: Europe/Moscow   # Asia/Yekaterinburg, Asia/Novosibirsk …

letterhead:
  source: "впишите реквизиты приказа, из которого взят бланк"
  lines:
    - МИНИСТЕРСТВО ОБРАЗОВАНИЯ
    - {letterhead}
requisites: ["{{date}}", "№ {{number}}", title]   # строки под словом «ПРИКАЗ»
operative:
  word: "ПРИКАЗЫВАЮ:"
  own_line: true           # false: в последней строке преамбулы
issuer:
  name: министерство образования {genitive}
  genitive: [министерства образования, {genitive}]   # строки грифа после слова «приказом»
stamp: approval            # approval – «УТВЕРЖДЕН приказом …», appendix – «Приложение к приказу …»
signatory_post: Министр

project:
  name: проект адресной методической помощи «500+»
  short: «500+»
  years: [{year}, {year}]
starter:
  title: Об утверждении плана-графика (дорожной карты) реализации проекта «500+» в {{year}} году
  preamble: В целях реализации проекта адресной методической помощи «500+» в {{year}} году

layouts:
  roadmap:
    title: План-график (дорожная карта)
    items: through         # through – подряд; section – заново в разделе; hierarchical – 1.1
    sections: none         # none, arabic – 1., roman – I.
    column_numbers: false  # строка с номерами граф под шапкой
    columns:
      - {{key: number, heading: № п/п, width: 10}}
      - {{key: activity, heading: Мероприятие, width: 80}}
      - {{key: deadline, heading: Срок, width: 30}}
      - {{key: executor, heading: Исполнитель, width: 50}}
      - {{key: indicator, heading: Показатель, width: 60}}
"""

PLUGIN = '''\
"""{name}. Source: name the order these rules were read from."""

from docgen import default_region
from docgen.hookspecs import hookimpl
from docgen.models import Order, Profile


@hookimpl
def annex_stamp(order: Order, index: int, profile: Profile) -> tuple[str, ...]:
    """The usual stamp; change its lines here, or delete this file if the profile is enough."""
    return tuple(default_region.annex_stamp(order, index, profile))
'''

TEST = '''\
"""The region {code} makes an order of its own starter: run `pytest` in this folder."""

from pathlib import Path

from docgen.testing import check_region


def test_{code}_makes_an_order(tmp_path: Path) -> None:
    check_region(Path(__file__).parent, "{code}", tmp_path)
'''


def write_scaffold(
    folder: Path, code: str, name: str, year: int, parts: tuple[str, ...]
) -> list[Path]:
    """The files of a new region, written into the folder; none is ever overwritten.

    `parts` are names out of `profile`, `plugin` and `test`. Raises InputError for a code that is
    no plain Latin word and for files that exist.
    """
    if not _CODE.fullmatch(code):
        raise InputError(
            _("“%(code)s” is no code: use small Latin letters, digits and “_”.") % {"code": code}
        )
    files = _files(folder, code, name, year)
    chosen = {path: text for part, (path, text) in files.items() if part in parts}
    for path in chosen:
        if path.exists():
            raise InputError(_("%(path)s exists already.") % {"path": path})
    for path, text in chosen.items():
        write_whole(path, text.encode())
    return list(chosen)


def _files(folder: Path, code: str, name: str, year: int) -> dict[str, tuple[Path, str]]:
    genitive = decline(name, case="genitive", kind="region")
    words = {
        "code": code,
        "name": name,
        "genitive": genitive,
        "letterhead": genitive.upper(),
        "year": year,
    }
    return {
        "profile": (folder / f"{code}.yaml", PROFILE.format(**words)),
        "plugin": (folder / f"{code}.py", PLUGIN.format(**words)),
        "test": (folder / f"test_{code}.py", TEST.format(**words)),
    }
