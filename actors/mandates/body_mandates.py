"""What a person sees of mandates: all of the organisations that she answers for, and her own."""

from collections.abc import Sequence
from dataclasses import dataclass

from actors.models import Mandate, Organisation, User


@dataclass(frozen=True)
class MandateRow:
    """A mandate, and what she may do with it."""

    mandate: Mandate
    may_vouch: bool
    may_end: bool


@dataclass(frozen=True)
class BodyMandates:
    """The mandates of an organisation that she answers for, in all collaborations."""

    organisation: Organisation
    rows: tuple[MandateRow, ...]

    @property
    def open_rows(self) -> list[MandateRow]:
        """Those that wait or are in force."""
        return [row for row in self.rows if not row.mandate.is_closed]

    @property
    def closed_rows(self) -> list[MandateRow]:
        """Those that were refused or have ended."""
        return [row for row in self.rows if row.mandate.is_closed]


@dataclass(frozen=True)
class MandateOverview:
    """The organisations that she answers for, and her own mandates elsewhere: waiting, refused or ended."""

    bodies: tuple[BodyMandates, ...]
    own: tuple[Mandate, ...]


def list_body_mandates(user: User) -> MandateOverview:
    """The overview for a person. A constant number of queries."""
    related = (
        "person",
        "organisation",
        "collaboration",
        "proposed_by",
        "confirmed_by",
        "ended_by",
        "registry_change__proposed_by",
    )
    shown = Mandate.objects.of_bodies_answered_for_by(user).select_related(*related)
    vouchable = set(Mandate.objects.vouchable_by(user).values_list("pk", flat=True))
    endable = set(Mandate.objects.endable_by(user).values_list("pk", flat=True))
    rows = [MandateRow(mandate, mandate.pk in vouchable, mandate.pk in endable) for mandate in shown]
    own = user.mandates.select_related(*related).exclude(pk__in=[row.mandate.pk for row in rows])
    return MandateOverview(tuple(_by_body(rows)), tuple(own))


def _by_body(rows: Sequence[MandateRow]) -> list[BodyMandates]:
    """In the order of the rows. Two organisations may have the same name, so their rows may lie among each other."""
    grouped: dict[Organisation, list[MandateRow]] = {}
    for row in rows:
        grouped.setdefault(row.mandate.organisation, []).append(row)
    return [BodyMandates(organisation, tuple(of_it)) for organisation, of_it in grouped.items()]
