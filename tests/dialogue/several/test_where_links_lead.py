"""A resident of the park stays in the dialogue on the park: links, receipts and lists say which one they are of."""

from django.urls import reverse

from dialogue.lists import listed_rows
from tests import factories as make
from tests import listed

OWN = "/ostberga/dialog/parken/"


def text_of(browser, path):
    response = browser.get(path)
    assert response.status_code == 200
    return " ".join(response.text.split())


def test_a_form_leads_to_its_own_dialogue(park, autumn, amina):
    forms = [channel.get_absolute_url() for survey in (park.survey, autumn.survey) for channel in survey.channels.all()]
    pages = {form: text_of(amina, form) for form in forms}

    assert [f'href="{OWN}">Om dialogen' in pages[form] for form in forms] == [True] + [False] * (len(forms) - 1)
    assert all('href="/ostberga/">Om dialogen' not in page for page in pages.values())


def test_a_dialogue_alone_stands_at_the_front(talk, autumn, amina):
    assert 'href="/ostberga/">Om dialogen' in text_of(amina, autumn.survey.channels.get().get_absolute_url())


def test_a_receipt_names_its_dialogue(park, amina):
    page = " ".join(amina.post("/kvitto/", {"kod": park.code}).text.split())

    assert f'<dt>Dialog</dt> <dd><a href="{OWN}">Parken</a></dd>' in page


def test_results_of_one_dialogue_hold_nothing_of_another(park, lamps, ake, trafikkontoret, amina):
    for issue, title in ((lamps, "Byt lampor"), (park.issue, "Hundrastgård")):
        make.commitment(make.activity(issue, ake, title={"sv": title}), trafikkontoret, ake)
        listed.decision(issue, ake, trafikkontoret, title=f"{title} enligt listan")
    results = park.dialogue.get_results_url()
    every, parks = text_of(amina, "/ostberga/sa-gick-det/"), text_of(amina, results)

    assert results == "/ostberga/sa-gick-det/urval/dialog-parken/"
    assert f'href="{results}"' in text_of(amina, park.issue.get_absolute_url())
    for said in ("Byt lampor", "Byt lampor enligt listan"):
        assert (said in every, said in parks) == (True, False)
    for said in ("Hundrastgård", "Hundrastgård enligt listan"):
        assert (said in every, said in parks) == (True, True)
    assert len(listed_rows.issues_with_rows(park.dialogue.collaboration, "parken")) == 1


def test_one_who_follows_sees_which_dialogue_an_issue_is_of(park, lamps, amina):
    every = text_of(amina, "/folj/")
    chosen = text_of(amina, f"/folj/?fraga={park.issue.slug}&samverkan=ostberga")
    title = lamps.dialogue.title["sv"]

    assert every.index(f">{title}</p>") < every.index("Lamporna") < every.index(">Parken</p>") < every.index("Hundarna")
    assert f'<a href="{park.issue.get_absolute_url()}">Till frågan: <span>Hundarna</span></a>' in chosen
    assert every.count("<h1") == 1
    assert "Följ en fråga med e-post</h2>" not in every


def test_dialogues_stand_in_one_order(park, talk, ake, amina, browse):
    staff = browse(ake).get(reverse("coordinate:dialogues", args=["ostberga"])).context["running"]
    names = [f">{dialogue.title['sv']}<" for dialogue in staff]
    for path in ("/", "/ostberga/", "/ostberga/fragor/"):
        page = text_of(amina, path)
        assert [*map(page.index, names)] == sorted(map(page.index, names)), path


def test_arabic_lines_have_arabic_commas(lamps, ake, trafikkontoret, amina):
    listed.decision(lamps, ake, trafikkontoret, instance="Trafiknämnden", paragraph="14")
    page = text_of(amina, f"/ar{lamps.get_absolute_url()}")
    line = page[page.index("تمت الموافقة") :].split("</p>")[0]

    assert (line.count("، "), ", " in line) == (3, False)


def test_what_is_only_in_swedish_is_marked_and_said(park, amina):
    note = "Parts of this page are only in Swedish."
    front, dialogue = (text_of(amina, path) for path in ("/en/", f"/en{OWN}"))

    assert '<p class="question" lang="sv" dir="ltr">Hur ska parken bli?</p>' in front
    assert note in dialogue
    assert note not in text_of(amina, OWN)
