"""What stands beside a quote on an issue's page: decided when the wave closes, and never added to."""

import pytest
from django.urls import reverse

from dialogue.models import IssuePerspective
from surveys.models import Attachment
from surveys.rules.roles import Role
from tests import factories as make


@pytest.fixture
def page(talk, ake, autumn, amina):
    """The issue's page as it is now, with what a resident has said in Swedish and another in Somali."""
    issue = make.issue(talk, "Belysning på gångstråket")
    light = make.perspective(talk.collaboration, ake)
    somali = {"language": "so", "translation": "Det är mörkt.", "role": Role.ELECTED}
    for words, more in (("Fler lampor.", {}), ("Waa mugdi.", somali)):
        said = make.statement(autumn, words, by=ake, **more)
        Attachment.objects.create(statement=said, perspective=light, attached_by=ake)
    IssuePerspective.objects.create(issue=issue, perspective=light, linked_by=ake)
    return lambda: amina.get(issue.get_absolute_url()).text


@pytest.fixture
def hear(autumn, ake):
    """Write down a conversation with so many people."""

    def hear(number, role=Role.RESIDENT, language="sv"):
        return make.interview(autumn, ake, language=language).heard.create(role=role, number=number)

    return hear


@pytest.fixture
def close(browse, ake, autumn):
    return lambda: browse(ake).post(reverse("coordinate:wave-close", args=["ostberga", autumn.survey_id, autumn.pk]))


@pytest.fixture
def reopen(browse, ake, autumn):
    address = reverse("coordinate:wave-reopen", args=["ostberga", autumn.survey_id, autumn.pk])
    return lambda: browse(ake).post(address, {"reason": "Fler vill svara."})


def test_a_role_is_named_when_the_wave_has_closed_with_many_enough(page, hear, close):
    hear(6)
    assert "Boende" not in page()
    close()

    assert "Boende" in page()
    assert "Förtroendevald" not in page()


def test_a_language_is_shown_when_the_wave_has_closed_with_many_enough(page, hear, close):
    hear(6, Role.ELECTED, "so")
    while_open = page()
    close()

    assert ("Waa mugdi." in while_open, "Det är mörkt." in while_open) == (False, True)
    assert "Waa mugdi." in page()
    assert "Förtroendevald" in page()


def test_who_is_heard_after_the_closing_adds_no_role_and_no_language(page, hear, close, reopen):
    hear(5)
    close()
    hear(6)
    hear(6, Role.ELECTED, "so")
    after_closing = page()
    reopen()
    close()

    for shown in (after_closing, page()):
        assert [word for word in ("Boende", "Förtroendevald", "Waa mugdi.") if word in shown] == []


def test_a_wave_that_is_opened_again_keeps_what_was_decided(page, hear, close, reopen):
    hear(6)
    close()
    reopen()
    hear(6, Role.ELECTED, "so")

    assert "Boende" in page()
    assert "Waa mugdi." not in page()


def test_a_role_is_gone_when_a_correction_leaves_too_few(page, hear, close):
    heard = hear(6)
    close()
    heard.number = 4
    heard.save()

    assert "Boende" not in page()


def test_the_coordinator_is_told_to_write_everything_down_before_she_closes(browse, ake, autumn, close):
    address = reverse("coordinate:wave", args=["ostberga", autumn.survey_id, autumn.pk])
    told = "Skriv därför in alla samtal och pappersblad först."
    before = browse(ake).get(address).text
    close()

    assert (told in before, told in browse(ake).get(address).text) == (True, False)
