"""Lo is a reader: she sees what Åke sees of the work, except raw text and who people are, and changes nothing."""

import pytest
from django.urls import reverse

from actors.rules.helping import HelperTask
from dialogue.models import Issue
from surveys.models import Attachment, Statement
from surveys.rules.roles import Role
from tests import factories as make


@pytest.fixture
def lo(ostberga, ake, browse):
    """Lo's browser."""
    person = make.user("lo@ostberga.example", name="Lo")
    make.helper(ostberga, person, HelperTask.READING, ake)
    return browse(person)


def to(name, *args):
    return reverse(f"coordinate:{name}", args=["ostberga", *args])


def test_she_sees_an_issue_that_is_not_shown_yet_and_what_it_lacks(lo, bare):
    Issue.objects.update(published_at=None)

    pages = [lo.get(to("issues")).text, lo.get(to("issue", bare.pk)).text]

    assert all("Syns inte än" in page for page in pages)
    assert "Välj perspektiv" not in pages[1]  # what Åke would do about it


def test_she_sees_only_statements_that_are_masked_and_gone_through(lo, ready, spring, ake, browse):
    perspective = ready.perspectives.get()
    waiting = make.statement(spring, "Hon i port 14 larmar jämt.")
    Attachment.objects.create(statement=waiting, perspective=perspective, attached_by=ake)
    paths = [to("statements"), to("perspective", perspective.pk)]

    told = [page.count("Inte granskad än") for page in (browse(ake).get(path).text for path in paths)]
    hers = [lo.get(path).text for path in paths]

    assert (all(told), [page.count("Inte granskad än") for page in hers]) == (True, [0, 0])
    assert all("Mer ljus på gångvägen." in page for page in hers)
    assert lo.get(to("statement", waiting.pk)).status_code == 404


def test_she_does_not_see_whose_words_they_are(lo, ready, spring, ake, browse):
    """The only elected person who was heard would be known by her role, or by asking for it."""
    Statement.objects.update(role=Role.ELECTED)
    said = ready.perspectives.get().resting_statements().earliest("pk")
    paths = [f"{to('statements')}?roll=resident", to("perspective", ready.perspectives.get().pk)]

    assert said.text not in browse(ake).get(paths[0]).text
    hers = [lo.get(path).text for path in paths]
    assert all(said.text in page for page in hers)
    assert not any(str(Role.ELECTED.label) in page.partition(said.text)[2].partition("</article>")[0] for page in hers)


def test_she_sees_seats_and_not_who_has_them(lo, room, tova, ake, browse):
    path = to("group", room.pk)
    room.events.create(kind="approved", by=tova, what="2026-03-01: Boende 2")

    assert "Tova" in browse(ake).get(path).text
    assert ("Boende 2" in lo.get(path).text, "Tova" in lo.get(path).text) == (True, False)


def test_her_menu_has_her_pages_and_the_coordinators_others_are_shut(lo, ready):
    page = lo.get(to("issues")).text
    shut = [
        "home",
        "people",
        "letters",
        "partners",
        "coding",
        "surveys",
        "reports",
        "take-out",
        "public-texts",
        "search",
    ]

    assert all(f'href="{to(name)}"' in page for name in ("issues", "groups", "decisions", "statements", "pace"))
    assert [name for name in shut if to(name) != to("home") and f'href="{to(name)}"' in page] == []
    assert {lo.get(to(name)).status_code for name in shut} == {404}
    assert lo.post(to("issue-publish", ready.pk), {"visa": "nej"}).status_code == 404
