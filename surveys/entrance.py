"""Where the code on a poster leads: to its form and the wave that is open, or was open last."""

from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, F, Q

from surveys.models import Channel, Survey, Wave

# In the order of the model, which from_db asks for.
_WAVE_FIELDS = ("id", "survey_id", "opens_on", "closes_on", "opened_at", "closed_at")
_OPEN = Q(survey__waves__opened_at__isnull=False, survey__waves__closed_at__isnull=True)


@dataclass(frozen=True)
class Entrance:
    """A channel with its form and, if it was ever opened, the wave that its answers belong to."""

    channel: Channel
    survey: Survey
    wave: Wave | None

    @property
    def is_open(self) -> bool:
        """Whether the form is shown to those who come now."""
        return self.wave is not None and self.wave.accepts_answers and self.channel.closed_at is None


def find(code: str) -> Entrance | None:
    """What the code leads to, in one question to the database; None if nobody has handed it out.

    A code may be typed by hand from a poster, so capital letters do not matter.
    """
    channel = (
        Channel.objects.filter(code__in={code, code.lower()})
        .select_related("survey__collaboration")
        .annotate(**{f"wave_{name}": F(f"survey__waves__{name}") for name in _WAVE_FIELDS})
        .order_by(ExpressionWrapper(_OPEN, BooleanField()).desc(), F("survey__waves__opened_at").desc(nulls_last=True))
        .first()
    )
    if channel is None:
        return None
    return Entrance(channel, channel.survey, _wave_of(channel))


def _wave_of(channel: Channel) -> Wave | None:
    known = {name: getattr(channel, f"wave_{name}") for name in _WAVE_FIELDS}
    if known["opened_at"] is None:
        return None
    return Wave.from_db(channel._state.db or "default", _WAVE_FIELDS, tuple(known.values()))
