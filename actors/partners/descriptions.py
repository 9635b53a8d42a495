"""Words about organisations: their own, and a coordinator's, which are shown only in her collaboration."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from actors.letters.flood import refuse_more_names
from actors.mandates import letters
from actors.models import BodyDescription, Collaboration, Mandate, Organisation, User
from actors.models.former.names import rename
from actors.models.history import Kind, record_event
from actors.models.membership import collaborations_that_show
from actors.people.memberships import affiliations_of
from actors.rules.mandates import MandateScope
from actors.rules.rights import PREPARE, SPEAK_FOR
from actors.security_log.recording import Kind as SecurityKind
from actors.security_log.recording import record
from ostberga.lib.authorization import require
from ostberga.lib.locking import take_turns
from ostberga.lib.refusal import Refusal

NAMED_BY = "Den som organisationens registrator har bekräftat för att registrera beslut"


class _AboutBody(Protocol):
    organisation_id: int

    @property
    def organisation(self) -> Organisation: ...


Row = TypeVar("Row", bound=_AboutBody)


@dataclass(frozen=True)
class WordsAboutBody:
    """What a collaboration's pages say about an organisation, and whether its coordinator wrote it."""

    plain_language: Mapping[str, str]
    contact_function: str
    are_coordinators: bool


def with_words(rows: Iterable[Row], collaboration: Collaboration) -> list[tuple[Row, WordsAboutBody]]:
    """Return each row with the words to show about its organisation: its own, or else the coordinator's. One query."""
    listed = list(rows)
    written = collaboration.body_descriptions.filter(organisation__in={row.organisation_id for row in listed})
    of_body = {description.organisation_id: description for description in written}
    return [(row, _words(row.organisation, of_body.get(row.organisation_id))) for row in listed]


def _words(organisation: Organisation, written: BodyDescription | None) -> WordsAboutBody:
    if written is None or organisation.plain_language or organisation.contact_function:
        return WordsAboutBody(organisation.plain_language, organisation.contact_function, are_coordinators=False)
    return WordsAboutBody(written.plain_language, written.contact_function, are_coordinators=True)


@transaction.atomic
def describe_in(
    *,
    collaboration: Collaboration,
    organisation: Organisation,
    by: User,
    plain_language: Mapping[str, str],
    contact_function: str,
) -> BodyDescription:
    """Save the coordinator's words about an organisation. They are shown here only, until it has its own.

    Raises Refusal for everyone who does not coordinate it.
    """
    require(by, PREPARE, collaboration)
    written, _ = BodyDescription.objects.update_or_create(
        collaboration=collaboration,
        organisation=organisation,
        defaults={"plain_language": dict(plain_language), "contact_function": contact_function},
    )
    record_event(collaboration, Kind.PRESENTED, by=by, what=organisation)
    collaboration.bump_public_version()
    return written


@transaction.atomic
def describe_collaboration(*, collaboration: Collaboration, description: Mapping[str, str], by: User) -> None:
    """Save what its public pages say about the collaboration itself, by language.

    Raises Refusal for everyone who neither coordinates nor prepares it.
    """
    require(by, PREPARE, collaboration)
    take_turns(collaboration)
    if collaboration.description == description:
        return
    collaboration.description = dict(description)
    collaboration.save(update_fields=["description"])
    record_event(collaboration, Kind.PRESENTED, by=by, what=collaboration)
    collaboration.bump_public_version()


@transaction.atomic
def write_own_words(
    *,
    organisation: Organisation,
    by: User,
    name: str,
    short_name: str,
    plain_language: Mapping[str, str],
    contact_function: str,
) -> None:
    """Save an organisation's own words, which all collaborations show. Another name is told by letter.

    Raises Refusal unless she speaks for it, and, for another name, unless she `may_change_name`, it is free, and
    she has given few today.
    """
    require(by, SPEAK_FOR, organisation)
    organisation.refresh_from_db(from_queryset=Organisation.objects.select_for_update(no_key=True))
    if (name, short_name) != (organisation.name, organisation.short_name):
        if not may_change_name(by, organisation):
            raise Refusal("Ditt mandat omfattar inte organisationens namn.", who=NAMED_BY, code="not_her_name")
        own = {organisation.name, organisation.short_name}
        if why := name_obstacle(organisation, *{name, short_name} - own):
            raise Refusal(why, code="name_taken")
        refuse_more_names(by, to=organisation)
        record(SecurityKind.NAME_CHANGED, by=by, on=organisation)
    changed = [(a, b) for a, b in ((organisation.name, name), (organisation.short_name, short_name)) if a != b]
    rename(organisation, name=name, short_name=short_name)
    organisation.plain_language, organisation.contact_function = dict(plain_language), contact_function
    organisation.described_at, organisation.described_by = timezone.now(), by
    organisation.save()
    record_where_known(organisation, Kind.PRESENTED, by=by, what=str(organisation))
    for before, now in changed[:1]:
        letters.tell_of_name(organisation, by, before, now)


def may_change_name(user: User, organisation: Organisation) -> bool:
    """Whether its registry has confirmed that she registers what its board decides. An association's name stays."""
    held = Mandate.objects.that_may_vouch().covering(MandateScope.REGISTER)
    return held.filter(person=user, organisation=organisation).exists()


def name_obstacle(organisation: Organisation, *names: str) -> str:
    """Why the organisation cannot have these names, full and short; empty when it can."""
    same_list = Q(created_in=None) | Q(created_in=organisation.created_in_id)
    others = Organisation.objects.filter(same_list).exclude(pk=organisation.pk)
    return others.obstacle_to_names(*names)


def record_where_known(organisation: Organisation, kind: Kind, *, by: User, what: str) -> None:
    """Invalidate the pages of every collaboration that shows the organisation, and log it where she is known by name.

    A collaboration that may not know about a person (see `affiliations_of`) is not told of her by its log.
    """
    for collaboration in collaborations_that_show(organisation):
        if affiliations_of(collaboration).filter(user=by, organisation=organisation).exists():
            record_event(collaboration, kind, by=by, what=what)
        collaboration.bump_public_version()
