"""States of an activity and of a commitment, the allowed transitions, and when an activity is silent. Pure."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityState(models.TextChoices):
    """How an activity is going. The last four are end states."""

    PLANNED = "planned", _("planerad")
    RUNNING = "running", _("pågår")
    PAUSED = "paused", _("pausad")
    DONE = "done", _("klar")
    NO_EFFECT = "no_effect", _("avslutad utan effekt")
    CANCELLED = "cancelled", _("avbruten")
    HANDED_OVER = "handed_over", _("övergått i ordinarie verksamhet")


ENDS = (ActivityState.DONE, ActivityState.NO_EFFECT, ActivityState.CANCELLED, ActivityState.HANDED_OVER)
# States allowed without `started_under`.
NEVER_STARTED = (ActivityState.PLANNED, ActivityState.CANCELLED)

_NEXT = {
    ActivityState.PLANNED: (ActivityState.RUNNING, ActivityState.CANCELLED),
    ActivityState.RUNNING: (ActivityState.PAUSED, *ENDS),
    ActivityState.PAUSED: (ActivityState.RUNNING, *ENDS),
}


class Reply(models.TextChoices):
    """What a body has replied to a request to take part in an activity."""

    ASKED = "asked", _("tillfrågad")
    ACCEPTED = "accepted", _("tackat ja")
    DECLINED = "declined", _("tackat nej")
    COUNTERED = "countered", _("svarat med ett motbud")
    WITHDRAWN = "withdrawn", _("frågan återtagen")
    LEFT = "left", _("lämnat")


# The body has answered.
REPLIED = (Reply.ACCEPTED, Reply.DECLINED, Reply.COUNTERED, Reply.LEFT)
# The body accepted at some time, even if it has left since.
EVER_ACCEPTED = (Reply.ACCEPTED, Reply.LEFT)


class Part(models.TextChoices):
    """A body's part in an activity."""

    LEAD = "lead", _("ansvarig")
    PARTNER = "partner", _("medverkar")


class CostBand(models.TextChoices):
    """A rough estimate of the cost of a proposal."""

    NONE = "none", _("inget utöver arbetstid")
    SMALL = "small", _("under 100 000 kr")
    MEDIUM = "medium", _("100 000–1 miljon kr")
    LARGE = "large", _("över 1 miljon kr")
    UNKNOWN = "unknown", _("inte uträknat")


class Effect(models.TextChoices):
    """When the effect of a proposal is expected to be noticed."""

    SHORT = "short", _("märks snart")
    LONG = "long", _("märks på sikt")
    UNKNOWN = "unknown", _("inte sagt")


def may_become(current: str, new: str) -> bool:
    """Whether an activity may change to the new state. An end state is final: continued work is a new activity."""
    return new in _NEXT.get(ActivityState(current), ())


def is_silent(state: str, last_news: dt.date, today: dt.date, days: int) -> bool:
    """Whether a running or paused activity has had no news for more than `days` days."""
    return state in (ActivityState.RUNNING, ActivityState.PAUSED) and (today - last_news).days > days
