"""Letters about a question that went to another body: to the registry that may say no, and to those who are told."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from actors.letters import outbox
from actors.mandates.letters import people_with_a_mandate
from actors.models import BodySuccession, Organisation, SuccessionAnswer
from dialogue.letters.to_officials import coordinators_of
from dialogue.models import QuestionTransfer

# The kinds of the letters that ask.
QUESTION_ASKED, SUCCESSION_ASKED = "question-arrived", "succession-asked"


def ask_registry(transfer: QuestionTransfer, token: str) -> None:
    """Give the receiver's registry a link that takes the question or sends it back."""
    link = settings.SITE_URL + reverse("transfer-link", args=[token])
    _write(QUESTION_ASKED, "question_arrived", transfer, [transfer.sent_to], {"link": link})


def tell_of_handover(transfer: QuestionTransfer) -> None:
    """Tell the coordinators, and the body's own registry and people, that it handed its question over."""
    _tell(transfer, _readers_of(transfer.sender, transfer))


def tell_of_taking(transfer: QuestionTransfer) -> None:
    """Tell the coordinators, and the body if it stays and handed its question over itself, that it is taken."""
    _tell(transfer, _readers_of(transfer.sender, transfer) if transfer.is_of_body else [])


def tell_of_return(transfer: QuestionTransfer, later: Iterable[Organisation]) -> None:
    """Tell the coordinators, both bodies, and those that got the question `later`, that it went back, and why."""
    bodies = (transfer.sender, transfer.receiver, *later)
    _tell(transfer, [address for body in bodies for address in _readers_of(body, transfer)])


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


def _readers_of(body: Organisation, transfer: QuestionTransfer) -> list[str]:
    """The body's registry, and its people with a mandate in that collaboration."""
    return [body.registry_email, *people_with_a_mandate(body, transfer.part.decision.dialogue.collaboration)]


def _tell(transfer: QuestionTransfer, readers: Iterable[str]) -> None:
    coordinators = coordinators_of(transfer.part.decision.dialogue.collaboration)
    actors = {transfer.taken_by, transfer.returned_by} if transfer.taken_at or transfer.returned_at else {transfer.by}
    everybody = {*readers, *(user.email for user in coordinators)} - {actor.email for actor in actors if actor}
    _write("question-told", "question_told", transfer, everybody, {})


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
