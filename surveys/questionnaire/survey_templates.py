"""Templates for new forms: three complete ones in four languages, and a blank one."""

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
    """A template: when to use it, and the initial content of the form."""

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
    """Return all templates by key, the blank one last."""
    definitions = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["templates"]
    templates = {definition["key"]: _read_template(definition) for definition in definitions}
    return {**templates, BLANK: SurveyTemplate(BLANK, "Tomt formulär", "När du vill skriva alla frågor själv.")}


def _read_template(definition: dict[str, Any]) -> SurveyTemplate:
    plain = {name: definition[name] for name in ("key", "name", "when", "purpose", "title", "introduction", "thanks")}
    questions = tuple(_read_question(question) for question in definition["questions"])
    return SurveyTemplate(**plain, questions=questions, background=tuple(definition["background"]))


def _read_question(definition: dict[str, Any]) -> TemplateQuestion:
    kind = QuestionKind(definition["kind"])
    options = definition.get("options") or [
        dict(option) for option in (option_data(SCALE) if kind is QuestionKind.SCALE else [])
    ]
    return TemplateQuestion(
        kind, definition["text"], definition.get("help") or {}, bool(definition["required"]), options
    )
