"""Bodies outside the collaboration: names that were gathered, letters with a day for the answer, and what came of it.

Nobody here can decide for them. What they do not answer is told as silence, with how long.
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
from dialogue.models import Decision, DialogueEvent, Issue, OutsideQuestion, Petition, round_on
from dialogue.models.dialogue import Texts
from ostberga.lib.refusal import Refusal

Kind = DialogueEvent.Kind
OutsideEnquiry = Petition | OutsideQuestion


@dataclass(frozen=True)
class SignatureCount:
    """How many have signed, how sure that is and who says so. Never who they are."""

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
    """Names that people gathered about an issue, and to whom they gave them."""
    _check(issue, addressee, subject)
    if not names.source.strip():
        raise Refusal("Skriv varifrån uppgiften kommer.", code="source")
    if reply_due and reply_due < sent_on:
        raise Refusal("Svaret kan inte väntas innan namnen lämnades.", code="due_before_sent")
    how_many = {"names": names.number, "certainty": names.certainty, "source": names.source.strip()}
    when = {"sent_on": sent_on, "reply_due": reply_due}
    made = Petition.objects.create(
        addressee=addressee, subject=subject, **how_many, **when, **_written(issue, sent_on, by, at)
    )
    _note(made, Kind.PETITIONED, by, at)
    issue.dialogue.collaboration.bump_public_version()
    return made


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
    """A letter to a body outside. With an address it is sent from here; else it was sent some other way."""
    _check(issue, addressee, subject)
    if not text.strip():
        raise Refusal("Skriv vad brevet säger.", code="text")
    if reply_due < sent_on:
        raise Refusal("Svaret kan inte väntas innan brevet skickas.", code="due_before_sent")
    words = {"subject": subject, "text": text.strip(), "sent_on": sent_on, "reply_due": reply_due}
    made = OutsideQuestion.objects.create(
        addressee=addressee, decision=decision, **words, **_written(issue, sent_on, by, at)
    )
    if email and timezone.localdate() - sent_on <= LONG_AGO:
        _send(made, email)
    _note(made, Kind.ASKED_OUT, by, at)
    issue.dialogue.collaboration.bump_public_version()
    return made


@transaction.atomic
def register_reply(*, to: OutsideEnquiry, words: Texts, on: dt.date, by: User, at: dt.datetime | None = None) -> None:
    """What the body answered. Written once: what it says later is a new question's answer."""
    _lock(to)
    if to.replied_on is not None:
        raise Refusal("Svaret är redan inskrivet.", code="already_replied")
    if not words.get("sv", "").strip():
        raise Refusal("Skriv vad de svarade.", code="words")
    if not to.sent_on <= on <= timezone.localdate():
        raise Refusal("Svaret kom efter frågan, och senast i dag.", code="reply_day")
    to.reply, to.replied_on = words, on
    to.save(update_fields=["reply", "replied_on"])
    _note(to, Kind.REPLIED, by, at)
    to.issue.dialogue.collaboration.bump_public_version()


def _written(issue: Issue, day: dt.date, by: User, at: dt.datetime | None) -> dict[str, Any]:
    """What it was about, in which round, and who wrote it in when."""
    there = {"issue": issue, "round": round_on(list(issue.rounds.order_by("number")), day)}
    return {**there, "registered_by": by, "registered_at": at or timezone.now()}


def _check(issue: Issue, addressee: Organisation, subject: Texts) -> None:
    collaboration = issue.dialogue.collaboration
    if not collaboration.addressees.filter(organisation=addressee).exists():
        raise Refusal(
            f"{addressee} står inte bland dem utanför samverkan. Lägg till den bland parterna först.",
            code="not_outside",
        )
    if not subject.get("sv", "").strip():
        raise Refusal("Skriv vad det gäller.", code="subject")


def _lock(asked: OutsideEnquiry) -> None:
    if isinstance(asked, Petition):
        asked.refresh_from_db(from_queryset=Petition.objects.select_for_update())
    else:
        asked.refresh_from_db(from_queryset=OutsideQuestion.objects.select_for_update())


def _note(asked: OutsideEnquiry, kind: str, by: User, at: dt.datetime | None) -> None:
    """In the history of the issue: who wrote what down, and when."""
    what, issue = f"{asked.addressee.short_name}: {asked}"[:200], asked.issue
    issue.events.create(dialogue=issue.dialogue, kind=kind, what=what, by=by, at=at or timezone.now())


def _send(question: OutsideQuestion, email: str) -> None:
    collaboration = question.issue.dialogue.collaboration
    context = {"question": question, "collaboration": collaboration}
    outbox.write(kind="outside-asked", to=email, template="outside_asked", context=context, collaboration=collaboration)


@dataclass(frozen=True)
class UnansweredEnquiry:
    """What has been asked and not answered."""

    asked: OutsideEnquiry
    days: int  # since the answer should have come; 0 when it is not late, or nobody said when

    @property
    def years(self) -> int:
        """Whole years of silence: what people say when the days are many."""
        return self.days // 365

    @property
    def is_petition(self) -> bool:
        """Whether it was names that people gathered."""
        return isinstance(self.asked, Petition)


def unanswered_enquiry(asked: OutsideEnquiry, today: dt.date) -> UnansweredEnquiry | None:
    """How it stands with something that was asked; nothing when it has its answer."""
    if asked.replied_on is not None:
        return None
    return UnansweredEnquiry(asked, max((today - asked.reply_due).days, 0) if asked.reply_due else 0)


def list_unanswered(collaboration: Collaboration, today: dt.date) -> list[UnansweredEnquiry]:
    """All that bodies outside have not answered, those that have been silent longest first. Two queries."""
    return _silences({"issue__dialogue__collaboration": collaboration, "issue__dialogue__is_current": True}, today)


def list_unanswered_about(issue: Issue, today: dt.date) -> list[UnansweredEnquiry]:
    """The same about one issue."""
    return _silences({"issue": issue}, today)


def _silences(there: dict[str, Any], today: dt.date) -> list[UnansweredEnquiry]:
    asked = [
        one
        for kind in (OutsideQuestion, Petition)
        for one in kind._default_manager.filter(**there, replied_on=None).select_related("addressee", "issue")
    ]
    found = [one for one in (unanswered_enquiry(each, today) for each in asked) if one]
    return sorted(found, key=lambda one: (-one.days, one.asked.reply_due or dt.date.max, one.asked.sent_on))


def list_answered(collaboration: Collaboration) -> list[OutsideEnquiry]:
    """What has its answer, the latest first."""
    there = {"issue__dialogue__collaboration": collaboration, "replied_on__isnull": False}
    found: list[OutsideEnquiry] = []
    for kind in (OutsideQuestion, Petition):
        found += kind._default_manager.filter(**there).select_related("addressee", "issue")
    return sorted(found, key=lambda one: one.replied_on or dt.date.min, reverse=True)


def enquiries_in_rounds(rounds: Collection[int]) -> Iterator[OutsideEnquiry]:
    """All that has been asked in these rounds, answered or not. Two queries."""
    for kind in (Petition, OutsideQuestion):
        yield from kind._default_manager.filter(round__in=rounds).select_related("addressee")
