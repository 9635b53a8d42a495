"""Forms to start from: three that have been thought through in four languages, and a blank one."""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from ostberga.lib.translations.languages import LANGUAGES
from surveys.rules.questions import QuestionKind
from surveys.rules.standard_questions import SCALE, option_data

Texts = dict[str, str]

_FILE = Path(__file__).with_name("survey_templates.yaml")
BLANK = "tomt"


@dataclass(frozen=True)
class TemplateQuestion:
    """A question of a template."""

    kind: QuestionKind
    text: Texts
    help: Texts
    required: bool
    options: list[dict[str, Any]]


@dataclass(frozen=True)
class SurveyTemplate:
    """A template: when it suits, and what a form made from it holds at first."""

    key: str
    name: str
    when: str
    purpose: str = "perspectives"
    title: Texts = field(default_factory=dict)
    introduction: Texts = field(default_factory=dict)
    thanks: Texts = field(default_factory=dict)
    languages: tuple[str, ...] = LANGUAGES
    questions: tuple[TemplateQuestion, ...] = ()
    background: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def survey_templates() -> dict[str, SurveyTemplate]:
    """All there are by key, the blank one last."""
    read = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["templates"]
    made = {given["key"]: _starting_point(given) for given in read}
    return {**made, BLANK: SurveyTemplate(BLANK, "Tomt formulär", "När du vill skriva alla frågor själv.")}


def _starting_point(given: dict[str, Any]) -> SurveyTemplate:
    plain = {name: given[name] for name in ("key", "name", "when", "purpose", "title", "introduction", "thanks")}
    questions = tuple(_question(one) for one in given["questions"])
    return SurveyTemplate(**plain, questions=questions, background=tuple(given["background"]))


def _question(given: dict[str, Any]) -> TemplateQuestion:
    kind = QuestionKind(given["kind"])
    options = given.get("options") or [
        dict(option) for option in (option_data(SCALE) if kind is QuestionKind.SCALE else [])
    ]
    return TemplateQuestion(kind, given["text"], given.get("help") or {}, bool(given["required"]), options)
