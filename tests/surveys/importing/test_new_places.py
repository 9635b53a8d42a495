"""Places that a file has and the form has not: made before the rows are stored, and linked with no import."""

import pytest
from django.urls import reverse

from surveys.importing.columns import remembering
from surveys.importing.places import NEW_SMALL
from surveys.models import AnswerImport, Channel, RememberedChoice
from tests import factories as make
from tests.forms_by_hand import form_to

pytestmark = pytest.mark.django_db

TEXT = "Vad tycker du?\tPlats\nMer ljus\tTrappan"


@pytest.fixture
def browser(browse, ake):
    """Åke's browser, the same throughout."""
    return browse(ake)


@pytest.fixture
def step(browser, form):
    """Send a form as the page has it, with its token: all that it does is one transaction."""
    path, store = (reverse(f"coordinate:{name}", args=["ostberga", form.pk]) for name in ("import", "import-store"))

    def send(page, to=store, **words):
        filled = form_to(page, path, path)
        return browser.post(to, filled.typed(words))

    return lambda page, is_stored=True, **words: send(page, store if is_stored else path, **words)


def ask_in(page):
    (ask,) = page.context["dry_run"].places
    return ask.name


def test_a_new_place_is_made_by_one_request_and_the_rows_are_stored_by_the_next(paste, step):
    judged = paste(TEXT)
    chosen = step(judged, is_stored=False, **{ask_in(judged): NEW_SMALL})
    made = step(chosen)

    assert made.status_code == 409
    assert "De nya platserna är skapade" in made.text
    assert Channel.objects.get(label="Trappan").is_small
    assert not AnswerImport.objects.exists()

    stored = step(made)
    assert stored.status_code == 302
    assert AnswerImport.objects.get().is_blank


def test_the_same_form_sent_twice_makes_its_places_once(paste, step):
    judged = paste(TEXT)
    chosen = step(judged, is_stored=False, **{ask_in(judged): NEW_SMALL})

    assert [step(chosen).status_code for _ in range(2)] == [409, 409]
    assert Channel.objects.filter(label="Trappan").count() == 1


@pytest.mark.parametrize("is_small", [True, False])
def test_which_place_a_name_is_is_remembered_only_when_places_are_stored(form, paste, save, monkeypatch, is_small):
    monkeypatch.setattr("surveys.batching.blank_counts.is_left_blank_by_chance", bool)
    same = make.channel(form, label="Trapphuset", is_small=is_small)
    asked = ask_in(paste(TEXT))
    save(TEXT, **{asked: str(same.pk)})

    assert AnswerImport.objects.get().is_blank is is_small
    assert RememberedChoice.objects.filter(choice=str(same.pk)).exists() is not is_small
    assert remembering.load_remembered(form.collaboration_id) != {}


def test_nor_is_it_when_an_import_of_ordinary_places_is_left_blank(form, paste, save, monkeypatch):
    monkeypatch.setattr("surveys.batching.blank_counts.is_left_blank_by_chance", lambda: True)
    same = make.channel(form, label="Torget")
    save(TEXT, **{ask_in(paste(TEXT)): str(same.pk)})

    assert not RememberedChoice.objects.filter(choice=str(same.pk)).exists()


def test_a_name_that_a_channel_has_no_room_for_is_made_once_and_then_known(form, paste, step):
    judged = paste(f"Vad tycker du?\tPlats\nMer ljus\t{'Trappan upp mot taket ' * 5}")
    made = step(step(judged, is_stored=False, **{ask_in(judged): NEW_SMALL}))

    assert made.context["dry_run"].places == []
    assert step(made).status_code == 302
    assert form.channels.filter(is_small=True).count() == 1


def test_one_place_in_two_spellings_is_asked_about_and_made_once(form, paste, step):
    judged = paste("Vad tycker du?\tPlats\nMer ljus\tTrappan\nFler bänkar\tTRAPPAN.\nLiv\ttrappan")
    made = step(step(judged, is_stored=False, **{ask_in(judged): NEW_SMALL}))
    step(made)

    assert [channel.label for channel in form.channels.filter(is_small=True)] == ["Trappan"]
    assert AnswerImport.objects.get().stored == 3


def test_a_row_without_place_is_not_of_a_place_whose_name_is_only_marks(form, run):
    make.channel(form, label="…")
    (row,) = run("Vad tycker du?\tPlats\nMer ljus\t").rows

    assert row.place.channel.is_web
