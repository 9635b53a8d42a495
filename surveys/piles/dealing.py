"""Dealing texts to a coder, and taking a pile back."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from actors.models import Collaboration, User
from actors.people.helping import roles as helper_roles
from actors.rules.helping import HelperTask
from actors.rules.rights import COORDINATE
from actors.security_log.recording import Kind, record
from ostberga.lib.authorization import require
from ostberga.lib.locking import take_turns
from ostberga.lib.refusal import Refusal
from surveys.coding.reading_queue import UNREAD, QueueFilter, first_keys
from surveys.models import Attachment, Pile, PiledText, Statement, Wave
from surveys.statements.sources import ANSWER

MOST = 500


@dataclass(frozen=True)
class Deal:
    """Which texts, and how many. `source` limits what is read to answers or to conversations."""

    kind: str
    wave: Wave
    number: int
    source: str = ""


def coders_of(collaboration: Collaboration) -> QuerySet[User]:
    """Return those who can get a pile: coders whose time has not passed."""
    roles = collaboration.helper_roles.not_over().filter(task=HelperTask.CODING)
    able = User.objects.filter(is_active=True, is_staff=False, is_superuser=False)
    return able.filter(pk__in=roles.values("person")).order_by("name", "pk")


@transaction.atomic
def deal(*, coder: User, chosen: Deal, by: User) -> Pile:
    """Deal a coder texts that lie in nobody's pile: the first unread in the queue's order, or statements at random.

    Statements are those of texts that others have gone through. What one person answered stays together, so that it
    may be a few texts more. Raises Refusal if she is no coder, and when nothing is left.
    """
    require(by, COORDINATE, chosen.wave)
    collaboration = chosen.wave.survey.collaboration
    take_turns(collaboration)
    if not coders_of(collaboration).filter(pk=coder.pk).exists():
        raise Refusal(f"{coder} är inte kodare här. Ge uppdraget först, på sidan Personer.", code="not_a_coder")
    texts = _texts_to_read(chosen) if chosen.kind == Pile.Kind.READING else _statements_to_code(chosen, coder)
    if not texts:
        raise Refusal(_nothing_left(chosen), code="nothing_to_deal")
    hers = PiledText.objects.filter(pile__in=collaboration.piles.held().filter(coder=coder), is_out=True)
    has_nothing = not hers.left().exists()
    pile = Pile.objects.create(collaboration=collaboration, coder=coder, kind=chosen.kind, dealt_by=by)
    for text in texts:
        text.pile = pile
    PiledText.objects.bulk_create(texts)
    record(Kind.RIGHT_CHANGED, by=by, on=pile, collaboration=collaboration)
    if has_nothing:  # one letter, however many piles she then gets
        told = f"{by} har gett dig {len(texts)} texter att {pile.get_kind_display()}."
        helper_roles.tell(coder, collaboration, told)
    return pile


@transaction.atomic
def take_back(pile: Pile, *, by: User) -> None:
    """Take a pile from its coder. What she has coded stays coded; the rest can be dealt again."""
    require(by, COORDINATE, pile)
    pile.refresh_from_db(from_queryset=Pile.objects.select_for_update(no_key=True, of=("self",)))
    if pile.taken_back_at is not None:
        raise Refusal("Högen är redan tagen tillbaka.", code="already_taken_back")
    pile.taken_back_at, pile.taken_back_by = timezone.now(), by
    pile.save(update_fields=["taken_back_at", "taken_back_by"])
    pile.texts.update(is_out=False)
    record(Kind.RIGHT_CHANGED, by=by, on=pile, collaboration=pile.collaboration)


def _texts_to_read(chosen: Deal) -> list[PiledText]:
    keys = first_keys(QueueFilter(chosen.wave, UNREAD, chosen.source, is_undealt=True), chosen.number)
    return [PiledText(**{"answer_id" if kind == ANSWER else "interview_id": key}) for kind, key in keys]


def _statements_to_code(chosen: Deal, coder: User) -> list[PiledText]:
    statements = Statement.objects.publishable().filter(wave=chosen.wave)
    gone_through = Q(answer__coded_at__isnull=False) | Q(interview__coded_at__isnull=False)
    again = PiledText.objects.filter(Q(is_out=True) | Q(done_at__isnull=False), statement=OuterRef("pk"))
    others = statements.filter(gone_through, ~Exists(again), ~_touched_by(coder)).order_by("?")
    return [PiledText(statement_id=key) for key in others.values_list("pk", flat=True)[: chosen.number]]


def _touched_by(coder: User) -> Q:
    """Statements that she cut, reviewed or attached, or whose text she has had in a pile: she is no second coder."""
    attached = Attachment.objects.filter(statement=OuterRef("pk")).filter(Q(attached_by=coder) | Q(removed_by=coder))
    read = PiledText.objects.filter(pile__coder=coder)
    answers, interviews = (read.filter(**{f"{column}__isnull": False}) for column in ("answer", "interview"))
    sources = Q(answer__in=answers.values("answer")) | Q(interview__in=interviews.values("interview"))
    return Q(created_by=coder) | Q(reviewed_by=coder) | Q(Exists(attached)) | sources


def _nothing_left(chosen: Deal) -> str:
    if chosen.kind == Pile.Kind.READING:
        return f"Alla texter i {chosen.wave} är lästa eller utdelade."
    return f"I {chosen.wave} finns inga bekräftade utsagor som någon annan har kodat klart och som inte är utdelade."
