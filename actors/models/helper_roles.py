"""What a coordinator has asked somebody to help with in a collaboration, and for how long."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models.collaboration import Collaboration
from actors.models.people import User
from actors.rules.helping import HelperTask


class HelperRoleQuerySet(models.QuerySet["HelperRole"]):
    """Helpers' roles by validity."""

    def in_force(self) -> "HelperRoleQuerySet":
        """Those that count today. A collaboration that waits for its data controller has none.

        Nor has whoever has come to administer the installation since: she reads nothing of what people have said.
        """
        today = timezone.localdate()
        begun = self.filter(starts_on__lte=today, ends_on__gte=today, ended_at=None)
        helping = begun.filter(person__is_staff=False, person__is_superuser=False)
        return helping.filter(collaboration__awaits_controller=False)

    def not_over(self) -> "HelperRoleQuerySet":
        """Those in force, and those that begin later."""
        return self.filter(ends_on__gte=timezone.localdate(), ended_at=None)

    def coordinated_by(self, user: User) -> "HelperRoleQuerySet":
        """Those in the collaborations that this person coordinates."""
        return self.filter(collaboration__in=Collaboration.objects.coordinated_by(user))


class HelperRole(models.Model):
    """A person's task in a collaboration, from one day to another. What it lets her do: actors/rules/helping.py."""

    collaboration = models.ForeignKey(
        Collaboration, models.CASCADE, related_name="helper_roles", help_text="Samverkan."
    )
    person = models.ForeignKey(User, models.PROTECT, related_name="helper_roles", help_text="Den som hjälper till.")
    task = models.CharField("uppdrag", max_length=20, choices=HelperTask.choices, help_text="Vad hon hjälper till med.")
    starts_on = models.DateField("från", default=timezone.localdate, help_text="Första dagen uppdraget gäller.")
    ends_on = models.DateField("till", help_text="Sista dagen. Ett uppdrag gäller alltid en tid.")
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Samordnaren som gav uppdraget.")
    given_at = models.DateTimeField("givet", default=timezone.now, help_text="När uppdraget gavs.")
    ended_at = models.DateTimeField(
        "avslutat", null=True, blank=True, help_text="När samordnaren avslutade det i förtid; tomt annars."
    )
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem som avslutade det i förtid."
    )

    objects = HelperRoleQuerySet.as_manager()

    class Meta:
        verbose_name = "uppdrag som medhjälpare"
        verbose_name_plural = "uppdrag som medhjälpare"
        ordering = ["-ends_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(task__in=HelperTask.values), name="helper_task_is_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="helper_ends_after_start"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="helper_ended_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_task_display()})"

    @property
    def is_over(self) -> bool:
        """Whether it has been ended, or its last day has passed."""
        return self.ended_at is not None or self.ends_on < timezone.localdate()

    @property
    def is_coming(self) -> bool:
        """Whether its first day is ahead."""
        return not self.is_over and self.starts_on > timezone.localdate()

    @property
    def edit_state(self) -> str:
        """What an edit of its last day must find unchanged."""
        return str(self.ended_at or "")

    @property
    def may(self) -> tuple[str, ...]:
        """What it lets the person do, a sentence each."""
        return HelperTask(self.task).may
