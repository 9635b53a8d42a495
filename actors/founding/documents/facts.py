"""What the papers say about this collaboration and this installation, read from the configuration."""

from dataclasses import dataclass

from django.conf import settings

from actors.models import Collaboration
from ostberga.lib.translations.languages import SWEDISH_NAMES


@dataclass(frozen=True)
class Facts:
    """The configuration in words. What nobody has said yet is in brackets, to be filled in."""

    municipality: str
    controller: str
    registry: str
    contact: str
    officer: str
    collaboration: str
    area: str
    languages: str
    partners: tuple[str, ...]
    address: str
    smallest_group: int
    log_days: int


def facts_of(collaboration: Collaboration) -> Facts:
    """The facts of a collaboration. Two queries."""
    partners = collaboration.partnerships.current().order_by("organisation__name")
    languages = collaboration.languages or list(SWEDISH_NAMES)
    return Facts(
        municipality=collaboration.municipality or "[kommun]",
        controller=collaboration.controller_name,
        registry=collaboration.data_controller.registry_email or "[registratorns adress]",
        contact=collaboration.contact_email,
        officer=collaboration.dpo_email or "[dataskyddsombudets adress]",
        collaboration=collaboration.name,
        area=collaboration.area,
        languages=", ".join(SWEDISH_NAMES.get(code, code) for code in languages),
        partners=tuple(partners.values_list("organisation__name", flat=True)),
        address=settings.SITE_URL,
        smallest_group=collaboration.minimum_group,
        log_days=settings.SECURITY_LOG_DAYS,
    )
