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
from surveys.fielding import channels
from surveys.importing.row_keys import row_key
from surveys.importing.rows import PlannedPlace, Row
from surveys.models import AnswerImport, Channel, Response, Survey, Wave


@dataclass(frozen=True)
class StatementsBehind:
    """Whose statements the rows are: how many people's (0 when nobody knows), and the wave they are counted in."""

    people: int
    wave: Wave


@transaction.atomic
def store_rows(
    *, survey: Survey, key: UUID, by: User, rows: Iterable[Row], read: int, behind: StatementsBehind | None = None
) -> AnswerImport:
    """Store the rows that are to be stored, and return the import. `read` is how many rows the file had.

    `behind` says whose statements the rows are; without it each row is a person. The same key stores once: a page sent
    again gets its import. A row already stored is not stored again. Raises Refusal when the key is another's. Responses
    without their channel are counted last, since until commit the count keeps residents from what waits.
    """
    require(by, COORDINATE, survey)
    # Two surveys may be sent one key at once: the later then sees what the earlier made.
    take_turns(AnswerImport(id=key))
    survey = (
        Survey.objects.select_for_update(no_key=True, of=["self"]).select_related("collaboration").get(pk=survey.pk)
    )
    earlier = AnswerImport.objects.filter(pk=key).first()
    if earlier is not None:
        return _mine(earlier, survey, by)
    stored_rows = [row for row in rows if row.is_stored]
    places = _channels(survey, by, stored_rows)
    is_small = any(channel.is_small for channel in places.values())
    is_blank = behind is not None or is_small or blank_counts.is_left_blank_by_chance()
    done = AnswerImport(id=key, survey=survey, by=by, rows=read, stored=0, is_blank=is_blank)
    _begin(done, places, behind)
    new: Counter[tuple[Channel, Wave]] = Counter()
    for row in stored_rows:
        channel = places[_place(row)]
        wave = _wave(row)
        if _receive(row, wave, channel, done):
            new[channel, wave] += 1
    _record(done, new)
    if is_blank and done.are_people:  # statements are not counted by place: nobody knows how many people they are
        for (channel, wave), number in new.items():
            blank_counts.count_blank(channel, wave, number)
    return done


def _begin(done: AnswerImport, places: Mapping[PlannedPlace, Channel], behind: StatementsBehind | None) -> None:
    if behind is not None:
        done.people, done.wave = behind.people, behind.wave
    done.save(force_insert=True)
    done.new_channels.set([channel for place, channel in places.items() if place.channel is None])


def _mine(earlier: AnswerImport, survey: Survey, by: User) -> AnswerImport:
    if (earlier.survey_id, earlier.by_id) != (survey.pk, by.pk):
        raise Refusal("Sidan hör till någon annans import. Börja om med filen.", code="not_mine")
    return earlier


def _place(row: Row) -> PlannedPlace:
    if row.place is None:
        raise ValueError("A row that is to be stored has its place.")
    return row.place


def _channels(survey: Survey, by: User, rows: Iterable[Row]) -> Mapping[PlannedPlace, Channel]:
    """Return the channel of each place; new places get theirs."""
    places = dict.fromkeys(_place(row) for row in rows)
    now = _held([place.channel.pk for place in places if place.channel])
    return {place: now[place.channel.pk] if place.channel else _new_channel(survey, by, place) for place in places}


def _held(keys: Sequence[int]) -> Mapping[int, Channel]:
    """Return the channels as they are until commit: whether a place is small decides for the whole import."""
    rows = Channel.objects.raw("SELECT * FROM surveys_channel WHERE id = ANY(%s) ORDER BY id FOR SHARE", [list(keys)])
    return {channel.pk: channel for channel in rows}


def _new_channel(survey: Survey, by: User, place: PlannedPlace) -> Channel:
    same = survey.channels.filter(label=place.label).first()
    return same or channels.create_channel(survey=survey, by=by, label=place.label, is_small=place.is_small)


def _wave(row: Row) -> Wave:
    if row.wave is None:
        raise ValueError("A row that is to be stored has its wave.")
    return row.wave


def _receive(row: Row, wave: Wave, channel: Channel, done: AnswerImport) -> bool:
    return receiving.receive(
        wave=wave,
        submission=row_key(row, channel),
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
