"""Receiving answers: full forms sent to us each second, against a single-file app that stores the same rows.

`python -m benchmarks.answering` (goal: at least 0.5). The floor writes as one would, two INSERTs and a COMMIT; we write
the same rows with one sentence, which is part of what is measured. `--reckless` does not wait for the disk, which
flatters nobody: all that is left is the work of the programs.
"""

import sys
import uuid
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import django
import yaml

from benchmarks.arena import ROOT, gunicorn, interleave, ratio, start_servers
from benchmarks.load import per_second, request

if TYPE_CHECKING:
    from surveys.models import Survey

GOAL = 0.5
TEXT = "När lamporna är släckta vid stråket går jag hellre runt hela kvarteret. " * 3


def main() -> None:
    """Measure and print."""
    with start_servers(durable="--reckless" not in sys.argv) as env:
        django.setup()
        survey = make_survey()
        wave, channel = survey.waves.get(), survey.channels.get()
        there = {"BENCH_WAVE": str(wave.pk), "BENCH_CHANNEL": str(channel.pk)}
        with (
            gunicorn("ostberga.wsgi", env=env) as ours,
            gunicorn("benchmarks.bare_answering:application", env=env | there) as bare,
        ):
            send = partial(filled_in, answers(survey))
            contenders = {
                "vi": lambda: per_second(ours, partial(send, f"/svara/{channel.code}/"), expect=303),
                "golv": lambda: per_second(bare, partial(send, "/"), expect=303),
            }
            figures = interleave(contenders)
    print(f"svar per sekund, kvot mot golvet: {ratio(figures, 'vi', 'golv'):.2f} (mål: minst {GOAL})")


def make_survey() -> "Survey":
    """The demo's form with all its questions, open now."""
    from django.utils import timezone

    from actors.models import Collaboration, Organisation
    from surveys.models import Channel, Question, Survey, Wave
    from surveys.rules.standard_questions import BACKGROUND_QUESTIONS, option_data

    told = yaml.safe_load((ROOT / "ostberga" / "demo" / "survey.yaml").read_text())
    body = Organisation.objects.create(name="Nämnden", short_name="Nämnden", slug="namnden", kind="committee_admin")
    today = timezone.localdate()
    collaboration = Collaboration.objects.create(
        slug="ostberga", name="Östberga", area="Östberga", since_start=today, data_controller=body
    )
    texts = {name: told["survey"][name] for name in ("title", "introduction", "thanks", "languages")}
    survey = Survey.objects.create(collaboration=collaboration, **texts)
    for position, asked in enumerate(told["questions"]):
        kept = {name: asked.get(name, []) for name in ("kind", "text", "help", "options", "required")}
        Question.objects.create(survey=survey, position=position, **kept)
    for position, key in enumerate(told["background"], 100):
        options, text = option_data(BACKGROUND_QUESTIONS[key].options), dict(BACKGROUND_QUESTIONS[key].text)
        Question.objects.create(
            survey=survey, position=position, kind="one_choice", background=key, text=text, options=options
        )
    Wave.objects.create(survey=survey, number=1, title="Nu", opens_on=today, opened_at=timezone.now())
    Channel.objects.create(survey=survey, label="Webben", code="trivsel", is_web=True)
    return survey


def answers(survey: "Survey") -> list[tuple[str, str]]:
    """Every question answered; of several choices the first three."""
    from surveys.questionnaire.survey_definition import load_definition

    filled: list[tuple[str, str]] = []
    for question in load_definition(survey).questions:
        chosen = question.spec.allowed[:3] if question.spec.kind == "several_choices" else question.spec.allowed[:1]
        filled += [(question.name, value) for value in chosen or (TEXT,)]
    return filled


def filled_in(values: list[tuple[str, str]], path: str) -> bytes:
    """One person's form, with a key of its own."""
    return request("POST", path, urlencode([("nyckel", str(uuid.uuid4())), *values]).encode())


if __name__ == "__main__":
    main()
