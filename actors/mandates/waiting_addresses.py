"""Registry addresses that wait for the installation's list, as pages show them, and who keeps that list."""

from collections.abc import Iterable
from dataclasses import dataclass

from actors.mandates.obstacles import listing_wait
from actors.models import Organisation, RegistryAddressChange, User


@dataclass(frozen=True)
class WaitingAddress:
    """An address that was entered but not asked about, and what it waits for."""

    change: RegistryAddressChange
    why: str


def registry_context(organisation: Organisation) -> dict[str, object]:
    """Return template context: the organisation, its addresses that wait, and the administrators of the list."""
    changes = organisation.registry_changes.waiting_for_list().select_related("proposed_by")
    waiting = [WaitingAddress(change, listing_wait(organisation, change.address)) for change in changes]
    has_list = organisation.kind != Organisation.Kind.ASSOCIATION
    administrators = User.objects.filter(is_superuser=True, is_active=True).order_by("email") if has_list else ()
    return {"organisation": organisation, "waiting": waiting, "administrators": administrators}


def with_waiting(bodies: Iterable[Organisation]) -> list[tuple[Organisation, str]]:
    """Return each organisation with the newest address that waits for the list; empty for none. One query."""
    listed = list(bodies)
    changes = RegistryAddressChange.objects.waiting_for_list().filter(organisation__in=listed)
    waiting = dict(changes.order_by("proposed_at", "pk").values_list("organisation", "address"))
    return [(body, waiting.get(body.pk, "")) for body in listed]
