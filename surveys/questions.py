"""Kinds of question and what counts as an answer to each. Pure."""

from django.db import models


class Kind(models.TextChoices):
    """How a question is answered."""

    FREE_TEXT = "free_text", "fritext"
    ONE_CHOICE = "one_choice", "ett val"
    SEVERAL_CHOICES = "several_choices", "flera val"
    SCALE = "scale", "femgradig skala"
