"""The coordinator's proposals: write, rewrite, agree with dissent, withdraw, and who may open the pages."""

from typing import Any

import pytest
from django.urls import reverse

from dialogue.models import Proposal
from surveys.models import Polarity
from tests import factories as make

DRAFT: dict[str, Any] = {"stands_since": None, "agreed_at": None, "dissent": ""}


@pytest.fixture
def at_work(ake, browse):
    return browse(ake)


@pytest.fixture
def group(ready, ake):
    return make.group(ready.dialogue, ake, ready)


@pytest.fixture
def sleepers(ready, ake):
    """A perspective opposed to the one that the issue already rests on."""
    perspective = make.perspective(ready.dialogue.collaboration, ake, "Vi som vill sova")
    opposite = ready.perspectives.get()
    ready.links.create(perspective=perspective, linked_by=ake)
    Polarity.objects.create(one=opposite, other=perspective)
    return perspective


@pytest.fixture
def draft(ready, group, ake):
    proposal = make.proposal(ready, ake, meeting=make.meeting(group, ake), **DRAFT)
    proposal.sides.create(perspective=ready.perspectives.first(), side="answers")
    return proposal


def url(name, *args):
    return reverse(f"coordinate:{name}", args=["ostberga", *args])


def words(issue, group, **more):
    answered = {f"perspektiv_{issue.perspectives.order_by('pk').first().pk}": "answers"}
    typed = {"title_sv": "Fler lampor", "what_sv": "Sätt upp 22.", "cost": "medium", "effect": "short"}
    return typed | {"by_group": group.pk} | answered | more


def test_a_draft_says_both_whom_it_answers_and_whom_it_goes_against(ready, group, sleepers, at_work):
    trafikkontoret = ready.bodies.get()
    typed = {f"perspektiv_{sleepers.pk}": "against", f"beslutar_{trafikkontoret.pk}": "delegation"}
    page = at_work.post(url("proposal-new") + f"?fraga={ready.pk}", words(ready, group, **typed), follow=True)
    proposal = Proposal.objects.get()

    assert sorted(proposal.sides.values_list("side", flat=True)) == ["against", "answers"]
    assert proposal.deciders.get().form == "delegation"
    assert "Vi som vill sova" in page.text


def test_opposites_stand_together(ready, group, sleepers, at_work):
    form = at_work.get(url("proposal-new") + f"?fraga={ready.pk}").context["form"]

    assert [len(beside) for beside in form.sides] == [2]


def test_a_body_is_only_offered_the_forms_it_can_decide_in(ready, group, polisen, at_work):
    form = at_work.get(url("proposal-new") + f"?fraga={ready.pk}").context["form"]
    offered = [value for value, _ in form[f"beslutar_{polisen.pk}"].field.choices]

    assert offered == ["", "authority", "accession"]


def test_a_proposal_that_answers_nobody_is_told_and_kept(ready, group, at_work):
    typed = words(ready, group, title_so="Nalal badan")
    typed[f"perspektiv_{ready.perspectives.get().pk}"] = ""
    page = at_work.post(url("proposal-new") + f"?fraga={ready.pk}", typed)

    assert (page.status_code, "Nalal badan" in page.text) == (422, True)
    assert "Välj minst ett perspektiv som förslaget svarar mot." in page.text


def test_which_issue_is_asked_first(ready, bare, group, at_work):
    page = at_work.get(url("proposal-new") + f"?grupp={group.pk}").text

    assert ("Lamporna" in page, "Soporna" in page) == (True, False)


def test_the_group_stands_behind_it_and_the_no_is_told(draft, at_work):
    meeting = draft.group.meetings.get()
    at_work.post(url("proposal-stand", draft.pk), {"meeting": meeting.pk, "dissent": "En boende: ljuset stör sömnen."})
    page = at_work.get(url("proposal", draft.pk)).text

    assert "En boende: ljuset stör sömnen." in page
    assert url("decision-new") + f"?forslag={draft.pk}" in page


def test_silence_about_dissent_is_not_enough(draft, at_work):
    page = at_work.post(url("proposal-stand", draft.pk), {"meeting": draft.group.meetings.get().pk, "dissent": " "})

    assert page.status_code == 422


def test_without_an_approved_meeting_the_page_says_where_to_go(ready, group, ake, at_work):
    proposal = make.proposal(ready, ake, meeting=make.meeting(group, ake, approved_on=None), **DRAFT)
    page = at_work.get(url("proposal-stand", proposal.pk)).text

    assert "Inget justerat möte har behandlat frågan" in page
    assert url("group", proposal.group_id) in page


def test_what_a_group_stands_behind_is_not_rewritten(ready, ake, group, at_work):
    proposal = make.proposal(ready, ake)
    page = at_work.post(url("proposal-edit", proposal.pk), words(ready, proposal.group, title_sv="Annat"))

    assert (page.status_code, "Det ändras inte mer." in page.text) == (409, True)


def test_a_draft_is_rewritten(draft, ready, at_work):
    at_work.post(url("proposal-edit", draft.pk), words(ready, draft.group, title_sv="Tio lampor till"))
    draft.refresh_from_db()

    assert str(draft) == "Tio lampor till"


def test_taken_back_it_stays_with_its_reason(draft, at_work):
    at_work.post(url("proposal-withdraw", draft.pk), {"reason": "Vi tänkte om."})

    assert "Vi tänkte om." in at_work.get(url("proposal", draft.pk)).text


def test_asked_about_it_is_not_taken_back(ready, ake, trafikkontoret, at_work):
    proposal = make.proposal(ready, ake)
    make.decision(ready, ake, trafikkontoret, proposal=proposal)

    assert at_work.post(url("proposal-withdraw", proposal.pk), {"reason": "Nej"}).status_code == 409


def test_the_list_costs_the_same_for_one_and_three(ready, ake, at_work, count_queries):
    make.proposal(ready, ake)
    queries_for_one = count_queries(lambda: at_work.get(url("proposals")))
    for _ in range(2):
        make.proposal(ready, ake)

    assert count_queries(lambda: at_work.get(url("proposals"))) == queries_for_one


@pytest.mark.parametrize("name", ["proposals", "proposal-new", "proposal", "proposal-edit", "proposal-stand"])
def test_for_everybody_else_it_does_not_exist(draft, elsewhere, stranger, browse, name):
    there = url(name, *([] if name in ("proposals", "proposal-new") else [draft.pk]))

    assert [browser.get(there).status_code for browser in (elsewhere, browse(stranger))] == [404, 404]
