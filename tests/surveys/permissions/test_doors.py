"""Only the coordinator may open the coordinator's pages."""

import pytest
from django.urls import reverse

from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses(ake, form, autumn):
    """One address of each page about forms and conversations."""
    talk = make.interview(autumn, ake)
    inside = {"pk": form.pk}
    names = {
        "surveys": {},
        "survey-new": {},
        "interviews": {},
        "interview-new": {},
        "interview": {"pk": talk.pk},
        "interview-slip": {"pk": talk.pk},
        "question": {**inside, "question": form.questions.get().pk},
        "wave": {**inside, "wave": autumn.pk},
        "channel": {**inside, "channel": form.channels.get().pk},
        "channel-qr": {**inside, "channel": form.channels.get().pk},
        "preview": {**inside, "language": "sv"},
    }
    plain = ("survey", "survey-texts", "questions", "question-new", "wave-new", "channel-new", "entry", "import")
    names |= dict.fromkeys((*plain, "import-template", "entry-sheet"), inside)
    return [reverse(f"coordinate:{name}", kwargs={"slug": "ostberga", **more}) for name, more in names.items()]


@pytest.fixture
def acts(form, autumn):
    """One address of each act."""
    inside = {"slug": "ostberga", "pk": form.pk}
    asked = {**inside, "question": form.questions.get().pk}
    of_question = ("question-move", "question-retire", "question-restore")
    of_wave = ("wave-open", "wave-close", "wave-reopen")
    named = [(name, asked) for name in of_question] + [(name, {**inside, "wave": autumn.pk}) for name in of_wave]
    named += [(name, inside) for name in ("survey-archive", "question-background", "entry-undo", "import-store")]
    named.append(("channel-close", {**inside, "channel": form.channels.get().pk}))
    return [reverse(f"coordinate:{name}", kwargs=more) for name, more in named]


def test_the_coordinator_opens_them_all(ake, addresses, browse):
    statuses = {browse(ake).get(address).status_code for address in addresses}

    assert statuses <= {200, 422}


def test_an_official_and_a_stranger_do_not_see_that_they_exist(tova, stranger, addresses, acts, browse):
    for user in (tova, stranger):
        assert {browse(user).get(address).status_code for address in addresses} == {404}
        assert {browse(user).post(address).status_code for address in acts} == {404}


def test_nobody_is_sent_to_sign_in(amina, addresses, acts):
    assert all(amina.get(address).url.startswith("/konto/") for address in addresses)
    assert all(amina.post(address).url.startswith("/konto/") for address in acts)


def test_a_coordinator_of_another_place_can_not_reach_in(form, addresses, acts, browse):
    other = make.collaboration("farsta")
    someone = make.user()
    make.coordinator(other, someone)

    assert {browse(someone).get(address).status_code for address in addresses} == {404}
    assert browse(someone).get(reverse("coordinate:survey", args=["farsta", form.pk])).status_code == 404


def test_acts_are_not_done_by_looking(ake, acts, browse):
    assert {browse(ake).get(address).status_code for address in acts} == {405}
