"""Attachments of statements to perspectives: by whom, when, and whether removed."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models import User


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """QuerySet of attachments."""

    def current(self) -> "AttachmentQuerySet":
        """Attachments that have not been removed."""
        return self.filter(removed_at__isnull=True)


class Attachment(models.Model):
    """A coder's judgement that a statement expresses a perspective."""

    statement = models.ForeignKey("surveys.Statement", models.PROTECT, related_name="attachments", help_text="Utsagan.")
    perspective = models.ForeignKey(
        "surveys.Perspective", models.PROTECT, related_name="attachments", help_text="Perspektivet."
    )
    attached_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som gjorde bedömningen.")
    attached_at = models.DateTimeField("kopplad", default=timezone.now, help_text="När bedömningen gjordes.")
    removed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem som tog bort kopplingen."
    )
    removed_at = models.DateTimeField("borttagen", null=True, blank=True, help_text="När kopplingen togs bort.")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "koppling"
        verbose_name_plural = "kopplingar"
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "perspective"], condition=Q(removed_at__isnull=True), name="attached_once"
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="attachment_removed_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} → {self.perspective}"
