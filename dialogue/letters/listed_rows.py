"""Letters to a body about what a list says of it."""

from django.conf import settings
from django.urls import reverse

from actors.letters import outbox
from actors.mandates.letters import people_with_a_mandate
from dialogue.models.listed.listed_claim import ListedClaim


def tell_of_removal(claim: ListedClaim) -> None:
    """Tell the body's registry, and its people with a mandate there, that a row it had contested is taken away."""
    collaboration, body = claim.dialogue.collaboration, claim.organisation
    if body is None:
        return
    link = settings.SITE_URL + reverse("said-of-us")
    context = {"claim": claim, "collaboration": collaboration, "link": link}
    for address in sorted({*people_with_a_mandate(body, collaboration), body.registry_email} - {""}):
        outbox.write(
            kind="listed-removed", to=address, template="listed_removed", context=context, collaboration=collaboration
        )
