"""What a body can say of what a list says about it. Pure."""

from django.db import models


class ListedReply(models.TextChoices):
    """The body's own word on a row of a list. It is no answer on a decision, and opens nothing."""

    CONFIRMED = "confirmed", "stämmer"
    CONTESTED = "contested", "stämmer inte"
