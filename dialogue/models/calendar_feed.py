"""A person's calendar at a secret address, which her calendar program fetches."""

import uuid

from django.db import models
from django.utils import timezone

from actors.models import User
from ostberga.lib.web.secret_links import derived_token, token_hash

FEED_LINK = "calendar feed"


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    """Feeds by their address."""

    def at(self, token: str) -> "CalendarFeedQuerySet":
        """The one with this address, unless the account is closed."""
        return self.filter(token_hash=token_hash(FEED_LINK, token), user__is_active=True)


class CalendarFeed(models.Model):
    """The address of a person's calendar. Only its hash is stored; a new address is a new row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, help_text="Slumpat; gör adressen.")
    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_feed", help_text="Vems kalender det är.")
    token_hash = models.CharField("adressens hash", max_length=64, unique=True, help_text="Hash av adressen.")
    since = models.DateField("sedan", default=timezone.localdate, help_text="Dagen adressen gjordes.")

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = "kalenderadress"
        verbose_name_plural = "kalenderadresser"

    def __str__(self) -> str:
        return f"kalender för {self.user}"

    @property
    def token(self) -> str:
        """The secret part of the address."""
        return derived_token(FEED_LINK, self.pk)
