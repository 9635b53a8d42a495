"""Load registry addresses and mandates: proposed by the coordinator, confirmed by each body's registry."""

import datetime as dt
import re

from actors.mandates import confirming, proposing, registry_addresses
from actors.models import Affiliation, CollaborationEvent, Letter, Mandate, Organisation, RegistryEntry
from actors.models.history import Kind
from actors.models.membership import collaborations_that_show
from actors.rules.mandates import scopes_for
from ostberga.demo.content import moment, read
from ostberga.demo.participants import Participants

# On the list, and nobody's in the demo.
SPARE_DOMAIN = "ny-part.example"


def load(participants: Participants) -> None:
    """Give the bodies that are shown their registries, and confirm the mandates of their accounts.

    Called again when more bodies have joined; does nothing for those that have theirs.
    """
    for row in read("accounts")["accounts"]:
        if row["mandate"] != "confirmed":
            continue
        user, body = participants.accounts[row["key"]], participants.bodies[row["organisation"]]
        if user.mandates.exists() or not _may_answer_yet(body, participants):
            continue
        _registry(body, participants)
        _propose(user.affiliations.get(), participants)
        confirming.confirm_by_link(_token(body))
    _date_back()
    Letter.objects.filter(kind__in=["mandate-told", "mandate-confirmed", "mandate-receipt", "mandate-asked"]).delete()
    Letter.objects.filter(kind__in=["registry-asked", "registry-set"]).delete()
    # For whoever tries to invite somebody from a new body: its registry can be confirmed at once.
    RegistryEntry.objects.get_or_create(listed=SPARE_DOMAIN, defaults={"note": "Fiktiv, för den som prövar demon."})


def propose_those_that_wait(participants: Participants) -> None:
    """Propose the mandates that wait for a registry, whose letter is in the outbox."""
    for row in read("accounts")["accounts"]:
        if row["mandate"] == "waiting":
            _propose(participants.accounts[row["key"]].affiliations.get(), participants)


def _may_answer_yet(body: Organisation, participants: Participants) -> bool:
    """Whether it is shown in the collaboration; an association that is not, works beside it from the beginning."""
    if body.kind == Organisation.Kind.ASSOCIATION and not body.registry_email:
        _confirm_beside(body, participants)
    return collaborations_that_show(body).contains(participants.collaboration)


def _confirm_beside(body: Organisation, participants: Participants) -> None:
    """The gardeners are neither partner nor addressee, so no page could propose their mandate: write it directly."""
    body.registry_email, body.registry_contact = f"kontakt@{body.slug}.example", "Kassören (demo)"
    body.save(update_fields=["registry_email", "registry_contact"])
    for place in body.affiliations.current().select_related("user"):
        given = {"title": place.title, "since": place.since, "sent_to": body.registry_email}
        Mandate.objects.create(
            person=place.user,
            organisation=body,
            collaboration=participants.collaboration,
            scopes=scopes_for(body.kind),
            proposed_by=participants.coordinator,
            confirmed_at=moment(place.since, hour=9),
            confirmed_by_address=body.registry_email,
            **given,
        )


def _registry(body: Organisation, participants: Participants) -> None:
    """Enter the body's address, whose domain is on the list, and confirm it there."""
    if not body.registry_email:
        RegistryEntry.objects.get_or_create(listed=f"{body.slug}.example", defaults={"note": "Fiktiv, för demon."})
        address = f"registrator@{body.slug}.example"
        registry_addresses.enter(organisation=body, address=address, by=participants.coordinator)
        letter = Letter.objects.filter(kind="registry-asked", to=address).latest("written_at")
        registry_addresses.confirm_by_link(re.findall(r"/registrator/([^/\s]+)/", letter.text)[0])
        body.refresh_from_db()


def _propose(place: Affiliation, participants: Participants) -> Mandate:
    return proposing.propose(
        person=place.user,
        organisation=place.organisation,
        collaboration=participants.collaboration,
        scopes=scopes_for(place.organisation.kind),
        by=participants.coordinator,
        title=place.title,
        since=place.since,
    )


def _token(body: Organisation) -> str:
    """The secret of the link in the newest letter to the body."""
    letter = Letter.objects.filter(kind="mandate-asked", to=body.registry_email).latest("written_at")
    return str(re.findall(r"/mandat/([^/\s]+)/", letter.text)[0])


def _date_back() -> None:
    """The body confirmed on the mandate's first day, before its first answer."""
    for mandate in Mandate.objects.filter(confirmed_at__isnull=False):
        at = moment(mandate.since, hour=9)
        Mandate.objects.filter(pk=mandate.pk).update(proposed_at=at - dt.timedelta(hours=1), confirmed_at=at)
        about = CollaborationEvent.objects.filter(what__startswith=str(mandate))
        about.filter(kind__in=[Kind.MANDATE_ASKED, Kind.MANDATE_GIVEN]).update(at=at)
    for body in Organisation.objects.exclude(registry_email=""):
        about = CollaborationEvent.objects.filter(what__contains=body.registry_email)
        first = body.mandates.order_by("since").values_list("since", flat=True).first()
        if first is not None:
            about.filter(kind__in=[Kind.REGISTRY_ASKED, Kind.REGISTRY_SET]).update(at=moment(first, hour=8))
