from __future__ import annotations

import pickle

import pymorphy3
import pymorphy3_dicts_ru
import pytest
from pymorphy3 import tagset

from docgen.language.declension.dictionary import DeferredTag, open_dictionary


@pytest.mark.parametrize("word", ["захаров", "методист", "школа-участница", "500", "гкоу", "хх"])
def test_reads_words_as_the_dictionary_itself_does(word: str) -> None:
    ours = [(str(each.tag), each.normal_form, each.score) for each in open_dictionary().parse(word)]
    tagset.registry[DeferredTag.FORMAT] = tagset.OpencorporaTag
    plain = pymorphy3.MorphAnalyzer(path=pymorphy3_dicts_ru.get_path())
    assert ours == [(str(each.tag), each.normal_form, each.score) for each in plain.parse(word)]


def test_takes_a_tag_apart_when_asked_about_it() -> None:
    open_dictionary()
    tag = DeferredTag("NOUN,anim,masc sing,nomn")
    assert (tag.POS, tag.case, "anim" in tag) == ("NOUN", "nomn", True)
    assert tag == DeferredTag("NOUN,anim,masc sing,nomn")
    assert pickle.loads(pickle.dumps(tag)) == tag


def test_a_tag_has_nothing_more_than_its_parent() -> None:
    with pytest.raises(AttributeError, match="colour"):
        DeferredTag("NOUN").colour  # noqa: B018
