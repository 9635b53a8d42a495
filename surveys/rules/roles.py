"""Roles and age bands of the people heard, coarse enough to not identify anyone. Pure."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The category of a person heard. «Okänd» is never counted as a group in breadth."""

    RESIDENT = "resident", _("boende")
    ELECTED = "elected", _("förtroendevald")
    OFFICIAL = "official", _("tjänsteperson")
    BUSINESS = "business", _("näringsliv")
    ASSOCIATION = "association", _("förening")
    UNKNOWN = "unknown", _("okänd")


# Of several people with a role; the label is of one. Swedish only: no resident page shows them.
_SEVERAL = {
    Role.ELECTED: "förtroendevalda",
    Role.OFFICIAL: "tjänstepersoner",
    Role.BUSINESS: "från näringslivet",
    Role.ASSOCIATION: "från föreningar",
    Role.UNKNOWN: "okända",
}
_ONE = {Role.BUSINESS: "från näringslivet", Role.ASSOCIATION: "från en förening"}


def count_in_words(role: str, number: int) -> str:
    """Return how many people with a role, as staff read it: «3 tjänstepersoner»."""
    words = _ONE if number == 1 else _SEVERAL
    return f"{number} {words.get(Role(role), Role(role).label)}"


KNOWN_ROLES = tuple(role for role in Role if role is not Role.UNKNOWN)


class AgeBand(models.TextChoices):
    """Coarse age bands."""

    UNDER_16 = "under_16", "under 16 år"
    FROM_16 = "16_24", "16–24 år"
    FROM_25 = "25_44", "25–44 år"
    FROM_45 = "45_64", "45–64 år"
    FROM_65 = "65_plus", "65 år eller äldre"
    UNKNOWN = "", "okänd"
