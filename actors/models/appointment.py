"""Appointments of coordinators and deputies, and proposals that wait for the data controller."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models.collaboration import Collaboration
from actors.models.people import User


class CoordinatorAppointmentQuerySet(models.QuerySet["CoordinatorAppointment"]):
    """Appointments by validity and role."""

    def coordinating(self) -> "CoordinatorAppointmentQuerySet":
        """Those in force of coordinators and deputies. The data-protection officer does not coordinate."""
        roles = [CoordinatorAppointment.Role.COORDINATOR, CoordinatorAppointment.Role.DEPUTY]
        return self.filter(ended_on=None, role__in=roles)


class CoordinatorAppointment(models.Model):
    """A person's time as coordinator, deputy or data-protection officer: at most one of each at a time."""

    class Role(models.TextChoices):
        """Coordinator, deputy, or the data controller's data-protection officer, who reads the security log."""

        COORDINATOR = "coordinator", "samordnare"
        DEPUTY = "deputy", "ersättare"
        PROTECTION_OFFICER = "officer", "dataskyddsombud"

    collaboration = models.ForeignKey(
        Collaboration, models.CASCADE, related_name="appointments", help_text="Samverkan."
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="appointments", help_text="Den som är utsedd.")
    role = models.CharField(
        "roll",
        max_length=12,
        choices=Role.choices,
        default=Role.COORDINATOR,
        help_text="Samordnare, ersättare eller dataskyddsombud.",
    )
    started_on = models.DateField("från", default=timezone.localdate, help_text="Första dagen.")
    ended_on = models.DateField("till", null=True, blank=True, help_text="Sista dagen; tomt så länge uppdraget gäller.")

    appointed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem som föreslog det."
    )
    reason = models.CharField(
        "anledning", max_length=240, blank=True, help_text="Varför uppdraget gick över, till exempel föräldraledighet."
    )
    confirmed_from = models.EmailField(
        "bekräftat från",
        blank=True,
        help_text="Registratorsadressen som bekräftade; tomt för uppdrag från före kravet.",
    )

    objects = CoordinatorAppointmentQuerySet.as_manager()

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
            models.CheckConstraint(
                condition=Q(role__in=["coordinator", "deputy", "officer"]), name="appointment_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("started_on")),
                name="appointment_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"


# Validity of the link to the data controller.
OPEN_FOR = dt.timedelta(days=30)


def link_expiry() -> dt.datetime:
    """When a link that is sent now stops working."""
    return timezone.now() + OPEN_FOR


class AppointmentProposalQuerySet(models.QuerySet["AppointmentProposal"]):
    """Proposals by state."""

    def waiting(self) -> "AppointmentProposalQuerySet":
        """Those that are neither answered nor taken back, even if the link has expired."""
        return self.filter(confirmed_at=None, refused_at=None, withdrawn_at=None)

    def usable(self) -> "AppointmentProposalQuerySet":
        """Those that the data controller can answer now."""
        return self.waiting().filter(expires_at__gt=timezone.now())


class AppointmentProposal(models.Model):
    """A person proposed for a role. Nothing changes until the data controller's registry confirms."""

    collaboration = models.ForeignKey(
        Collaboration, models.CASCADE, related_name="appointment_proposals", help_text="Samverkan."
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="proposals", help_text="Den som är föreslagen.")
    role = models.CharField(
        "roll",
        max_length=12,
        choices=CoordinatorAppointment.Role.choices,
        help_text="Samordnare, ersättare eller dataskyddsombud.",
    )
    reason = models.CharField("anledning", max_length=240, blank=True, help_text="Varför uppdraget ska gå över.")
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som föreslog.")
    proposed_at = models.DateTimeField("föreslaget", default=timezone.now, help_text="När det föreslogs.")
    sent_to = models.EmailField("frågan gick till", help_text="Den personuppgiftsansvarigas registratorsadress då.")
    token_hash = models.CharField(max_length=64, unique=True, help_text="Hash av den hemliga länken.")
    expires_at = models.DateTimeField("gäller till", default=link_expiry, help_text="Därefter öppnar länken inget.")
    confirmed_at = models.DateTimeField("bekräftat", null=True, blank=True, help_text="När registratorn bekräftade.")
    refused_at = models.DateTimeField("nekat", null=True, blank=True, help_text="När registratorn sa nej.")
    withdrawn_at = models.DateTimeField("återtaget", null=True, blank=True, help_text="När förslaget togs tillbaka.")

    objects = AppointmentProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "förslag till samordningsansvar"
        verbose_name_plural = "förslag till samordningsansvar"
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collaboration", "role"],
                condition=Q(confirmed_at=None, refused_at=None, withdrawn_at=None),
                name="one_waiting_proposal_each",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["coordinator", "deputy", "officer"]), name="proposal_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, refused_at=None)
                | Q(confirmed_at=None, withdrawn_at=None)
                | Q(refused_at=None, withdrawn_at=None),
                name="proposal_answered_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"

    @property
    def prepares(self) -> bool:
        """Whether she may prepare while the data controller is awaited: she is to coordinate, and none does yet."""
        return self.role == CoordinatorAppointment.Role.COORDINATOR and self.collaboration.awaits_controller

    @property
    def is_expired(self) -> bool:
        """Whether the link has expired."""
        return self.expires_at <= timezone.now()
