"""The demo, with one more object of each kind that a page can show and the demo lacks."""

import datetime as dt
from dataclasses import dataclass
from io import BytesIO
from uuid import uuid4

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from actors.letters import outbox
from actors.models import Collaboration, JointPlan, Letter, Organisation, User
from actors.people import inviting
from actors.plan import plan_drafts
from dialogue.activities import activity_lifecycle, commitments
from dialogue.followers import better_questions
from dialogue.meetings import held_meetings, minute_items
from dialogue.meetings.minute_items import MinuteInput
from dialogue.models import (
    Activity,
    BetterQuestion,
    Commitment,
    Dialogue,
    Follower,
    Issue,
    Meeting,
    MeetingCall,
    MinuteItem,
    WorkingGroup,
)
from dialogue.pulse import pulses
from dialogue.rules.activities import ENDS, ActivityState, Part
from ostberga.demo import loader
from ostberga.lib.privacy.codes import receipt_code
from reports.composing import new_report
from reports.downloads.ordering import order_file
from reports.models import Reading, ReadingComment, ReportVersion
from reports.publishing.version_requests import request_version
from surveys.collecting.receiving import receipt_hash
from surveys.models import Interview, Statement, Survey, Wave
from tests import factories as make
from tests.browser import authority, listening
from tests.browser.authority import Question, link_in

PASSWORD = "ostberga-demo"
COORDINATOR, OFFICIAL, RESIDENT = (f"{who}@ostberga.example" for who in ("samordnare", "trafik", "boende"))


@dataclass(frozen=True)
class StartPages:
    """Paths that no link leads to, for the crawl to start from."""

    everyone: list[str]
    official: list[str]
    coordinator: list[str]
    rows: str  # the page where spreadsheet rows are pasted
    refused: str  # a report that cannot be rendered, since it has no themes
    code: str  # a receipt code with a long history
    questions: list[Question]  # pages that somebody without an account got a link to


@transaction.atomic
def build() -> StartPages:
    """Load everything and return the pages to start from."""
    loader.load()
    ake = User.objects.get(email=COORDINATOR)
    ostberga = Collaboration.objects.get()
    everyone = [
        _invitation(ostberga, ake),
        *_following(),
        _reading(ake),
        *_earlier(ostberga, ake),
        _asked(ake),
        _photo(ake),
    ]
    everyone += [_pulse(ostberga, ake), _called()]
    _people(ostberga)
    listening.coder(ake)
    rows = reverse("coordinate:import", args=[ostberga.slug, Survey.objects.get().pk])
    workshop = [*_reports(ake), *listening.coding(), *listening.forms(ake), _work(), *_unfinished(ake), *_minutes(ake)]
    return StartPages(
        everyone=[*everyone, _new_password()],
        official=[
            _joining(ostberga, ake),
            *authority.own_words(User.objects.get(email=OFFICIAL)),
            *authority.pages_of_moved_question(ostberga, ake),
        ],
        coordinator=[*workshop, *authority.typed_in(ostberga)],
        rows=rows,
        refused=_empty_report(ake),
        code=_receipt(),
        questions=authority.ask_registries_and_owners(ostberga, ake),
    )


def _invitation(ostberga: Collaboration, ake: User) -> str:
    inviting.invite(collaboration=ostberga, by=ake, email="ny@example.se", name="Ny")
    return link_in(Letter.objects.get(to="ny@example.se"), "valkommen")


def _joining(ostberga: Collaboration, ake: User) -> str:
    """Tova is invited to a second body."""
    body = Organisation.objects.get(slug="kultur")
    inviting.invite(collaboration=ostberga, by=ake, email=OFFICIAL, name="Tova", organisation=body)
    return link_in(Letter.objects.get(to=OFFICIAL, kind="invitation"), "valkommen")


def _asked(ake: User) -> str:
    """Somebody without an account is asked for a commitment."""
    body = make.organisation("Odlarna", kind=Organisation.Kind.ASSOCIATION)
    to = make.registry(body, "odlarna@example.se")
    commitments.ask(activity=_running(), organisation=body, part=Part.PARTNER, what="Vattna.", by=ake, email=to)
    return link_in(Letter.objects.get(to=to), "atagande")


def _pulse(ostberga: Collaboration, ake: User) -> str:
    closes_on = timezone.localdate() + dt.timedelta(days=14)
    pulses.open_pulse(collaboration=ostberga, closes_on=closes_on, by=ake)
    return link_in(Letter.objects.filter(kind="pulse")[0], "puls")


