"""Answers to «Har det blivit bättre?» ("Did it get better?"): they wait, sealed, until a batch writes them.

A batch writes the answers and the marks that their links are used, and then rewrites both tables in random order. So
nothing pairs an answer with its link. When the question closes its links are deleted.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogue.followers.better_questions import hash_token
from dialogue.models import BetterAnswer, BetterInvite, BetterQuestion
from ostberga.lib.refusal import Refusal
from surveys.batching import waiting
from surveys.batching.waiting import Body, Item

KIND = "better"


def find_by_token(token: str) -> BetterQuestion | None:
    """The question behind an unused link, while it may be answered."""
    hashed = hash_token(token)
    unused = BetterInvite.objects.filter(token_hash=hashed, is_used=False)
    invite = unused.select_related("question__activity__issue__dialogue__collaboration").first()
    if invite is None or invite.question.is_closed or _is_waiting(hashed):
        return None
    return invite.question


def answer(*, question: BetterQuestion, token: str, answer: str, words: str = "") -> None:
    """Let an answer wait for the next batch. Raises Refusal when the link was used in the same moment."""
    hashed = hash_token(token)
    with waiting.locked():
        is_unused = BetterInvite.objects.filter(question=question, token_hash=hashed, is_used=False).exists()
        if not is_unused or _is_waiting(hashed):
            raise Refusal(_("Länken är redan använd. Ditt första svar räknas."), code="used")
        waiting.put(KIND, {"question": question.pk, "link": hashed, "answer": answer, "words": words.strip()})


def write(bodies: list[Body]) -> list[Item]:
    """Write the answers, and delete the links of questions that have closed. Nothing is left to wait.

    Called by the batch, which rewrites both tables afterwards.
    """
    asked = set(BetterQuestion.objects.values_list("pk", flat=True))
    BetterAnswer.objects.bulk_create(
        BetterAnswer(question_id=body["question"], answer=body["answer"], words=body["words"])
        for body in bodies
        if body["question"] in asked
    )
    BetterInvite.objects.filter(token_hash__in=[body["link"] for body in bodies]).update(is_used=True)
    over = BetterQuestion.objects.filter(closes_on__lt=timezone.localdate(), invites__isnull=False).distinct()
    for question in over.select_related("activity__issue__dialogue__collaboration"):
        question.invites.all().delete()
        # Not in the batch, which keeps others from what waits: one who has the collaboration may be among them.
        transaction.on_commit(question.activity.dialogue.collaboration.bump_public_version, robust=True)
    return []


def _is_waiting(hashed: str) -> bool:
    return any(body["link"] == hashed for body in waiting.list_bodies(KIND))
