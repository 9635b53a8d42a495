"""An administrator's removals of registry addresses that no longer work, and the links that stop them."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models.organisations import Organisation
from actors.models.people import User


class RegistryRemovalQuerySet(models.QuerySet["RegistryRemoval"]):
    """Removals by state."""

    def waiting(self) -> "RegistryRemovalQuerySet":
        """Those that nobody has stopped and that have not taken effect."""
        return self.filter(stopped_at__isnull=True, done_at__isnull=True)


class RegistryRemoval(models.Model):
    """An administrator's removal of a registry address. It takes effect after some days, unless its readers stop it.

    A data controller is never without an address: the one that comes instead is named when the removal is asked for.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="registry_removals", help_text="Organisationen."
    )
    address = models.EmailField("adress", help_text="Adressen som ska tas bort.")
    replacement = models.EmailField(
        "ny adress", blank=True, help_text="Adressen som gäller i stället; tomt när ingen gör det."
    )
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Administratören.")
    asked_at = models.DateTimeField("begärd", default=timezone.now, help_text="När den begärdes.")
    takes_effect_at = models.DateTimeField("gäller från", help_text="Dessförinnan går den att stoppa.")
    stopped_at = models.DateTimeField("stoppad", null=True, blank=True, help_text="När någon stoppade den.")
    stopped_from = models.EmailField(
        "stoppad från", blank=True, help_text="Adressen vars länk stoppade den; tomt när den inte längre gick att göra."
    )
    done_at = models.DateTimeField("genomförd", null=True, blank=True, help_text="När adressen togs bort.")

    objects = RegistryRemovalQuerySet.as_manager()

    class Meta:
        verbose_name = "borttagning av registratorsadress"
        verbose_name_plural = "borttagningar av registratorsadresser"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(stopped_at__isnull=True, done_at__isnull=True),
                name="one_waiting_removal_each",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | Q(done_at__isnull=True), name="removal_stopped_or_done"
            ),
            models.CheckConstraint(
                condition=Q(stopped_from="") | Q(stopped_at__isnull=False), name="removal_stopped_from_when_stopped"
            ),
        ]

    def __str__(self) -> str:
        instead = f" byts till {self.replacement}" if self.replacement else ""
        return f"{self.organisation}: {self.address}{instead}"


class RegistryRemovalLink(models.Model):
    """A reader's own link that stops a removal, so that it is known who stopped it. Kept while the removal waits."""

    removal = models.ForeignKey(RegistryRemoval, models.CASCADE, related_name="links", help_text="Borttagningen.")
    sent_to = models.EmailField("brevet gick till", help_text="Adressen som fick länken.")
    token_hash = models.CharField(max_length=64, unique=True, help_text="Hash av länken som stoppar.")

    class Meta:
        verbose_name = "länk som stoppar en borttagning"
        verbose_name_plural = "länkar som stoppar borttagningar"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.removal}, {self.sent_to}"