def _photo(ake: User) -> str:
    """A running activity gets news with a picture."""
    out = BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "JPEG")
    running = _running()
    told = activity_lifecycle.add_news(
        activity=running, by=ake, text="Det växer.", picture=out.getvalue(), picture_alt="En odlingslåda."
    )
    return reverse("dialogue:activity-picture", args=[running.dialogue.collaboration.slug, told.pk])


def _work() -> str:
    return reverse("activity-work", args=[_running().pk])


def _running() -> Activity:
    return Activity.objects.public().filter(state=ActivityState.RUNNING).order_by("pk")[0]


def _following() -> list[str]:
    """A follower's page, the unsubscribe link, and the question whether something got better."""
    follower = Follower.at("amina@example.se", language="sv")
    first, second = Issue.objects.public()[:2]
    follower.ask_for([first])
    follower.confirm()
    follower.ask_for([second])
    done = Activity.objects.public().filter(state=ActivityState.DONE).order_by("pk")[0]
    asked = BetterQuestion.objects.create(activity=done, closes_on=timezone.localdate())
    token, invite = better_questions.build_invite(asked)
    invite.save()
    hers = [reverse(name, args=[follower.token]) for name in ("following", "following-stop")]
    return [*hers, reverse("better", args=[token])]


def _called() -> str:
    """Return the link of somebody who is called to a meeting."""
    planned = Meeting.objects.get(begun_at=None)
    asked = MeetingCall.objects.ask(planned, planned.group.seats.all()[0], "amina@example.se")
    return reverse("meeting-reply", args=[asked.token])


def _receipt() -> str:
    """Return the receipt code of an answer behind an activity that has ended."""
    ended = Activity.objects.public().filter(state=ActivityState.DONE, decision__proposal__isnull=False)[0]
    code = receipt_code(settings.RECEIPT_KEY, "Aminas svar 2016")
    said = Statement.objects.publishable().filter(perspectives__proposals__decisions__activities=ended)
    talk = Interview.objects.filter(statements__in=said)[0]
    Interview.objects.filter(pk=talk.pk).update(receipt_hash=receipt_hash(code))
    return code


def _reading(ake: User) -> str:
    version = ReportVersion.objects.filter(state=ReportVersion.State.FINISHED).latest("number")
    made, secret = Reading.invite(version, "Hyresgästerna", ake)
    made.receive("Ni har glömt tvättstugan.")
    return reverse("reading", args=[secret])


def _earlier(ostberga: Collaboration, ake: User) -> list[str]:
    before = make.dialogue(ostberga, is_current=False, ended_on=timezone.localdate())
    issue = make.issue(before, "Bron", slug="bron")
    issue.links.create(perspective=ostberga.perspectives.standing()[0], linked_by=ake)
    # Linked only from issues with more perspectives than the demo has.
    said = [reverse("dialogue:issue-said", args=[ostberga.slug, "belysning-pa-gangstraket", 1]), issue.get_said_url()]
    return [before.get_absolute_url(), before.get_issues_url(), issue.get_absolute_url(), *said]


def _people(ostberga: Collaboration) -> None:
    """A deputy, a plan being written, an official of two bodies, a letter that did not arrive."""
    deputy = User.objects.get(email="kultur@ostberga.example")
    make.coordinator(ostberga, deputy, role="deputy")
    plan_drafts.create_new_version(JointPlan.objects.get(), by=deputy)
    make.official(User.objects.get(email=OFFICIAL), Organisation.objects.get(slug="sisab"))
    failed = outbox.post(kind="other", to="fel@example.se", subject="Hej", text="Hej", collaboration=ostberga)
    Letter.objects.filter(pk=failed.pk).update(state=Letter.State.FAILED)


def _reports(ake: User) -> list[str]:
    """A report that is being composed, whose version failed, and another version that is being made."""
    autumn = Wave.objects.get(number=2)
    report = new_report.create_report(dialogue=_talk(), wave=autumn, title="Hösten", by=ake)
    failed = request_version(report, ake)
    ReportVersion.objects.filter(pk=failed.pk).update(state=ReportVersion.State.FAILED, error="Bilden saknas.")
    working = request_version(report, ake)
    place = "ostberga"
    comment = ReadingComment.objects.filter(handled_at=None).first()
    assert comment
    large = order_file(collaboration=report.dialogue.collaboration, table="allt", format_="zip", by=ake)
    return [
        *(reverse(f"coordinate:take-out-{page}", args=[place, large.pk]) for page in ("state", "fetch")),
        reverse("asked-file") + "?fil=" + reverse("coordinate:take-out-file", args=[place, "svar", "csv"]),
        reverse("coordinate:plan-new", args=[place]),
        reverse("coordinate:reading-comment", args=[place, comment.pk]),
        reverse("coordinate:report-version", args=[place, comment.reading.version.pk]),
        reverse("coordinate:report", args=[place, report.pk]),
        reverse("coordinate:report-theme", args=[place, report.pk, report.chosen_themes.all()[0].pk]),
        *(reverse("coordinate:report-version", args=[place, version.pk]) for version in (failed, working)),
    ]


