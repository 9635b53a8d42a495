"""The coordinator's week: all that needs a hand, in boxes, the most urgent first; and the forms that are open."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from actors.models import Collaboration
from dialogue.activities import activity_rows
from dialogue.models import Dialogue
from dialogue.rules.week_boxes import WeekBox, WeekRow, build_boxes
from dialogue.worklists.waiting import answers, issues, listening, work
from dialogue.worklists.waiting.listening import OpenWave

Rows = list[WeekRow]


@dataclass(frozen=True)
class Week:
    """All that waits, and what is going on."""

    boxes: list[WeekBox]
    waves: list[OpenWave]
    dialogue: Dialogue | None  # the one that goes on
    whole: str = ""  # the one box that is shown, when only one is

    @property
    def number(self) -> int:
        """How many rows there are in all."""
        return sum(len(one.rows) for one in self.boxes)

    @property
    def late(self) -> int:
        """How many of them are late."""
        return sum(box.late_count for box in self.boxes)


def of(collaboration: Collaboration, today: dt.date | None = None, whole: str = "") -> Week:
    """The week of a collaboration; with `whole` every row of the box by that name, and only that box.

    The number of queries does not depend on how much waits.
    """
    today = today or timezone.localdate()
    dialogues = list(collaboration.dialogues.select_related("guiding_question"))
    dialogue = next((one for one in dialogues if one.is_current), None)
    waves = listening.open_waves(collaboration, today)
    patience = min((one.silent_days for one in dialogues), default=0)
    kinds = [*_in_work(collaboration, patience, today), *_listening(collaboration, waves, today)]
    if dialogue:
        dialogue.collaboration = collaboration
        kinds += _in_dialogue(dialogue, today)
    else:
        kinds.append(
            ("dialog", "Dialogen", [WeekRow("Ingen dialog pågår. Börja med frågan ni vill ställa.", "dialogue-new")])
        )
    boxes = build_boxes(collaboration.slug, kinds, whole)
    chosen = [one for one in boxes if one.is_whole]
    return Week(chosen or boxes, waves, dialogue, whole if chosen else "")


def _in_work(collaboration: Collaboration, patience: int, today: dt.date) -> Iterator[tuple[str, str, Rows]]:
    going_on = activity_rows.rows_needing_attention(collaboration, patience, today)
    asked = answers.asked(collaboration, going_on)
    slug = collaboration.slug
    yield "beslut", "Svar som är sena eller väntas den här veckan", [*answers.this_week(asked, slug, today)]
    yield "svarar", "Organisationer som inte har svarat", [*answers.by_body(asked, today)]
    yield "loften", "Åtaganden från möten, dagen har passerat", [*work.promises(collaboration, today)]
    yield "aktiviteter", "Aktiviteter att se över", [*work.activities(going_on, today)]
    yield "moten", "Möten och protokoll", [*work.meetings(collaboration, today)]
    yield "utanfor", "Ingen utanför har svarat", [*work.outside(collaboration, today)]
    yield "rapporter", "Rapporter som inte är lästa", [*answers.unread(collaboration, today)]


def _listening(collaboration: Collaboration, waves: list[OpenWave], today: dt.date) -> Iterator[tuple[str, str, Rows]]:
    found = listening.counts(collaboration)
    yield "koda", "Att läsa och granska", [*listening.texts(found)]
    yield "brev", "Brev", [*listening.letters(found)]
    yield "formular", "Formulär som stänger snart", [*listening.closing(waves, today)]
    yield "parter", "Parter som inte har bekräftat", [*listening.partners(collaboration)]


def _in_dialogue(dialogue: Dialogue, today: dt.date) -> Iterator[tuple[str, str, Rows]]:
    standing = issues.of(dialogue)
    yield "redo", "Frågor som kan gå vidare", [*issues.ready(standing, today)]
    yield "orden", "Texter som boende fortfarande läser", [*issues.read_still(standing)]
    yield "saknas", "Vad de andra frågorna saknar", [*issues.lacking(standing, dialogue, today)]
    yield "dolda", "Frågor som inte syns", [*issues.hidden(standing)]
    yield "trappan", "Trappan", [*listening.steps(dialogue, today)]
    if not standing:
        yield (
            "fragor",
            "Sakfrågor",
            [WeekRow("Dialogen har inga sakfrågor än", "issues", who="de växer fram ur perspektiven")],
        )
