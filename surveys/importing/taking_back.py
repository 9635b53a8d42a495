"""Taking back an import: its responses are deleted as far as nothing has been built on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, QuerySet, When
from django.utils import timezone

from actors.models import User
from actors.rules.rights import COORDINATE
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal
from surveys.batching import blank_counts
from surveys.models import Answer, AnswerImport, Attachment, Channel, Response, Statement, Survey, Wave

Places = Mapping[tuple[Wave, Channel], int]


@dataclass(frozen=True)
class TakeBack:
    """What taking back would do: how many responses go, and how many stay and why."""

    removable: int
    read: int  # stay: gone through, without statements
    cut: int  # stay: statements have been made of them
    statements: int
    confirmed: int  # of the statements: may be quoted, and may be in a report
    attached: int  # of the statements: support a perspective

    @property
    def kept(self) -> int:
        """How many responses stay."""
        return self.read + self.cut


def places_of(answer_import: AnswerImport) -> list[tuple[Wave, Channel]]:
    """Return the waves of its responses with each channel of the form, where they may have come from. Two queries."""
    waves = Wave.objects.filter(responses__imported_in=answer_import).distinct()
    channels = list(Channel.objects.filter(survey=answer_import.survey_id))
    return [(wave, channel) for wave in waves for channel in channels]


def foresee(answer_import: AnswerImport) -> TakeBack:
    """Return what taking the import back would do now."""
    responses = answer_import.responses.all()
    cut = responses.filter(_has_statements()).count()
    statements = Statement.objects.filter(answer__response__imported_in=answer_import)
    return TakeBack(
        removable=_removable(responses).count(),
        read=responses.filter(~_has_statements(), _has_been_read()).count(),
        cut=cut,
        statements=statements.count(),
        confirmed=statements.publishable().count(),
        attached=statements.filter(Exists(Attachment.objects.current().filter(statement=OuterRef("pk")))).count(),
    )


@transaction.atomic
def take_back(*, answer_import: AnswerImport, by: User, places: Places | None = None) -> TakeBack:
    """Delete the responses of the import that have not been coded; again later, when coding has been undone.

    Its places stay, since nothing says which of them it made. `places` says how many of the deleted came from each
    place, for an import without channels: nothing else knows it.
    Raises Refusal when nothing is left of it, or when all that is left has been coded.
    """
    require(by, COORDINATE, answer_import.survey)
    survey = Survey.objects.select_for_update(no_key=True, of=["self"]).get(pk=answer_import.survey_id)
    answer_import = AnswerImport.objects.select_for_update(no_key=True, of=["self"]).get(pk=answer_import.pk)
    _lock_answers(answer_import)
    facts = foresee(answer_import)
    if not facts.removable:
        _refuse(facts)
    _refuse_too_many(places or {}, facts.removable)
    _removable(answer_import.responses.all()).delete()
    answer_import.taken_back_at, answer_import.taken_back_by, answer_import.kept = timezone.now(), by, facts.kept
    answer_import.save(update_fields=["taken_back_at", "taken_back_by", "kept"])
    survey.events.create(kind="taken_back", by=by, what=_in_words(facts))
    for (wave, channel), number in (places or {}).items():  # last, since it keeps everybody else from what waits
        blank_counts.count_blank(channel, wave, -number)
    return facts


def standing_statements(answer_import: AnswerImport) -> QuerySet[Statement]:
    """Return the statements that keep responses of the import from being deleted, those that may be quoted first."""
    standing = Statement.objects.filter(answer__response__imported_in=answer_import)
    return standing.order_by(Case(When(state=Statement.State.CONFIRMED, then=0), default=1), "created_on", "pk")


def _refuse(facts: TakeBack) -> NoReturn:
    if not facts.kept:
        raise Refusal("Importen är redan tillbakatagen.", code="already_taken_back")
    raise Refusal("Alla svar i importen har kodats. Lägg deras utsagor åt sidan en och en.", code="already_coded")


def _lock_answers(answer_import: AnswerImport) -> None:
    """Lock the answers, as coding does, so that none is coded meanwhile."""
    list(
        Answer.objects.filter(response__imported_in=answer_import)
        .order_by("pk")
        .select_for_update(no_key=True, of=["self"])
        .values_list("pk")
    )


def _removable(responses: QuerySet[Response]) -> QuerySet[Response]:
    return responses.filter(~_has_statements(), ~_has_been_read())


def _has_statements() -> Exists:
    return Exists(Statement.objects.filter(answer__response=OuterRef("pk")))


def _has_been_read() -> Exists:
    return Exists(Answer.objects.filter(response=OuterRef("pk"), coded_at__isnull=False))


def _refuse_too_many(places: Places, removed: int) -> None:
    if sum(places.values()) > removed:
        raise Refusal(f"Platserna är fler än de {removed} svar som tas bort. Räkna om dem.", code="too_many_places")


def _in_words(facts: TakeBack) -> str:
    return f"{facts.removable} svar togs bort, {facts.kept} står kvar" if facts.kept else f"{facts.removable} svar"
