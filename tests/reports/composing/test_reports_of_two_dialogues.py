"""A report of one dialogue of two: its wave, its question, its background, and nothing that the other has heard."""

import pytest
from django.urls import reverse
from django.utils import timezone

from ostberga.lib.refusal import Refusal
from reports.composing import new_report
from reports.findings.gathering import gather_findings
from reports.models import Report
from surveys.models import GuidingQuestion
from tests import factories as make
from tests.reports.conftest import say

WORKSHOP = reverse("coordinate:reports", args=["ostberga"])


@pytest.fixture
def park(story, ostberga, ake):
    """A second dialogue, whose form has heard something under the same perspective."""
    question = GuidingQuestion.objects.create(collaboration=ostberga, text={"sv": "Hur ska parken bli?"})
    park = make.dialogue(ostberga, guiding_question=question, is_current=False, slug="parken", purpose={"sv": "Bygge."})
    survey = make.survey(ostberga, title={"sv": "Om parken"})
    type(survey).objects.filter(pk=survey.pk).update(guiding_question=question)
    park.surveys.add(survey)
    park.make_current(by=ake)
    say(make.wave(survey, title="Parkens höst"), ake, "Hundrastgården luktar.", story.lamps)
    return park


def waves_offered(page):
    return [str(wave) for wave in page.context["form"].fields["wave"].queryset]


def test_the_dialogue_is_chosen_first_and_then_only_its_waves_are_offered(park, story, ake, browse):
    asked, chosen = browse(ake).get(WORKSHOP), browse(ake).get(f"{WORKSHOP}?dialog=parken")

    assert asked.context["form"] is None
    assert 'href="?dialog=parken"' in asked.text
    assert waves_offered(chosen) == [str(park.surveys.get().waves.get())]


def test_a_report_prints_the_question_and_background_of_its_own_dialogue(park, ake, browse):
    wave = park.surveys.get().waves.get()
    browse(ake).post(f"{WORKSHOP}?dialog=parken", {"title": "Om parken", "wave": wave.pk})
    report = Report.objects.get(slug="om-parken")
    findings = gather_findings(report, number=1, on=timezone.localdate())

    assert (findings.guiding_question, findings.background) == ("Hur ska parken bli?", "Bygge.")
    perspectives = [perspective for theme in findings.themes for perspective in theme.perspectives]
    said = [quote.text for perspective in perspectives for quote in perspective.quotes]
    assert said == ["Hundrastgården luktar."]


def test_the_other_report_has_nothing_of_the_park(park, story):
    findings = gather_findings(Report.objects.get(pk=story.report.pk), number=1, on=timezone.localdate())

    assert "Hundrastgården" not in str(findings)
    assert findings.guiding_question == "Vad ger trivsel och trygghet?"


def test_a_form_that_asks_another_question_has_its_own_on_the_cover(story, ake):
    survey = story.wave.survey
    survey.guiding_question = GuidingQuestion.objects.create(
        collaboration=survey.collaboration, text={"sv": "Vad är bäst?"}
    )
    survey.save()
    findings = gather_findings(Report.objects.get(pk=story.report.pk), number=1, on=timezone.localdate())

    assert findings.guiding_question == "Vad är bäst?"


def test_a_wave_of_the_other_dialogue_is_refused(park, story, ake):
    with pytest.raises(Refusal, match="en annan dialog"):
        new_report.create_report(dialogue=park, wave=story.wave, title="Fel", by=ake)


def test_a_form_that_belongs_to_no_dialogue_is_told_of_on_the_page(story, ostberga, ake, browse):
    make.wave(make.survey(ostberga, title={"sv": "Vilse"}))
    page = browse(ake).get(WORKSHOP).text

    assert "«Vilse»" in page
    assert "hör inte till någon dialog" in page
