"""The statements that the law requires: complete, short, and in every language."""

import re

import pytest

from actors.legal.statements import ACCESSIBILITY
from tests import factories as make

PAGES = ["tillganglighet/", "personuppgifter/", "om/"]


def text_of(answer) -> str:
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["", "en/", "so/", "ar/"])
def test_everyone_can_read_them_without_a_cookie(ostberga, amina, page, language):
    answer = amina.get(f"/{language}{page}")

    assert (answer.status_code, dict(answer.cookies)) == (200, {})


def test_the_accessibility_statement_has_what_the_law_lists(ostberga, amina):
    answer = amina.get("/tillganglighet/")
    page = text_of(answer)

    for part in ("delvis förenlig", "2018:1937", "12 §", "9 §", "självskattning", ostberga.controller_name):
        assert part in page
    assert 'href="https://www.digg.se/tdosanmalan"' in answer.content.decode()
    assert all(str(shortcoming.what) in page for shortcoming in ACCESSIBILITY.shortcomings)


def test_the_privacy_notice_names_each_controller(ostberga, amina):
    make.collaboration("husby", name="Samverkan Husby", controller_name="Husby stadsdelsnämnd")

    both = text_of(amina.get("/personuppgifter/"))
    assert [name in both for name in ("Enskede-Årsta-Vantörs stadsdelsnämnd", "Husby stadsdelsnämnd")] == [True, True]
    assert "Husby" not in text_of(amina.get("/personuppgifter/", {"samverkan": "ostberga"}))


def test_the_privacy_notice_promises_nothing_we_can_not_keep(ostberga, amina):
    page = text_of(amina.get("/personuppgifter/")).lower()

    assert re.findall(r"anonym\w*|sekretess\w*", page) == []
    for part in ("allmänna handlingar", "artikel 6.1 e", "artikel 11", "gallring", "kvitto"):
        assert part in page


@pytest.mark.parametrize("page", PAGES)
def test_they_are_short(ostberga, amina, page):
    assert len(text_of(amina.get(f"/{page}")).split()) < 600


def test_the_privacy_notice_has_each_collaborations_own_officers_functional_address(ostberga, amina):
    husby = make.collaboration("husby", name="Samverkan Husby", dpo_email="dso@husby.example")
    make.coordinator(husby, make.user("dana@husby.example", name="Dana"), role="officer")
    ostberga.dpo_email = ""
    ostberga.save()

    both, hers, other = (
        amina.get(f"/personuppgifter/{asked}").text for asked in ("", "?samverkan=husby", "?samverkan=ostberga")
    )
    assert ["mailto:dso@husby.example" in page for page in (both, hers, other)] == [True, True, False]
    assert ["dana@husby.example" in page for page in (both, hers, other)] == [False] * 3
    assert other.count(f"mailto:{ostberga.contact_email}") >= 2  # nobody's own address in its place
