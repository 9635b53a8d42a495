"""The states of an activity, which may follow which, and when silence is too long. Pure."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityState(models.TextChoices):
    """How it goes. The last four are ends, and all of them are honest."""

    PLANNED = "planned", _("planerad")
    RUNNING = "running", _("pågår")
    PAUSED = "paused", _("pausad")
    DONE = "done", _("klar")
    NO_EFFECT = "no_effect", _("avslutad utan effekt")
    CANCELLED = "cancelled", _("avbruten")
    HANDED_OVER = "handed_over", _("övergått i ordinarie verksamhet")


ENDS = (ActivityState.DONE, ActivityState.NO_EFFECT, ActivityState.CANCELLED, ActivityState.HANDED_OVER)
# What may be without ever having been started under a decision.
NEVER_STARTED = (ActivityState.PLANNED, ActivityState.CANCELLED)

_NEXT = {
    ActivityState.PLANNED: (ActivityState.RUNNING, ActivityState.CANCELLED),
    ActivityState.RUNNING: (ActivityState.PAUSED, *ENDS),
    ActivityState.PAUSED: (ActivityState.RUNNING, *ENDS),
}


class Reply(models.TextChoices):
    """What a body says when it is asked to take something on."""

    ASKED = "asked", _("tillfrågad")
    ACCEPTED = "accepted", _("tackat ja")
    DECLINED = "declined", _("tackat nej")
    COUNTERED = "countered", _("svarat med ett motbud")
    WITHDRAWN = "withdrawn", _("frågan återtagen")
    LEFT = "left", _("lämnat")


# Said yes once; whoever left since has told why.
EVER_ACCEPTED = (Reply.ACCEPTED, Reply.LEFT)


class Part(models.TextChoices):
    """What a body does in an activity."""

    LEAD = "lead", _("ansvarig")
    PARTNER = "partner", _("medverkar")


class CostBand(models.TextChoices):
    """What something costs, roughly; nobody knows better before the decision."""

    NONE = "none", _("inget utöver arbetstid")
    SMALL = "small", _("under 100 000 kr")
    MEDIUM = "medium", _("100 000–1 miljon kr")
    LARGE = "large", _("över 1 miljon kr")
    UNKNOWN = "unknown", _("inte uträknat")


class Effect(models.TextChoices):
    """When it is meant to be felt."""

    SHORT = "short", _("märks snart")
    LONG = "long", _("märks på sikt")


def may_become(now: str, then: str) -> bool:
    """Whether one state may follow the other. An end is an end: going on is a new activity."""
    return then in _NEXT.get(ActivityState(now), ())


def is_silent(state: str, last_news: dt.date, today: dt.date, days: int) -> bool:
    """Whether a running or paused activity has been silent for longer than it should."""
    return state in (ActivityState.RUNNING, ActivityState.PAUSED) and (today - last_news).days > days
