"""Looks up the code of a channel: its form, and the wave that is open or was opened last."""

from dataclasses import dataclass
from itertools import islice

from django.db import connection

from surveys.models import Channel, Survey, Wave

# Raw SQL, since it runs once for every answer received: building the query with the ORM took as long as storing the
# answer. An open wave comes first, then the wave opened last; waves never opened are left out. The codes of a practice
# lead nowhere.
_CHANNEL = ("id", "survey_id", "code", "is_small", "closed_at")
_SURVEY = ("id", "collaboration_id", "definition_version")
_WAVE = ("id", "survey_id", "opens_on", "closes_on", "opened_at", "closed_at")
_SQL = f"""
    SELECT {", ".join(f"channel.{name}" for name in _CHANNEL)},
           {", ".join(f"survey.{name}" for name in _SURVEY)},
           {", ".join(f"wave.{name}" for name in _WAVE)}
    FROM surveys_channel AS channel
    JOIN surveys_survey AS survey ON survey.id = channel.survey_id
    JOIN actors_collaboration AS place ON place.id = survey.collaboration_id AND place.practice_of_id IS NULL
    LEFT JOIN surveys_wave AS wave ON wave.survey_id = survey.id AND wave.opened_at IS NOT NULL
    WHERE channel.code IN (%s, %s)
    ORDER BY wave.closed_at IS NULL DESC, wave.opened_at DESC NULLS LAST
    LIMIT 1
"""  # noqa: S608 - only names from this module


@dataclass(frozen=True)
class CodeTarget:
    """A channel with its form and the wave that answers belong to (None if no wave was ever opened)."""

    channel: Channel
    survey: Survey
    wave: Wave | None

    @property
    def is_open(self) -> bool:
        """Whether the form is shown now."""
        return self.wave is not None and self.wave.accepts_answers and self.channel.closed_at is None


def find_by_code(code: str) -> CodeTarget | None:
    """Return what the code leads to, or None if no channel has it. One query.

    The instances are deferred: they hold the selected columns only, and Django fetches the rest when needed.
    Case is ignored, since a code may be typed by hand from a poster.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [code, code.lower()])
        row = cursor.fetchone()
    if row is None:
        return None
    values = iter(row)
    channel, survey, wave = ([*islice(values, len(names))] for names in (_CHANNEL, _SURVEY, _WAVE))
    return CodeTarget(
        Channel.from_db(connection.alias, _CHANNEL, channel),
        Survey.from_db(connection.alias, _SURVEY, survey),
        Wave.from_db(connection.alias, _WAVE, wave) if wave[0] is not None else None,
    )
