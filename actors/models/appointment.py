"""Appointments of coordinators and deputies."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models.collaboration import Collaboration
from actors.models.people import User


class CoordinatorAppointment(models.Model):
    """A person's time as coordinator or deputy: one coordinator at a time, and at most one deputy."""

    class Role(models.TextChoices):
        """Coordinator or deputy."""

        COORDINATOR = "coordinator", "samordnare"
        DEPUTY = "deputy", "ersättare"

    collaboration = models.ForeignKey(
        Collaboration, models.CASCADE, related_name="appointments", help_text="Samverkan."
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="appointments", help_text="Den som är utsedd.")
    role = models.CharField(
        "roll", max_length=12, choices=Role.choices, default=Role.COORDINATOR, help_text="Samordnare eller ersättare."
    )
    started_on = models.DateField("från", default=timezone.localdate, help_text="Första dagen.")
    ended_on = models.DateField("till", null=True, blank=True, help_text="Sista dagen; tomt så länge uppdraget gäller.")

    appointed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem som lämnade över uppdraget."
    )
    reason = models.CharField(
        "anledning", max_length=240, blank=True, help_text="Varför uppdraget gick över, till exempel föräldraledighet."
    )

    class Meta:
        verbose_name = "samordningsansvar"
        verbose_name_plural = "samordningsansvar"
        constraints = [
            models.UniqueConstraint(
                fields=["collaboration", "role"],
                condition=Q(ended_on__isnull=True),
                name="one_active_coordinator_and_deputy",
                violation_error_message="Det finns redan någon i den rollen. Avsluta det uppdraget först.",
            ),
            models.CheckConstraint(condition=Q(role__in=["coordinator", "deputy"]), name="appointment_role_is_known"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("started_on")),
                name="appointment_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"
