"""Enquiries to bodies outside the collaboration, petitions and letters: registering them, their replies and silence.

Nobody here can decide for these bodies. What they do not answer is shown, with how long it has taken.
"""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from actors.letters import outbox
from actors.letters.outbox import LONG_AGO
from actors.models import Collaboration, Organisation, User
from actors.rules.rights import COORDINATE
from dialogue.external import own_words
from dialogue.models import Decision, DialogueEvent, Issue, OutsideQuestion, Petition, round_on
from dialogue.models.dialogue import Texts
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal

OutsideEnquiry = Petition | OutsideQuestion


@dataclass(frozen=True)
class SignatureCount:
    """How many have signed a petition, how certain the number is, and its source. Never who has signed."""

    number: int | None
    certainty: str
    source: str


@transaction.atomic
def register_petition(
    *,
    issue: Issue,
    addressee: Organisation,
    subject: Texts,
    names: SignatureCount,
    sent_on: dt.date,
    by: User,
    reply_due: dt.date | None = None,
    at: dt.datetime | None = None,
) -> Petition:
    """Register a petition about an issue, and the body outside that it was handed to. Raises Refusal."""
    require(by, COORDINATE, issue)
    _refuse_unless_valid(issue, addressee, subject)
    if not names.source.strip():
        raise Refusal("Skriv varifrån uppgiften kommer.", code="source")
    if reply_due and reply_due < sent_on:
        raise Refusal("Svaret kan inte väntas innan namnen lämnades.", code="due_before_sent")
    how_many = {"names": names.number, "certainty": names.certainty, "source": names.source.strip()}
    when = {"sent_on": sent_on, "reply_due": reply_due}
    petition = Petition.objects.create(
        addressee=addressee, subject=subject, **how_many, **when, **_registration(issue, sent_on, by, at)
    )
    _record_event(petition, DialogueEvent.Kind.PETITIONED, by, at)
    issue.dialogue.collaboration.bump_public_version()
    return petition


@transaction.atomic
def send_question(
    *,
    issue: Issue,
    addressee: Organisation,
    subject: Texts,
    text: str,
    sent_on: dt.date,
    reply_due: dt.date,
    by: User,
    decision: Decision | None = None,
    email: str = "",
    at: dt.datetime | None = None,
) -> OutsideQuestion:
    """Register a letter to a body outside. With an address it is also sent from here. Raises Refusal."""
    require(by, COORDINATE, issue)
    _refuse_unless_valid(issue, addressee, subject)
    if not text.strip():
        raise Refusal("Skriv vad brevet säger.", code="text")
    if reply_due < sent_on:
        raise Refusal("Svaret kan inte väntas innan brevet skickas.", code="due_before_sent")
    words = {"subject": subject, "text": text.strip(), "sent_on": sent_on, "reply_due": reply_due}
    question = OutsideQuestion.objects.create(
        addressee=addressee, decision=decision, **words, **_registration(issue, sent_on, by, at)
    )
    if email and timezone.localdate() - sent_on <= LONG_AGO:
        _send(question, email)
    _record_event(question, DialogueEvent.Kind.ASKED_OUT, by, at)
    issue.dialogue.collaboration.bump_public_version()
    return question


@transaction.atomic
def register_reply(*, to: OutsideEnquiry, words: Texts, on: dt.date, by: User, at: dt.datetime | None = None) -> None:
    """Register what the body replied, as the coordinator tells it; its registry, if it has one, gets to see the words.

    With them it gets a link by which it can say something else, that stands beside them (`own_words`). Raises
    Refusal when a reply is registered already, or the words or day are wrong.

    A reply is not changed: what the body says later is the reply to a new question.
    """
    require(by, COORDINATE, to.issue)
    own_words.lock_enquiry(to)
    if to.replied_on is not None:
        raise Refusal("Svaret är redan inskrivet.", code="already_replied")
    if not words.get("sv", "").strip():
        raise Refusal("Skriv vad de svarade.", code="words")
    if not to.sent_on <= on <= timezone.localdate():
        raise Refusal("Svaret kom efter frågan, och senast i dag.", code="reply_day")
    to.reply, to.replied_on = words, on
    to.save(update_fields=["reply", "replied_on"])
    _record_event(to, DialogueEvent.Kind.REPLIED, by, at)
    _tell_of_reply(to)
    to.issue.dialogue.collaboration.bump_public_version()


def _registration(issue: Issue, day: dt.date, by: User, at: dt.datetime | None) -> dict[str, Any]:
    """The fields that petitions and questions share: the issue and its round, and who registered it when."""
    within = round_on(list(issue.rounds.order_by("number")), day)
    return {"issue": issue, "round": within, "registered_by": by, "registered_at": at or timezone.now()}


