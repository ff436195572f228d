import time

import pytest

from tests.checks.sheets import codes, findings, only, order, row


def site(*texts):
    return order(*(row(information=text) for text in texts))


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("https://iгоасоупм.гц/", ""),
        ("https://www.аstrcmo.ru/500plus/", "https://www.astrcmo.ru/500plus/"),
        ("https:// iro86.ru/", "https://iro86.ru/"),
        ("http//iro86.ru", "https://iro86.ru"),
        ("htps://iro86.ru/page", "https://iro86.ru/page"),
        ("www,iro86.ru", "www.iro86.ru"),
        ("https://iro86,ru/", "https://iro86.ru/"),
        ("https://iro86/", ""),
        ("https:/iro86.ru", "https://iro86.ru"),
        ("hhttps://iro86.ru", "https://iro86.ru"),
        ("(dpo-smоlensk.ru)", "dpo-smolensk.ru"),
        ("http:\\\\iro86.ru", "https://iro86.ru"),
    ],
)
def test_finds_addresses_that_will_not_open(text, mended):
    assert only(site(f"Сайт {text}"), "url-malformed").suggestion == mended


@pytest.mark.parametrize(
    "text",
    [
        "https://iro86.ru/index.php/2015-04-23/proekt-500",
        "Новости (dpo-smolensk.ru)",
        "https://platforma.institute.edu.ru/?Edu%5Bselect%5D=2&Edu%5Bsearch%5D=",
        "http://школа1.рф/novosti.",
        "www.fioco.ru, vk.com/fioco",
        "Почта: info@iro86.ru",
        "МОУО/ОО/центр/ школа",
        "сайт https://iro86.ru:8080/a.",
    ],
)
def test_accepts_sound_addresses(text):
    assert codes(site(text)) == []


def test_the_frequent_spelling_of_a_site_is_right():
    found = findings(
        site(*["https://www.astrcmo.ru/500plus/"] * 3, "https://www.astrcno.ru/500plus/")
    )
    assert [(f.code, f.suggestion) for f in found] == [
        ("host-variant", "https://www.astrcmo.ru/500plus/")
    ]
    assert found[0].path == "annexes[0].sections[0].items[3].information"


def test_the_spelling_that_sounds_like_the_name_is_right():
    found = findings(
        site("Сайт ИРО АСОУ https://itraso.ru/", "на сайте ИРО АСОУ https://iroasoumo.ru/")
    )
    assert [(f.code, f.suggestion) for f in found] == [("host-variant", "https://iroasoumo.ru/")]


def test_without_a_majority_nothing_is_suggested():
    found = findings(site("https://www.astrcmo.ru/", "https://www.astrcno.ru/"))
    assert [f.code for f in found] == ["host-variant"]
    assert "http" not in found[0].suggestion


@pytest.mark.parametrize(
    "pair",
    [
        ("https://school1.ru/", "https://school2.ru/"),
        ("сайт ФИОКО https://fioco.ru/", "канал ФИОКО https://youtube.com/fioco"),
        ("https://iro86.ru/", "https://iro38.ru/"),
        ("https://roipkpro.ru/", "https://ripkro.ru/"),
        ("https://fipi.ru/", "https://fioco.ru/"),
    ],
)
def test_different_sites_are_no_variants(pair):
    assert codes(site(*pair, *pair)) == []


def test_a_long_word_before_an_ending_holds_nothing_up():
    start = time.process_time()
    codes(order(row(indicator=f"{'a' * 58}_.ru")))
    assert time.process_time() - start < 1
