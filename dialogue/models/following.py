"""People who asked to hear what happens to an issue. Never tied to an answer, in time or otherwise."""

import uuid

from django.db import models
from django.utils import timezone

from dialogue.models.issue import Issue


class Follower(models.Model):
    """An address that wants news. Written by a shuffled batch, so that no neighbour tells who answered."""

    id = models.UUIDField(
        primary_key=True, default=uuid.uuid4, editable=False, help_text="Slumpat, så att ordningen inget säger."
    )
    email = models.EmailField("e-post", unique=True, help_text="Dit nyheter skickas, sedan adressen bekräftats.")
    language = models.CharField("språk", max_length=2, default="sv", help_text="Språket breven skrivs på.")
    token_hash = models.CharField(max_length=64, unique=True, help_text="Hash av länken som bekräftar och avslutar.")
    asked_on = models.DateField("bad om det", default=timezone.localdate, help_text="Dagen, inte klockslaget.")
    confirmed_on = models.DateField("bekräftad", null=True, blank=True, help_text="Dagen adressen bekräftades.")
    issues: "models.ManyToManyField[Issue, FollowedIssue]" = models.ManyToManyField(
        Issue, through="FollowedIssue", related_name="followers", help_text="Frågorna som följs."
    )

    class Meta:
        verbose_name = "följare"
        verbose_name_plural = "följare"

    def __str__(self) -> str:
        return "en följare"


class FollowedIssue(models.Model):
    """An issue someone follows."""

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="followed", help_text="Följaren.")
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="followed_by", help_text="Sakfrågan.")

    class Meta:
        verbose_name = "följd fråga"
        verbose_name_plural = "följda frågor"
        constraints = [models.UniqueConstraint(fields=["follower", "issue"], name="followed_once")]

    def __str__(self) -> str:
        return str(self.issue)
