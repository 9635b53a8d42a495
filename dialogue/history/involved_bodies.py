"""The bodies that can do something about an issue: those it concerns, those asked, and those that promised."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actors.models import Organisation
from actors.people.memberships import bodies_of
from dialogue.models import Commitment, Decider, Issue, PartDecision, Proposal
from dialogue.rules.decisions import OPEN, DecisionOutcome

LEADS = _("Har lovat att göra något i frågan.")
ASKED = _("Har fått frågan om beslut.")
ANSWERED = _("Har svarat på frågan om beslut.")
DECIDES = _("Måste besluta om ett förslag.")


@dataclass(frozen=True)
class InvolvedBody:
    """A body, and what it can do about the issue: in the words of the coordinator, or what it has to do with it."""

    organisation: Organisation
    why: str = ""
    part: str | Promise = ""


def list_involved(issue: Issue) -> list[InvolvedBody]:
    """The bodies that the coordinator says it concerns, then the others. `concerned` prefetched: one query."""
    concerned = [InvolvedBody(row.organisation, row.why) for row in issue.concerned.all()]
    known = {body.organisation.pk for body in concerned}
    return [*concerned, *(body for body in _others(issue) if body.organisation.pk not in known)]


def _others(issue: Issue) -> list[InvolvedBody]:
    body = OuterRef("pk")
    live = [DecisionOutcome.PENDING, DecisionOutcome.IN_FORCE, DecisionOutcome.REFUSED]
    parts = PartDecision.objects.filter(organisation=body, decision__about__issue=issue, decision__outcome__in=live)
    waited_for = Decider.objects.filter(organisation=body, proposal__in=Proposal.objects.standing().filter(issue=issue))
    promised = Commitment.objects.accepted().filter(organisation=body, activity__issue=issue)
    rows = bodies_of(issue.dialogue.collaboration).annotate(
        leads=Exists(promised),
        asked=Exists(parts.filter(answer__in=OPEN)),
        answered=Exists(parts.exclude(answer__in=OPEN)),
        decides=Exists(waited_for),
    )
    involved = rows.filter(Q(leads=True) | Q(asked=True) | Q(answered=True) | Q(decides=True)).order_by("name")
    return [InvolvedBody(row, part=_part(row.leads, row.asked, row.answered)) for row in involved]


def _part(leads: bool, asked: bool, answered: bool) -> str | Promise:
    if leads:
        return LEADS
    return ASKED if asked else ANSWERED if answered else DECIDES
