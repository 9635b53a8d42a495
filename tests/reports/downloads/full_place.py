"""A district with rows in every table that can be taken out, and words that could do harm in a spreadsheet."""

from django.utils import timezone

from actors.letters import outbox
from actors.models.history import CollaborationEvent
from dialogue.models import Decision, Dialogue, Issue, Meeting, Proposal, PublishedReport, StepChange
from reports.models import Reading, Report, ReportVersion
from surveys.models import Wave
from tests import factories as make
from tests import listed
from tests.house import doors

# What a spreadsheet would run, what XML cannot hold, what breaks lines and separators, and another way of writing.
HARMFUL = '=HYPERLINK("http://x";"klicka")\r\n+1;"citat"\x0b ؟ 🌳'


def build(slug="ostberga"):
    """Return the collaboration and its coordinator."""
    district = doors.build(slug)
    place, by = district.place, district.people["coordinator"]
    talk, issue = Dialogue.objects.get(collaboration=place, is_current=True), Issue.objects.get(title__sv="Lamporna")
    Issue.objects.filter(pk=issue.pk).update(title={"sv": HARMFUL, "en": "-1", "ar": "@نور"})
    _people(place, by)
    _listening(place, by)
    _working(talk, issue, by)
    _reporting(place, talk, by)
    return place, by


def _people(place, by):
    plan = place.plans.create(title="Plan", starts_on=timezone.localdate())
    area = plan.focus_areas.create(name="Ljus")
    area.goals.create(text="Tryggt").indicators.create(text="Andel trygga", direction="up", source="Enkät")
    plan.focus_areas.create(name="Utan mål")
    outbox.post(kind="mandate-asked", to="registrator@example.se", subject=HARMFUL, text="Hej", collaboration=place)
    outbox.post(kind="digest", to="foljare@example.se", subject="Nytt", text="Hej", collaboration=place)
    CollaborationEvent.objects.create(collaboration=place, kind="joined", what="Park", by=by)


def _listening(place, by):
    wave = Wave.objects.get(survey__collaboration=place)
    options = [{"value": "a", "text": {"sv": "Ja"}}, {"value": "b", "text": {"sv": "=Nej"}}]
    choice = make.question(wave.survey, "one_choice", options=options)
    for value in "aaaaaaaab":
        make.answer(wave).response.answers.create(question=choice, choices=[value])
    wave.survey.record_change(by=by)
    perspective = place.perspectives.earliest("pk")
    place.coding_events.create(verb="create", perspective=perspective, by=by)
    place.themes.earliest("pk").placements.create(perspective=perspective)
    make.statement(wave, HARMFUL, by=by)
    Wave.objects.filter(pk=wave.pk).update(closed_at=timezone.now(), large_groups=[])


def _working(talk, issue, by):
    group, meeting = issue.groups.get(), Meeting.objects.get(group__dialogue=talk)
    StepChange.objects.create(round=issue.rounds.get(), move="onward", to_step=2, by=by)
    make.meeting(group, by, approved_on=None).items.create(text=HARMFUL, edited_by=by)
    proposal = Proposal.objects.get(issue=issue, stands_since__isnull=False)
    order = group.orders.create(meeting=meeting, reason="Bråttom", made_by=by)
    order.rows.create(proposal=proposal, position=1)
    Decision.objects.filter(dialogue=talk)[0].events.create(what="requested", by=by)
    talk.activities.all()[0].events.create(text="Lamporna är uppe.", by=by)
    listed.activity(issue, by, talk.collaboration.partnerships.all()[0].organisation)
    group.events.create(kind="formed", by=by)


def _reporting(place, talk, by):
    published = PublishedReport.objects.get(dialogue=talk)
    published.read_by.create(organisation=place.partnerships.all()[0].organisation, by=by)
    place.adjustments.create(what="Kortare möten", why="Trötta", who="Alla", registered_by=by)
    wave = Wave.objects.get(survey__collaboration=place)
    report = Report.objects.create(dialogue=talk, wave=wave, slug="var", title="Vår", created_by=by)
    version = ReportVersion.objects.create(report=report, number=1, requested_by=by)
    reading = Reading.objects.create(
        version=version, label="Läsare", token_hash="x", created_by=by, expires_at=timezone.now()
    )
    reading.comments.create(text="Något saknas.")
