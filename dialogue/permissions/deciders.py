"""Who may decide for a body, or register what it has decided. `AffiliationQuerySet.may_decide` is the rule."""

from actors.models import Organisation, User


def deciders_of(organisation: Organisation) -> list[User]:
    """Return the people of a body who may decide or register its decisions today (see `may_decide`)."""
    affiliations = organisation.affiliations.all().may_decide()
    return [affiliation.user for affiliation in affiliations.select_related("user")]
