"""Storing the rows of a dry run by one act."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from actors.models import User
from actors.rules.rights import COORDINATE
from ostberga.lib.authorization import require
from ostberga.lib.locking import take_turns
from ostberga.lib.refusal import Refusal
from surveys.batching import blank_counts
from surveys.collecting import receiving
from surveys.importing.row_keys import row_key
from surveys.importing.rows import Row
from surveys.models import AnswerImport, Channel, Response, Survey, Wave


@dataclass(frozen=True)
class StatementsBehind:
    """Whose statements the rows are: how many people's (0 when nobody knows), and the wave they are counted in."""

    people: int
    wave: Wave


def store_rows(
    *, survey: Survey, key: UUID, by: User, rows: Iterable[Row], read: int, behind: StatementsBehind | None = None
) -> AnswerImport:
    """Store the rows that are to be stored, and return the import. `read` is how many rows the file had.

    `behind` says whose statements the rows are; without it each row is a person. The same key stores once: a page sent
    again gets its import. A row already stored is not stored again. Raises Refusal when the key is another's, or when
    the people are more than the rows. New places are made before it, in a transaction of their own (`make_places`).
    """
    require(by, COORDINATE, survey)
    if behind is not None and behind.people > read:
        raise Refusal(f"Människorna kan inte vara fler än de {read} raderna.", code="too_many_people")
    stored_rows = [row for row in rows if row.is_stored]
    return _store(AnswerImport(id=key, survey=survey, by=by, rows=read, stored=0), stored_rows, behind)


@transaction.atomic
def _store(done: AnswerImport, rows: Sequence[Row], behind: StatementsBehind | None) -> AnswerImport:
    """Responses without their channel are counted last: until commit the count keeps residents from what waits."""
    # Two surveys may be sent one key at once: the later then sees what the earlier made.
    take_turns(done)
    Survey.objects.select_for_update(no_key=True, of=["self"]).get(pk=done.survey.pk)
    earlier = AnswerImport.objects.filter(pk=done.pk).first()
    if earlier is not None:
        return _mine(earlier, done.survey, done.by)
    places = _hold_channels(rows)
    is_small = any(channel.is_small for channel in places.values())
    done.is_blank = behind is not None or is_small or blank_counts.is_left_blank_by_chance()
    if behind is not None:
        done.people, done.wave = behind.people, behind.wave
    done.save(force_insert=True)
    new: Counter[tuple[Channel, Wave]] = Counter()
    for row in rows:
        channel, wave = places[_channel(row).pk], _wave(row)
        if _receive(row, wave, channel, done):
            new[channel, wave] += 1
    _record(done, new)
    if done.is_blank and done.are_people:  # statements are not counted by place: how many people they are is not known
        for (channel, wave), number in new.items():
            blank_counts.count_blank(channel, wave, number)
    return done


def _mine(earlier: AnswerImport, survey: Survey, by: User) -> AnswerImport:
    if (earlier.survey_id, earlier.by_id) != (survey.pk, by.pk):
        raise Refusal("Sidan hör till någon annans import. Börja om med filen.", code="not_mine")
    return earlier


def _channel(row: Row) -> Channel:
    if row.place is None or row.place.channel is None:
        raise ValueError("A row that is to be stored has its place.")
    return row.place.channel


def _hold_channels(rows: Iterable[Row]) -> Mapping[int, Channel]:
    """Return the rows' channels as they are until commit: whether one is small decides for the whole import."""
    keys = sorted({_channel(row).pk for row in rows})
    held = Channel.objects.raw("SELECT * FROM surveys_channel WHERE id = ANY(%s) ORDER BY id FOR SHARE", [keys])
    return {channel.pk: channel for channel in held}


def _wave(row: Row) -> Wave:
    if row.wave is None:
        raise ValueError("A row that is to be stored has its wave.")
    return row.wave


def _receive(row: Row, wave: Wave, channel: Channel, done: AnswerImport) -> bool:
    return receiving.receive(
        wave=wave,
        submission=row_key(row),
        channel=channel,
        language=row.language,
        entry=Response.Entry.IMPORT,
        answers=row.answers,
        on=row.day,
        imported_in=done,
        receipt=row.receipt,
        note=row.note,
    ).is_new


def _record(done: AnswerImport, new: Counter[tuple[Channel, Wave]]) -> None:
    """Note how many were stored, in each wave. Not by place: that would say where those without a channel came from."""
    done.stored = new.total()
    done.save(update_fields=["stored"])
    by_wave: Counter[Wave] = Counter()
    for (_, wave), number in new.items():
        by_wave[wave] += number
    for wave, number in by_wave.items():
        done.survey.events.create(kind="imported", wave=wave, by=done.by, what=f"{number} {done.unit}")
