"""Letters about a question that went to another body: to the registry that may say no, and to those who are told."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from actors.letters import outbox
from actors.mandates.letters import people_with_a_mandate
from actors.models import BodySuccession, Organisation, SuccessionAnswer
from dialogue.letters.to_officials import coordinators_of
from dialogue.models import Issue, QuestionTransfer

# The kinds of the letters that ask.
QUESTION_ASKED, SUCCESSION_ASKED = "question-arrived", "succession-asked"


def ask_registry(transfer: QuestionTransfer, token: str) -> None:
    """Give the receiver's registry a link that takes the question or sends it back."""
    link = settings.SITE_URL + reverse("transfer-link", args=[token])
    _write(QUESTION_ASKED, "question_arrived", transfer, [transfer.sent_to], {"link": link})


def tell_of_handover(transfer: QuestionTransfer) -> None:
    """Tell the coordinators, and the body's own registry and people, that it handed its question over."""
    _tell(transfer, [transfer.sender])


def tell_of_taking(transfer: QuestionTransfer) -> None:
    """Tell the coordinators, and the body if it stays and handed its question over itself, that it is taken."""
    _tell(transfer, [transfer.sender] if transfer.is_of_body else [])


def tell_of_return(transfer: QuestionTransfer, later: Iterable[Organisation]) -> None:
    """Tell the coordinators, both bodies, and those that got the question `later`, that it went back, and why."""
    _tell(transfer, [*later, transfer.receiver, transfer.sender])


def ask_about_succession(answer: SuccessionAnswer, token: str) -> None:
    """Give one of the two registries a link that says whether it is so."""
    link = settings.SITE_URL + reverse("succession-link", args=[token])
    context = {"answer": answer, "succession": answer.succession, "link": link}
    _send(SUCCESSION_ASKED, "succession_asked", answer.succession, [answer.sent_to], context)


def tell_of_succession(answer: SuccessionAnswer) -> None:
    """Tell the coordinators and the other body what one of the two has said."""
    succession = answer.succession
    others = [other.sent_to for other in succession.answers.all() if other.pk != answer.pk]
    readers = [*others, *(user.email for user in coordinators_of(succession.collaboration))]
    context = {"answer": answer, "succession": succession}
    _send("succession-told", "succession_told", succession, readers, context)


def _tell(transfer: QuestionTransfer, bodies: Iterable[Organisation]) -> None:
    """Tell the registries and people of these bodies, and the coordinators, each with a link that she can open."""
    part = transfer.part
    collaboration = part.decision.dialogue.collaboration
    public = _public_link(transfer)
    links: dict[str, str] = {}
    for body in bodies:
        people = dict.fromkeys(people_with_a_mandate(body, collaboration), public)
        if body == part.organisation:  # of the body that has the question now; the others' page of it is gone
            people = dict.fromkeys(people, settings.SITE_URL + part.get_absolute_url())
        links |= {body.registry_email: public} | people
    coordinators = {user.email for user in coordinators_of(collaboration)}
    page = settings.SITE_URL + reverse("coordinate:decision", args=[collaboration.slug, part.decision_id])
    links |= dict.fromkeys(coordinators, page)
    actors = {transfer.taken_by, transfer.returned_by} if transfer.taken_at or transfer.returned_at else {transfer.by}
    for address in {*links} - {actor.email for actor in actors if actor}:
        more = {"link": links[address], "is_coordinator": address in coordinators}
        _write("question-told", "question_told", transfer, [address], more)


def _public_link(transfer: QuestionTransfer) -> str:
    """The page that everybody may read of the issue; empty when there is none."""
    issues = Issue.objects.public().filter(decisions=transfer.part.decision_id)
    issue = issues.select_related("dialogue__collaboration").order_by("position", "pk").first()
    return settings.SITE_URL + issue.get_absolute_url() if issue else ""


def _write(kind: str, template: str, transfer: QuestionTransfer, to: Iterable[str], more: dict[str, Any]) -> None:
    part = transfer.part
    collaboration = part.decision.dialogue.collaboration
    context = {"transfer": transfer, "part": part, "decision": part.decision, "collaboration": collaboration, **more}
    for address in sorted({*to} - {""}):
        outbox.write(kind=kind, to=address, template=template, context=context, collaboration=collaboration)


def _send(kind: str, template: str, succession: BodySuccession, to: Iterable[str], context: dict[str, Any]) -> None:
    collaboration = succession.collaboration
    for address in sorted({*to} - {""}):
        words = {**context, "collaboration": collaboration}
        outbox.write(kind=kind, to=address, template=template, context=words, collaboration=collaboration)