def _unfinished(ake: User) -> list[str]:
    """A dialogue being prepared, an issue at its last step, and one of each thing that is not finished."""
    talk, place = _talk(), "ostberga"
    issue = make.issue(talk, "Bryggan", slug="bryggan")
    issue.links.create(perspective=talk.collaboration.perspectives.standing()[0], linked_by=ake)
    group = make.group(talk, ake, issue)
    noted = make.meeting(group, ake, approved_on=None)
    draft = make.proposal(issue, ake, meeting=noted, stands_since=None, agreed_at=None, dissent="")
    asked = make.decision(issue, ake, Organisation.objects.get(slug="sisab"))
    planned = make.activity(issue, ake, asked)
    make.commitment(planned, Organisation.objects.get(slug="sisab"), ake, reply="countered", answer="Ja, men i maj.")
    last = make.issue(talk, "Grillplatsen", slug="grillplatsen", step=5)
    prepared = make.dialogue(talk.collaboration, is_current=False, can_influence={})
    pages = {"meeting": noted, "proposal": draft, "decision": asked, "activity": planned, "group": group}
    return [
        *(reverse(f"coordinate:{name}", args=[place, shown_object.pk]) for name, shown_object in pages.items()),
        reverse("coordinate:proposal-new", args=[place]) + f"?fraga={issue.pk}",
        reverse("coordinate:activity-new", args=[place]) + f"?fraga={issue.pk}",
        reverse("coordinate:issue-close", args=[place, last.pk]),
        reverse("coordinate:dialogue-make-current", args=[place, prepared.pk]),
    ]


def _minutes(ake: User) -> list[str]:
    """Minutes that are being written, with two texts side by side, and others that wait for their approval."""
    group = WorkingGroup.objects.filter(ended_on=None)[0]
    issues, today = group.issues.all(), timezone.localdate()
    opened = Meeting.objects.create(group=group, on=today, registered_by=ake, begun_at=timezone.now())
    opened.agenda.create(text="Lamporna", added_by=ake)
    key, kinds = uuid4(), MinuteItem.Kind
    for version, text in enumerate(["Det är mörkt.", "Det är mörkt i parken.", "Ring 070-174 06 05."]):
        minute_items.save_line(
            meeting=opened, key=key, base=min(version, 1), line=MinuteInput(text, kinds.PROMISE), by=ake
        )
    seats = list(group.seats.all().on(today)[:2])
    waiting = held_meetings.record_held_meeting(
        group=group, on=today, issues=issues, present=seats, adjusters=seats, notes="Vi gick stråket.", by=ake
    )
    promise = MinuteItem.objects.open_promises().filter(meeting__approved_on__isnull=False)[:1]
    meetings = [reverse("my-meeting", args=[meeting.pk]) for meeting in (opened, waiting)]
    return [*meetings, *(reverse("my-promise", args=[item.pk]) for item in promise), *_groups(group)]


def _groups(group: WorkingGroup) -> list[str]:
    """Pages of a group that are linked only in some states: a planned meeting, an order, a day."""
    planned, locked = Meeting.objects.get(begun_at=None), Meeting.objects.approved()[0]
    place, promised = group.dialogue.collaboration.slug, Commitment.objects.accepted().exclude(activity__state__in=ENDS)
    return [
        *(reverse(name, args=[planned.pk]) for name in ("meeting-call", "meeting-move", "meeting-cancel")),
        reverse("my-minutes-pdf", args=[locked.pk]),
        reverse("my-group-order", args=[group.pk]),
        reverse("coordinate:group-order", args=[place, group.pk]),
        reverse("coordinate:commitment-left", args=[place, promised[0].pk]),
        reverse("dialogue:group-on", args=[place, group.pk, f"{timezone.localdate():%Y-%m-%d}"]),
    ]


def _empty_report(ake: User) -> str:
    report = new_report.create_report(dialogue=_talk(), wave=Wave.objects.get(number=2), title="Tom", by=ake)
    report.chosen_themes.all().delete()
    return reverse("coordinate:report", args=["ostberga", report.pk])


def _talk() -> Dialogue:
    return Dialogue.objects.get(is_current=True)


def _new_password() -> str:
    """Return the link of a password reset."""
    user = User.objects.get(email=RESIDENT)
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])
