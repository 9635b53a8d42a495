"""My desk: what somebody who signs in has to do with, whatever places she has."""

from dataclasses import dataclass

from actors.models import Affiliation, Collaboration, Partnership, User
from dialogue.models import ConcernedBody, Issue, PublishedReport
from surveys.reading import unread


@dataclass(frozen=True)
class Coordinated:
    """A collaboration that she runs."""

    collaboration: Collaboration
    unread: int


@dataclass(frozen=True)
class Body:
    """A body she belongs to, with its places in collaborations and the issues that concern it."""

    affiliation: Affiliation
    partnerships: tuple[Partnership, ...]
    concerned: tuple[ConcernedBody, ...]


@dataclass(frozen=True)
class Desk:
    """All that lies on it."""

    coordinated: tuple[Coordinated, ...]
    bodies: tuple[Body, ...]
    reports: tuple[PublishedReport, ...]

    @property
    def is_empty(self) -> bool:
        """She has no place anywhere yet."""
        return not self.coordinated and not self.bodies


def of(user: User) -> Desk:
    """The desk of a user. The number of queries does not depend on how many places she has."""
    mine = list(Collaboration.objects.coordinated_by(user).order_by("name"))
    waiting = unread(mine)
    bodies = tuple(_bodies(user))
    theirs = {one.collaboration_id for body in bodies for one in body.partnerships}
    reports = PublishedReport.objects.standing().filter(
        dialogue__collaboration__in={*theirs, *(one.pk for one in mine)}
    )
    return Desk(
        coordinated=tuple(Coordinated(one, waiting[one.pk]) for one in mine),
        bodies=bodies,
        reports=tuple(reports.select_related("dialogue__collaboration")),
    )


def _bodies(user: User) -> list[Body]:
    places = list(user.affiliations.current().select_related("organisation").order_by("organisation__name"))
    there = [one.organisation_id for one in places]
    partnerships = list(
        Partnership.objects.current().filter(organisation__in=there).select_related("collaboration", "organisation")
    )
    concerned = list(
        ConcernedBody.objects.filter(
            organisation__in=there, issue__in=Issue.objects.public(), issue__dialogue__is_current=True
        )
        .select_related("issue__dialogue__collaboration")
        .order_by("issue__position", "issue")
    )
    return [
        Body(
            one,
            tuple(each for each in partnerships if each.organisation_id == one.organisation_id),
            tuple(each for each in concerned if each.organisation_id == one.organisation_id),
        )
        for one in places
    ]
