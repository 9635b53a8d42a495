"""Receiving answers: complete forms per second, against a single-file app that stores the same rows.

`python -m benchmarks.answering` (goal: at least 0.5). The baseline uses two INSERTs and a COMMIT; we write the same
rows with one statement, which is part of what is measured. `--reckless` does not wait for the disk, so that only the
work of the programs is measured.
"""

import sys
import uuid
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import django
import yaml

from benchmarks.http_load import request, responses_per_second
from benchmarks.servers import ROOT, gunicorn, interleave, ratio, start_servers

if TYPE_CHECKING:
    from surveys.models import Survey

GOAL = 0.5
TEXT = "När lamporna är släckta vid stråket går jag hellre runt hela kvarteret. " * 3


def main() -> None:
    """Run the benchmark and print the ratio."""
    with start_servers(durable="--reckless" not in sys.argv) as env:
        django.setup()
        survey = make_survey()
        wave, channel = survey.waves.get(), survey.channels.get()
        baseline_env = {"BENCH_WAVE": str(wave.pk), "BENCH_CHANNEL": str(channel.pk)}
        with (
            gunicorn("ostberga.wsgi", env=env) as ours,
            gunicorn("benchmarks.baseline_answering:application", env=env | baseline_env) as bare,
        ):
            send = partial(filled_in, answers(survey))
            contenders = {
                "vi": lambda: responses_per_second(ours, partial(send, f"/svara/{channel.code}/"), expect=303),
                "golv": lambda: responses_per_second(bare, partial(send, "/"), expect=303),
            }
            figures = interleave(contenders)
    print(f"svar per sekund, kvot mot golvet: {ratio(figures, 'vi', 'golv'):.2f} (mål: minst {GOAL})")


def make_survey() -> "Survey":
    """Create the demo's survey with all its questions and an open wave."""
    from django.utils import timezone

    from actors.models import Collaboration, Organisation
    from surveys.models import Channel, Question, Survey, Wave
    from surveys.rules.standard_questions import BACKGROUND_QUESTIONS, option_data

    content = yaml.safe_load((ROOT / "ostberga" / "demo" / "survey.yaml").read_text())
    body = Organisation.objects.create(name="Nämnden", short_name="Nämnden", slug="namnden", kind="committee_admin")
    today = timezone.localdate()
    collaboration = Collaboration.objects.create(
        slug="ostberga", name="Östberga", area="Östberga", since_start=today, data_controller=body
    )
    texts = {name: content["survey"][name] for name in ("title", "introduction", "thanks", "languages")}
    survey = Survey.objects.create(collaboration=collaboration, **texts)
    for position, row in enumerate(content["questions"]):
        fields = {name: row.get(name, []) for name in ("kind", "text", "help", "options", "required")}
        Question.objects.create(survey=survey, position=position, **fields)
    for position, key in enumerate(content["background"], 100):
        options, text = option_data(BACKGROUND_QUESTIONS[key].options), dict(BACKGROUND_QUESTIONS[key].text)
        Question.objects.create(
            survey=survey, position=position, kind="one_choice", background=key, text=text, options=options
        )
    Wave.objects.create(survey=survey, number=1, title="Nu", opens_on=today, opened_at=timezone.now())
    Channel.objects.create(survey=survey, label="Webben", code="trivsel", is_web=True)
    return survey


def answers(survey: "Survey") -> list[tuple[str, str]]:
    """Return the fields of a form with every question answered; of several choices the first three."""
    from surveys.questionnaire.survey_definition import load_definition

    fields: list[tuple[str, str]] = []
    for question in load_definition(survey).questions:
        chosen = question.spec.allowed[:3] if question.spec.kind == "several_choices" else question.spec.allowed[:1]
        fields += [(question.name, value) for value in chosen or (TEXT,)]
    return fields


def filled_in(values: list[tuple[str, str]], path: str) -> bytes:
    """Return the request that submits a form with a new submission key."""
    return request("POST", path, urlencode([("nyckel", str(uuid.uuid4())), *values]).encode())


if __name__ == "__main__":
    main()
