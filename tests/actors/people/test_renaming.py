"""A person changes her name: what she was called is found if she wants it, and stands where it stood."""

from actors.models import SecurityEvent

PAGE = "/konto/namn/"


def test_she_is_called_something_else_and_the_coordinator_finds_her_by_both(tova, ake, browse):
    answer = browse(tova).post(PAGE, {"name": "Siv Ek", "keep_former": "on"}, follow=True)
    tova.refresh_from_db()
    people = browse(ake).get("/samordna/ostberga/personer/").text
    hits = browse(ake).get("/samordna/ostberga/sok/", {"q": "tova"}).text

    assert (tova.name, "Nu heter du Siv Ek här." in answer.text) == ("Siv Ek", True)
    assert "Hette tidigare: Tova<" in people
    assert "Hette tidigare: <mark>Tova</mark>" in hits
    assert SecurityEvent.objects.filter(kind="name_changed", who=tova).count() == 1


def test_she_can_have_her_earlier_names_forgotten(tova, ake, browse):
    browse(tova).post(PAGE, {"name": "Siv Ek", "keep_former": "on"})
    browse(tova).post(PAGE, {"name": "Siv Ek"})

    assert not tova.former_names.exists()
    assert "Hette tidigare" not in browse(ake).get("/samordna/ostberga/personer/").text


def test_residents_never_see_what_she_was_called(tova, browse, amina):
    browse(tova).post(PAGE, {"name": "Siv Ek", "keep_former": "on"})

    assert "Tova" not in amina.get("/ostberga/").text + amina.get("/ostberga/parter/").text


def test_a_name_must_be_there_and_nothing_else_is_changed(tova, browse):
    answer = browse(tova).post(PAGE, {"name": " "})
    tova.refresh_from_db()

    assert (answer.status_code, tova.name) == (422, "Tova")
