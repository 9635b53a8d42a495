"""The coordinator's week: boxes of rows about everything that waits, the most urgent first; and open waves."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone

from actors.models import Collaboration
from dialogue.activities import activity_rows
from dialogue.models import Dialogue
from dialogue.rules.week_boxes import WeekBox, WeekRow, build_boxes
from dialogue.worklists.waiting import answers, issues, listening, work
from dialogue.worklists.waiting.listening import OpenWave

BoxContent = tuple[str, str, list[WeekRow]]  # the name of the box in the address, its title and its rows


@dataclass(frozen=True)
class Week:
    """All that waits for the coordinator of a collaboration, and what is open."""

    boxes: list[WeekBox]
    waves: list[OpenWave]
    dialogues: list[Dialogue]  # that go on
    whole: str = ""  # the name of the only box shown; empty when all are

    @property
    def number(self) -> int:
        """How many rows there are in all."""
        return sum(len(box.rows) for box in self.boxes)

    @property
    def late(self) -> int:
        """How many of them are late."""
        return sum(box.late_count for box in self.boxes)


def build_week(collaboration: Collaboration, today: dt.date | None = None, whole: str = "") -> Week:
    """The week of a collaboration; with `whole` only the box of that name, with all its rows.

    The number of queries depends on how many dialogues go on, not on how much waits. With several, each has its boxes.
    """
    today = today or timezone.localdate()
    dialogues = list(collaboration.dialogues.select_related("guiding_question").order_by("pk"))
    running = [dialogue for dialogue in dialogues if dialogue.is_current]
    waves = listening.list_open_waves(collaboration, today)
    silent_days = min((dialogue.silent_days for dialogue in dialogues), default=0)
    contents = [*_work_boxes(collaboration, silent_days, today), *_listening_boxes(collaboration, waves, today)]
    for dialogue in running:
        dialogue.collaboration = collaboration
        boxes_of_it = _dialogue_boxes(dialogue, today)
        contents += _named(dialogue, boxes_of_it) if len(running) > 1 else boxes_of_it
    if coming := _dialogues_to_begin(dialogues, is_first=not running):
        contents.append(("dialog", "Dialoger som förbereds" if running else "Dialogen", coming))
    boxes = build_boxes(collaboration.slug, contents, whole)
    whole_boxes = [box for box in boxes if box.is_whole]
    return Week(whole_boxes or boxes, waves, running, whole if whole_boxes else "")


def _named(dialogue: Dialogue, boxes: Iterable[BoxContent]) -> Iterator[BoxContent]:
    """The boxes of one dialogue of several, with its name."""
    return ((f"{name}-{dialogue.slug}", f"{title}: {dialogue}", rows) for name, title, rows in boxes)


def _dialogues_to_begin(dialogues: list[Dialogue], *, is_first: bool) -> list[WeekRow]:
    """Those that are prepared; where there is none, a new one if no dialogue goes on."""
    prepared = [dialogue for dialogue in dialogues if dialogue.is_prepared]
    if not prepared and is_first:
        return [WeekRow("Ingen dialog pågår. Börja med frågan ni vill ställa.", "dialogue-new")]
    return [
        WeekRow(f"«{dialogue}» förbereds. Börja dialogen.", "dialogue-make-current", dialogue.pk)
        for dialogue in prepared
    ]


def _work_boxes(collaboration: Collaboration, silent_days: int, today: dt.date) -> Iterator[BoxContent]:
    activities = activity_rows.rows_needing_attention(collaboration, silent_days, today)
    awaited = answers.list_awaited_answers(collaboration, activities)
    slug = collaboration.slug
    yield "beslut", "Svar som är sena eller väntas den här veckan", [*answers.due_soon_rows(awaited, slug, today)]
    yield "svarar", "Organisationer som inte har svarat", [*answers.rows_by_body(awaited, today)]
    yield "loften", "Åtaganden från möten, dagen har passerat", [*work.overdue_promise_rows(collaboration, today)]
    yield "aktiviteter", "Aktiviteter att se över", [*work.activity_review_rows(activities, today)]
    yield "moten", "Möten och protokoll", [*work.meeting_rows(collaboration, today)]
    yield "utanfor", "Ingen utanför har svarat", [*work.unanswered_outside_rows(collaboration, today)]
    yield "rapporter", "Rapporter som inte är lästa", [*answers.unread_report_rows(collaboration, today)]


def _listening_boxes(collaboration: Collaboration, waves: list[OpenWave], today: dt.date) -> Iterator[BoxContent]:
    counts = listening.count_waiting(collaboration)
    yield "koda", "Att läsa och granska", [*listening.unread_text_rows(counts)]
    yield "brev", "Brev", [*listening.failed_letter_rows(counts)]
    yield "formular", "Formulär som stänger snart", [*listening.closing_wave_rows(waves, today)]
    yield "parter", "Parter som inte har bekräftat", [*listening.unconfirmed_partner_rows(collaboration)]


def _dialogue_boxes(dialogue: Dialogue, today: dt.date) -> Iterator[BoxContent]:
    waiting = issues.list_waiting_issues(dialogue)
    yield "redo", "Frågor som kan gå vidare", [*issues.ready_rows(waiting, today)]
    yield "orden", "Texter som boende fortfarande läser", [*issues.stale_text_rows(waiting)]
    yield "saknas", "Vad de andra frågorna saknar", [*issues.missing_requirement_rows(waiting, dialogue, today)]
    yield "dolda", "Frågor som inte syns", [*issues.hidden_issue_rows(waiting)]
    yield "trappan", "Trappan", [*listening.process_step_rows(dialogue, today)]
    if not waiting:
        yield (
            "fragor",
            "Sakfrågor",
            [WeekRow("Dialogen har inga sakfrågor än", "issues", who="de växer fram ur perspektiven")],
        )