def _refuse_unless_valid(issue: Issue, addressee: Organisation, subject: Texts) -> None:
    collaboration = issue.dialogue.collaboration
    if not collaboration.addressees.filter(organisation=addressee).exists():
        raise Refusal(
            f"{addressee} står inte bland dem utanför samverkan. Lägg till den bland parterna först.",
            code="not_outside",
        )
    if not subject.get("sv", "").strip():
        raise Refusal("Skriv vad det gäller.", code="subject")


def _record_event(enquiry: OutsideEnquiry, kind: str, by: User, at: dt.datetime | None) -> None:
    """Record in the history of the issue who registered what, and when."""
    what, issue = f"{enquiry.addressee.short_name}: {enquiry}"[:200], enquiry.issue
    issue.events.create(dialogue=issue.dialogue, kind=kind, what=what, by=by, at=at or timezone.now())


def _tell_of_reply(enquiry: OutsideEnquiry) -> None:
    """Show the body what is told as its reply, unless it is of long ago."""
    if enquiry.replied_on is None or not enquiry.addressee.registry_email:
        return
    if timezone.localdate() - enquiry.replied_on <= LONG_AGO:
        own_words.show_to_registry(enquiry)


def _send(question: OutsideQuestion, email: str) -> None:
    collaboration = question.issue.dialogue.collaboration
    context = {"question": question, "collaboration": collaboration}
    outbox.write(kind="outside-asked", to=email, template="outside_asked", context=context, collaboration=collaboration)


@dataclass(frozen=True)
class UnansweredEnquiry:
    """A petition or question that has no reply."""

    enquiry: OutsideEnquiry
    days: int  # since the reply was due; 0 when it is not overdue, or has no due date

    @property
    def years(self) -> int:
        """Whole years since the reply was due."""
        return self.days // 365

    @property
    def is_petition(self) -> bool:
        """Whether it is a petition."""
        return isinstance(self.enquiry, Petition)


def unanswered_enquiry(enquiry: OutsideEnquiry, today: dt.date) -> UnansweredEnquiry | None:
    """Return for how long an enquiry has been without a reply; None when it has one."""
    if enquiry.replied_on is not None:
        return None
    return UnansweredEnquiry(enquiry, max((today - enquiry.reply_due).days, 0) if enquiry.reply_due else 0)


def list_unanswered(collaboration: Collaboration, today: dt.date) -> list[UnansweredEnquiry]:
    """Return all enquiries of the current dialogue that have no reply, the most overdue first. Two queries."""
    return _unanswered({"issue__dialogue__collaboration": collaboration, "issue__dialogue__is_current": True}, today)


def list_unanswered_about(issue: Issue, today: dt.date) -> list[UnansweredEnquiry]:
    """Return the enquiries about an issue that have no reply, the most overdue first. Two queries."""
    return _unanswered({"issue": issue}, today)


def _unanswered(filters: dict[str, Any], today: dt.date) -> list[UnansweredEnquiry]:
    enquiries = [
        enquiry
        for model in (OutsideQuestion, Petition)
        for enquiry in model._default_manager.filter(**filters, replied_on=None).select_related("addressee", "issue")
    ]
    waiting = filter(None, (unanswered_enquiry(enquiry, today) for enquiry in enquiries))
    return sorted(waiting, key=_most_overdue_first)


def _most_overdue_first(waiting: UnansweredEnquiry) -> tuple[int, dt.date, dt.date]:
    return -waiting.days, waiting.enquiry.reply_due or dt.date.max, waiting.enquiry.sent_on


def list_answered(collaboration: Collaboration) -> list[OutsideEnquiry]:
    """Return the enquiries that have a reply, the latest reply first. Two queries."""
    filters = {"issue__dialogue__collaboration": collaboration, "replied_on__isnull": False}
    answered: list[OutsideEnquiry] = []
    for model in (OutsideQuestion, Petition):
        answered += model._default_manager.filter(**filters).select_related("addressee", "issue")
    return sorted(answered, key=lambda enquiry: enquiry.replied_on or dt.date.min, reverse=True)


def enquiries_in_rounds(rounds: Collection[int]) -> Iterator[OutsideEnquiry]:
    """Yield all petitions and questions of these rounds, answered or not. Two queries."""
    for model in (Petition, OutsideQuestion):
        yield from model._default_manager.filter(round__in=rounds).select_related("addressee", "own_words")
