"""Bodies outside the collaboration: names that were gathered, letters with a day for the answer, and what came of it.

Nobody here can decide for them. What they do not answer is told as silence, with how long.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from actors import letters
from actors.models import Collaboration, Organisation, User
from dialogue.models import Decision, Issue, OutsideQuestion, Petition, Round
from dialogue.models.dialogue import Texts
from ostberga.lib.refusal import Refusal

Asked = Petition | OutsideQuestion
LONG_AGO = dt.timedelta(days=60)


@dataclass(frozen=True)
class Names:
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
    names: Names,
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
    made = Petition.objects.create(
        issue=issue,
        round=_round_on(issue, sent_on),
        addressee=addressee,
        subject=subject,
        names=names.number,
        certainty=names.certainty,
        source=names.source.strip(),
        sent_on=sent_on,
        reply_due=reply_due,
        registered_by=by,
        registered_at=at or timezone.now(),
    )
    issue.dialogue.collaboration.bump_public_version()
    return made


@transaction.atomic
def ask(
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
    made = OutsideQuestion.objects.create(
        issue=issue,
        round=_round_on(issue, sent_on),
        addressee=addressee,
        decision=decision,
        subject=subject,
        text=text.strip(),
        sent_on=sent_on,
        reply_due=reply_due,
        registered_by=by,
        registered_at=at or timezone.now(),
    )
    if email and timezone.localdate() - sent_on <= LONG_AGO:
        _send(made, email)
    issue.dialogue.collaboration.bump_public_version()
    return made


@transaction.atomic
def reply(*, to: Asked, words: Texts, on: dt.date) -> None:
    """What the body answered. Written once: what it says later is a new question's answer."""
    to.refresh_from_db(from_queryset=type(to)._default_manager.select_for_update())
    if to.replied_on is not None:
        raise Refusal("Svaret är redan inskrivet.", code="already_replied")
    if not words.get("sv", "").strip():
        raise Refusal("Skriv vad de svarade.", code="words")
    if not to.sent_on <= on <= timezone.localdate():
        raise Refusal("Svaret kom efter frågan, och senast i dag.", code="reply_day")
    to.reply, to.replied_on = words, on
    to.save(update_fields=["reply", "replied_on"])
    to.issue.dialogue.collaboration.bump_public_version()


def _check(issue: Issue, addressee: Organisation, subject: Texts) -> None:
    collaboration = issue.dialogue.collaboration
    if not collaboration.addressees.filter(organisation=addressee).exists():
        raise Refusal(
            f"{addressee} står inte bland dem utanför samverkan. Lägg till den bland parterna först.", code="not_outside"
        )
    if not subject.get("sv", "").strip():
        raise Refusal("Skriv vad det gäller.", code="subject")


def _round_on(issue: Issue, day: dt.date) -> Round:
    """The pass that the issue was in that day; the first, for what happened before it was taken up here."""
    rounds = list(issue.rounds.order_by("number"))
    begun = [one for one in rounds if one.started_on <= day]
    return (begun or rounds[:1])[-1]


def _send(question: OutsideQuestion, email: str) -> None:
    collaboration = question.issue.dialogue.collaboration
    context = {"question": question, "collaboration": collaboration}
    letters.write(
        kind="outside-asked", to=email, template="outside_asked", context=context, collaboration=collaboration
    )


@dataclass(frozen=True)
class Silence:
    """What has been asked and not answered."""

    asked: Asked
    due: dt.date | None
    days: int  # since the answer should have come; 0 when it is not late

    @property
    def is_silent(self) -> bool:
        """Whether the day for the answer has passed."""
        return self.days > 0


def unanswered(asked: "QuerySet[Petition] | QuerySet[OutsideQuestion]", today: dt.date) -> Iterator[Silence]:
    """Each that has no answer."""
    for one in asked.filter(replied_on__isnull=True).select_related("addressee", "issue"):
        late = (today - one.reply_due).days if one.reply_due else 0
        yield Silence(one, one.reply_due, max(late, 0))


def waiting(collaboration: Collaboration, today: dt.date) -> list[Silence]:
    """All that bodies outside have not answered, those that have been silent longest first. Two queries."""
    there = {"issue__dialogue__collaboration": collaboration, "issue__dialogue__is_current": True}
    found = [
        *unanswered(OutsideQuestion.objects.filter(**there), today),
        *unanswered(Petition.objects.filter(**there), today),
    ]
    return sorted(found, key=lambda one: (-one.days, one.due or dt.date.max, one.asked.sent_on))
