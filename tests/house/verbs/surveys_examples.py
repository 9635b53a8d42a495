"""How each verb of the surveys is called."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django.utils import timezone

from surveys.importing.columns.layout import ImportSource
from surveys.importing.rows import Batch
from surveys.lists.kinds import codebook
from surveys.models import LargeImport, ListImport
from surveys.piles.dealing import Deal
from surveys.questionnaire.survey_editing import QuestionWording
from surveys.questionnaire.survey_templates import survey_templates
from surveys.rules.questions import QuestionKind
from surveys.statements.reviewing import Review
from tests import factories as make
from tests.house.verbs.world import World
from tests.surveys.importing.examples import import_of_one_answer

Examples = Mapping[str, Callable[[World], dict[str, Any]]]

WORDS = {"sv": "Nya ord"}
WORDING = QuestionWording(QuestionKind.FREE_TEXT, WORDS)

CODEBOOK: Examples = {
    "perspectives.attach": lambda w: {"statement": w.statement, "perspective": w.perspective},
    "perspectives.detach": lambda w: {"statement": w.attachment.statement, "perspective": w.perspective},
    "perspectives.create_perspective": lambda w: {"collaboration": w.place, "title": WORDS},
    "perspectives.edit": lambda w: {
        "perspective": w.perspective, "title": WORDS, "description": "", "is_dissenting": True
    },
    "perspectives.merge": lambda w: {"perspective": w.perspective, "into": w.opposite},
    "perspectives.split": lambda w: {
        "perspective": w.perspective, "statements": [w.attachment.statement], "title": WORDS
    },
    "perspectives.retire": lambda w: {"perspective": w.perspective},
    "perspectives.restore": lambda w: {"perspective": w.perspective},
    "perspectives.oppose": lambda w: {"perspective": w.perspective, "other": w.opposite},
    "perspectives.unoppose": lambda w: {"polarity": w.polarity},
    "perspectives.second_opinion": lambda w: {"attachment": w.attachment, "agrees": True},
    "theme_editing.create_theme": lambda w: {"collaboration": w.place, "title": WORDS},
    "theme_editing.edit_theme": lambda w: {"theme": w.theme, "title": WORDS, "description": ""},
    "theme_editing.move_theme": lambda w: {"theme": w.theme, "steps": 1},
    "theme_editing.retire_theme": lambda w: {"theme": w.theme},
    "theme_editing.restore_theme": lambda w: {"theme": w.theme},
    "theme_editing.place": lambda w: {"perspective": w.perspective, "theme": w.theme},
    "theme_editing.unplace": lambda w: {"perspective": w.perspective, "theme": w.theme},
}  # fmt: skip
STATEMENTS: Examples = {
    "cutting.cut_statement": lambda w: {"source": w.source, "start": 0, "end": 4},
    "cutting.split_source": lambda w: {"source": w.source, "written": "Mer ljus."},
    "cutting.get_or_create_whole": lambda w: {"source": w.source},
    "cutting.finish_source": lambda w: {"source": w.source},
    "reviewing.confirm": lambda w: {"statement": w.statement, "review": Review("Mer ljus.")},
    "reviewing.quarantine": lambda w: {"statement": w.statement, "note": "Ett hot."},
    "reviewing.set_aside": lambda w: {"statement": w.statement},
    "reviewing.reopen": lambda w: {"statement": w.attachment.statement},
    "undoing.undo_last": lambda w: {"collaboration": w.place},
}
HEARD = {"mode": "group", "place": "", "language": "sv", "held_on": timezone.localdate(), "heard": {"resident": 1}}
FIELDWORK: Examples = {
    "collecting.interviewing.register_interview": lambda w: {
        "wave": w.wave, "submission": uuid4(), "notes": "Mer ljus.", **HEARD
    },
    "collecting.interviewing.correct_interview": lambda w: {"interview": w.interview, **HEARD},
    "collecting.paper_forms.undo_sheet": lambda w: {"wave": w.wave, "channel": w.channel, "code": "ABC"},
    "fielding.channels.create_channel": lambda w: {"survey": w.survey, "label": "Skolan"},
    "fielding.channels.change_channel": lambda w: {"channel": w.channel, "label": "Skolan", "is_small": True},
    "fielding.channels.close_channel": lambda w: {"channel": w.channel},
    "fielding.channels.reopen_channel": lambda w: {"channel": w.channel},
    "fielding.wave_planning.plan_wave": lambda w: {
        "survey": w.survey, "title": "Våren", "opens_on": timezone.localdate()
    },
    "fielding.wave_planning.change_wave": lambda w: {
        "wave": w.wave, "title": "Våren", "opens_on": timezone.localdate(), "closes_on": None
    },
    "fielding.wave_planning.close_wave": lambda w: {"wave": w.wave},
    "importing.large_files.begin": lambda w: {
        "survey": w.survey, "batch": Batch(w.wave, w.channel, "sv", timezone.localdate()), "source": ImportSource("a")
    },
    "importing.large_files.ask_worker": lambda w: {
        "large": LargeImport.objects.create(
            survey=w.survey, by=w.coordinator, wave=w.wave, day=timezone.localdate(), source="{}"
        ),
        "work": "judge", "chosen": {},
    },
    "importing.places.make_places": lambda w: {"survey": w.survey, "rows": []},
    "importing.storing.store_rows": lambda w: {"survey": w.survey, "key": uuid4(), "rows": [], "read": 0},
    "importing.taking_back.take_back": lambda w: {"answer_import": import_of_one_answer(w.wave, w.coordinator)},
    "lists.list_take_back.take_back": lambda w: {
        "kind": codebook.CODEBOOK,
        "done": ListImport.objects.create(collaboration=w.place, kind="kodbok", by=w.coordinator, rows=0, stored=0),
    },
    "piles.dealing.deal": lambda w: {"coder": w.coder, "chosen": Deal("reading", w.wave, 1)},
    "piles.dealing.take_back": lambda w: {"pile": w.pile},
    "piles.second_coding.code_again": lambda w: {"text": w.piled, "perspectives": [w.opposite]},
    "models.fielding.Wave.open": lambda w: {"self": make.wave(make.survey(w.place), opened_at=None)},
    "models.fielding.Wave.reopen": lambda w: {
        "self": make.wave(make.survey(w.place), closed_at=timezone.now()), "reason": "Fler vill svara."
    },
}  # fmt: skip
QUESTIONNAIRE: Examples = {
    "create_survey": lambda w: {
        "collaboration": w.place,
        "template": next(iter(survey_templates().values())),
        "title": WORDS,
        "guiding_question": w.survey.guiding_question,
    },
    "change_texts": lambda w: {
        "survey": w.survey, "languages": ["sv"],
        **dict.fromkeys(("guiding_question", "title", "introduction", "thanks"), WORDS),
    },
    "add_question": lambda w: {"survey": w.survey, "wording": WORDING},
    "add_background": lambda w: {"survey": w.survey, "key": "role"},
    "change_question": lambda w: {"question": w.question, "wording": WORDING},
    "retire_question": lambda w: {"question": w.question},
    "restore_question": lambda w: {"question": w.question},
    "move_question": lambda w: {"question": w.question, "steps": -1},
    "archive_survey": lambda w: {"survey": make.survey(w.place)},
    "unarchive_survey": lambda w: {"survey": w.survey},
}  # fmt: skip

RIGHTFUL = {"surveys.piles.second_coding.code_again": "coder"}

EXAMPLES: Examples = {
    **{f"surveys.codebook.{name}": example for name, example in CODEBOOK.items()},
    **{f"surveys.statements.{name}": example for name, example in STATEMENTS.items()},
    **{f"surveys.{name}": example for name, example in FIELDWORK.items()},
    **{f"surveys.questionnaire.survey_editing.{name}": example for name, example in QUESTIONNAIRE.items()},
}
