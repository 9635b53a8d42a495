"""Whoever plans a new dialogue reads what was said, promised and done in those before it, and beside it."""

from django.urls import reverse

from dialogue.models import Dialogue
from dialogue.process.earlier_here import list_earlier_here
from tests import factories as make

NEW = reverse("coordinate:dialogue-new", args=["ostberga"])


def test_it_stands_on_the_page_of_a_new_one(park, lamps, ake, trafikkontoret, browse):
    theme = make.theme(park.dialogue.collaboration, "Ljus")
    theme.placements.create(perspective=lamps.perspectives.get())
    decision = make.decision(lamps, ake, trafikkontoret, answer="approved")
    activity = make.activity(lamps, ake, decision, state="running", started_under=decision)
    make.commitment(activity, trafikkontoret, ake, reply="accepted")
    parks, lights = list_earlier_here(park.dialogue.collaboration)
    page = browse(ake).get(NEW).text

    assert (lights.issues, lights.promised, lights.finished, lights.going_on) == (1, 1, 0, 1)
    assert (lights.themes, parks.promised, parks.dialogue) == (("Ljus",), 0, park.dialogue)
    assert "Teman: Ljus" in page
    assert lights.dialogue.get_absolute_url() in page


def test_also_one_of_another_collaboration_in_the_same_area_but_not_a_prepared_one(park, ostberga, ake, browse):
    other = make.collaboration("grannarna", area=ostberga.area)
    make.dialogue(other, title={"sv": "Grannarnas"})
    make.dialogue(other, title={"sv": "Hemlig"}, is_current=False)
    make.dialogue(make.collaboration("annanstans", area="Någon annanstans"), title={"sv": "Avlägsen"})
    page = browse(ake).get(NEW).text

    assert ["Grannarnas" in page, "Hemlig" in page, "Avlägsen" in page] == [True, False, False]


def test_the_themes_of_another_collaboration_are_its_own(lamps, ostberga):
    theme = make.theme(ostberga, "Den otrygga gången")
    theme.placements.create(perspective=lamps.perspectives.get())
    other = make.collaboration("grannarna", area=ostberga.area)
    seen = {row.dialogue.pk: row for row in list_earlier_here(other)}

    assert (seen[lamps.dialogue_id].issues, seen[lamps.dialogue_id].themes) == (1, ())


def test_not_on_the_page_of_one_that_goes_on(park, ake, browse):
    address = reverse("coordinate:dialogue", args=["ostberga", park.dialogue.pk])

    assert "redan frågats här" not in browse(ake).get(address).text


def test_it_costs_the_same_for_more_dialogues(park, ostberga, count_queries):
    few = count_queries(lambda: list_earlier_here(ostberga))
    for ended in ("2019-01-01", "2020-01-01"):
        make.issue(make.dialogue(ostberga, is_current=False, ended_on=ended))

    assert Dialogue.objects.earlier().count() == 2
    assert count_queries(lambda: list_earlier_here(ostberga)) == few
