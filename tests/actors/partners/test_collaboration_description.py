"""The coordinator writes what residents read about the collaboration itself."""

from actors.models import Collaboration
from tests.forms_by_hand import form_to

PAGE = "/samordna/ostberga/parter/om-samverkan/"


def sent(browser, **typed):
    """Send the page's form as a browser does, with these words."""
    return browser.post(PAGE, form_to(browser.get(PAGE), PAGE).typed(typed), follow=True)


def test_residents_read_what_the_coordinator_writes_in_their_language(ostberga, ake, browse, amina):
    her = browse(ake)
    assert f'href="{PAGE}"' in her.get("/samordna/ostberga/parter/").text

    page = sent(her, description_sv="Vi som bryr oss om Östberga.", description_so="Annaga oo dan leh Östberga.")

    assert "Texten om Samverkan Östberga är sparad." in page.text
    assert "Åke ändrade beskrivningen av Samverkan Östberga" in " ".join(page.text.split())
    assert "Vi som bryr oss om Östberga." in amina.get("/ostberga/parter/").text
    assert "Annaga oo dan leh Östberga." in amina.get("/so/ostberga/parter/").text


def test_two_who_write_at_once_lose_nothing_unseen(ostberga, ake, disa, browse):
    his, hers = browse(ake), browse(disa)
    shown = form_to(hers.get(PAGE), PAGE)
    sent(his, description_sv="Åkes ord.")

    other_language = hers.post(PAGE, shown.typed({"description_en": "About us."}))
    same_words = hers.post(PAGE, shown.typed({"description_sv": "Disas ord."}))

    assert (other_language.status_code, same_words.status_code) == (302, 422)
    assert ("Åkes ord." in same_words.text, "Disas ord." in same_words.text) == (True, True)
    assert Collaboration.objects.get().description == {"sv": "Åkes ord.", "en": "About us."}


def test_nobody_else_writes_it(ostberga, tova, browse):
    assert browse(tova).post(PAGE, {"description_sv": "Trafikens."}).status_code == 404
