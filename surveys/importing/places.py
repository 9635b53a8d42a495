"""Where rows came from: which channel each place in the file is, asked once per place; making the new ones."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction

from actors.models import User
from actors.rules.rights import COORDINATE
from ostberga.lib.authorization import require
from surveys.fielding import channels as fielding_channels
from surveys.importing.asks import Ask, Chosen, ask, name_of_value, rows_in_words
from surveys.importing.columns.column_roles import PLACE, normalise, shorten
from surveys.importing.row_reading import Judging
from surveys.importing.rows import Batch, PlannedPlace, Row
from surveys.models import Channel, Survey, Wave

# Places asked about; a column with more is hardly places, and its rows are refused.
MOST_PLACES = 40
MOST_LETTERS = 80  # of a channel's name
NEW, NEW_SMALL, NONE = "new", "small", "none"


def ask_places(judging: Judging, rows: Sequence[Row], cells: Sequence[Sequence[str]], survey: Survey) -> list[Ask]:
    """Set the place of each row, and ask about those that are no channel of the form yet. One query."""
    batch = judging.batch
    columns = judging.layout.read if judging.layout.are_people else []  # statements are not counted by place
    column = next((column for column in columns if column.role == PLACE), None)
    channels = list(survey.channels.all())
    usual = PlannedPlace(batch.channel, batch.channel.label, batch.channel.is_small)
    named = {_spelling(channel.label): channel for channel in reversed(channels)}
    spelled: dict[str, str] = {}  # how each new place is first written
    unknown: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        value = " ".join(cells[row.number - 1][column.index].split()) if column else ""
        known = named.get(_spelling(value)) if value else None
        row.place = PlannedPlace(known, known.label, known.is_small) if known else usual
        if column and not value and not row.is_blank:
            row.notes.append(f"ingen plats: räknas till {batch.channel}")
        if value and known is None and not row.is_blank:
            unknown[spelled.setdefault(_spelling(value), value)].append(row)
    if len(unknown) > MOST_PLACES:
        _refuse_all(unknown)
        return []
    return [_ask_place(value, of_place, batch, channels, judging.chosen) for value, of_place in unknown.items()]


def _spelling(value: str) -> str:
    """Return what two ways of writing one place have in common. A channel's name holds no more of a long one."""
    return normalise(value[:MOST_LETTERS])


def choose_waves(rows: Sequence[Row], batch: Batch, survey: Survey) -> None:
    """Set the wave of each row that says its day. One query."""
    waves = list(survey.waves.to_write_in())
    for row in rows:
        if row.said_on is None or row.is_blank:
            continue
        wave = wave_on(row.said_on, waves)
        if wave is None:
            row.notes.append(f"dagen är i ingen omgång: läggs i {batch.wave}")
        row.wave = wave or batch.wave


def wave_on(day: dt.date, waves: Sequence[Wave]) -> Wave | None:
    """Return the wave that was open on the day, the latest begun of several; None when none was."""
    return max((wave for wave in waves if wave.was_open_on(day)), key=lambda wave: wave.opens_on, default=None)


def _ask_place(value: str, rows: Sequence[Row], batch: Batch, channels: Sequence[Channel], chosen: Chosen) -> Ask:
    label = value[:MOST_LETTERS]
    question = ask(
        chosen,
        name_of_value("place", _spelling(value)),
        f"«{shorten(value, 50)}» ({rows_in_words([row.number for row in rows], 3)})",
        [
            (NEW, f"Ny plats: {shorten(label, 40)}"),
            (NEW_SMALL, f"Ny liten plats: {shorten(label, 40)}"),
            (NONE, f"Skriv ingen egen plats: räkna till {batch.channel}"),
            *((str(channel.pk), f"Samma som {channel}") for channel in channels),
        ],
        rows=[row.number for row in rows],
    )
    same = next((channel for channel in channels if str(channel.pk) == question.chosen), None)
    for row in rows:
        if question.chosen in {NEW, NEW_SMALL}:
            row.place = PlannedPlace(None, label, question.chosen == NEW_SMALL)
        elif same is not None:
            row.place = PlannedPlace(same, same.label, same.is_small)
        elif not question.is_answered:
            row.unanswered.append(f"Platsen «{shorten(value, 30)}» är ny. Svara på frågan ovanför.")
    return question


def _refuse_all(unknown: dict[str, list[Row]]) -> None:
    for value, rows in unknown.items():
        for row in rows:
            row.problems.append(
                f"Platsen «{shorten(value, 30)}» är ny, och filen har fler än {MOST_PLACES} nya platser. "
                "Skriv dem i stora drag, eller hoppa över kolumnen."
            )


@transaction.atomic
def make_places(*, survey: Survey, by: User, rows: Iterable[Row]) -> bool:
    """Give the rows of each new place its channel; return whether there was any.

    Never in the transaction that stores the rows, so on a page in a request of its own: a POST is one transaction. And
    note nowhere which import made which place: where an import has no channels its rows may be those of the one small
    place that it made.
    """
    require(by, COORDINATE, survey)
    new = [(row, row.place) for row in rows if row.place and row.place.channel is None]
    if not new:
        return False
    survey = Survey.objects.select_for_update(no_key=True, of=["self"]).get(pk=survey.pk)
    made = {place: _channel_of(survey, by, place) for place in dict.fromkeys(place for _, place in new)}
    for row, place in new:
        row.place = PlannedPlace(made[place], made[place].label, made[place].is_small)
    return True


def _channel_of(survey: Survey, by: User, place: PlannedPlace) -> Channel:
    same = survey.channels.filter(label=place.label).first()
    return same or fielding_channels.create_channel(
        survey=survey, by=by, label=place.label, is_small=place.is_small, is_logged=False
    )
