"""An old tab sends what is settled since: the page says so, holds the words, and leads on to the thing."""

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import KeptWords
from actors.sent_forms.typed_texts import labelled_texts
from dialogue.groups import forming, proposing
from ostberga.lib.refusal import SETTLED, Refusal
from ostberga.lib.web.page_above import page_above
from tests.dialogue.groups.positions import NOISE, hers
from tests.forms_by_hand import form_to
from tests.house.files import OUR_APPS, ours


@pytest.fixture
def old_tab(draft, neighbour, ake):
    """What a member sends from a page that she opened before the proposal was taken back."""
    path = hers(draft)
    form = form_to(neighbour.get(path), path)
    proposing.withdraw(proposal=draft, reason="Dubbelt.", by=ake)
    return neighbour.post(path, form.typed({"stance": ["objection"], "reason": [NOISE]}))


def test_it_says_that_it_never_will_be_done_and_why(old_tab, draft):
    assert old_tab.status_code == 409
    assert "Det går inte längre" in old_tab.text
    assert "Förslaget togs tillbaka" in old_tab.text
    assert "«Dubbelt»" in old_tab.text
    assert "Gruppen har redan behandlat" not in old_tab.text
    assert "Gå tillbaka i webbläsaren" not in old_tab.text
    assert f'href="{reverse("my-group", args=[draft.group_id])}"' in old_tab.text


def test_the_words_stand_on_the_page_by_the_name_of_their_field_and_nothing_leads_to_them_in_a_circle(old_tab):
    assert NOISE in old_tab.text
    assert '<label for="kvar-1">Varför?</label>' in old_tab.text
    assert "objection" not in old_tab.text
    assert "kvar=" not in old_tab.text
    assert not KeptWords.objects.exists()


def test_a_coordinators_old_tab_leads_to_the_proposal_under_the_menu(draft, ake, browse):
    path = reverse("coordinate:proposal-edit", args=["ostberga", draft.pk])
    browser = browse(ake)
    form = form_to(browser.get(path), path)
    proposing.withdraw(proposal=draft, reason="Dubbelt.", by=ake)

    # Also when a field lacks something: mending it would not help.
    lacking = browser.post(path, {**form.typed({"title_sv": ["En helt ny rubrik"]}), "what_sv": [""]})
    page = browser.post(path, form.typed({"title_sv": ["En helt ny rubrik"]}))
    assert lacking.status_code == 409

    assert page.status_code == 409
    assert "En helt ny rubrik" in page.text
    assert f'href="{reverse("coordinate:proposal", args=["ostberga", draft.pk])}"' in page.text
    assert page.context["collaboration"].slug == "ostberga"
    assert browser.get(path).headers["Location"] == reverse("coordinate:proposal", args=["ostberga", draft.pk])


def test_every_code_of_what_is_settled_is_in_use():
    sources = "".join(path.read_text() for path in ours(".py", below=OUR_APPS))

    assert [code for code in sorted(SETTLED) if f'code="{code}"' not in sources] == []
    assert (Refusal("Nej.", code="reason").is_final, Refusal("Nej.", code="settled").is_final) == (False, True)


def test_choices_are_no_words_and_fields_of_rows_have_no_name_of_their_own():
    sent = {"plats_3": ["objection"], "skal_3": ["Det bullrar."], "dag": ["2026-11-29"]}

    assert [(typed.label, typed.text) for typed in labelled_texts(sent, sent)] == [("Det du skrev", "Det bullrar.")]


@pytest.mark.parametrize(
    ("path", "above"),
    [
        ("/samordna/ostberga/forslag/14/andra/", "/samordna/ostberga/forslag/14/"),
        ("/mitt/forslag/15/stallning/", "/mitt/"),
        ("/mitt/", ""),
    ],
)
def test_the_page_above_is_the_nearest_that_there_is(path, above):
    assert page_above(path) == above


def test_a_group_that_has_ended_is_not_edited_from_an_old_tab(group, ake, browse):
    path, browser = reverse("coordinate:group-edit", args=["ostberga", group.pk]), browse(ake)
    form = form_to(browser.get(path), path)
    forming.end_group(group=group, on=timezone.localdate(), by=ake)

    page = browser.post(path, form.typed({"name": ["Helt nytt namn"]}))
    group.refresh_from_db()

    assert (page.status_code, group.name == "Helt nytt namn") == (422, False)
    assert "Nu: gruppen är avslutad." in page.text
    assert "Helt nytt namn" in page.text
