"""Forms for creating a form and editing its texts and questions."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.text import slugify

from ostberga.lib.editing.edit_form import EditForm
from ostberga.lib.translations.languages import LANGUAGES, SOURCE, SWEDISH_NAMES
from ostberga.lib.translations.texts_form import TextField, TextsForm
from surveys.models import GuidingQuestion, Question, Survey
from surveys.questionnaire.survey_editing import QuestionWording
from surveys.questionnaire.survey_templates import SurveyTemplate, survey_templates
from surveys.rules.questions import QuestionKind
from surveys.rules.standard_questions import SCALE, TRUST_SCALE, option_data

MAX_OPTIONS = 24
EXTRA_ROWS = 3
CHOOSING = (QuestionKind.ONE_CHOICE, QuestionKind.SEVERAL_CHOICES)
SCALES = {"agreement": option_data(SCALE), "trust": option_data(TRUST_SCALE)}


class NewSurveyForm(forms.Form):
    """A new form: template, title and guiding question."""

    template = forms.ChoiceField(label="Börja från", widget=forms.RadioSelect)
    title = forms.CharField(label="Formulärets namn", max_length=120, help_text="Det syns överst för den som svarar.")
    guiding_question = forms.CharField(
        label="Den vägledande frågan",
        max_length=240,
        help_text="En öppen fråga som alla får, till exempel: Vad tycker du ger trivsel och trygghet i Östberga?",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        points = survey_templates().values()
        choices = [(point.key, f"{point.name}: {point.when}") for point in points]
        self.fields["template"] = forms.ChoiceField(
            label="Börja från", choices=choices, initial=choices[0][0], widget=forms.RadioSelect
        )

    @property
    def survey_template(self) -> SurveyTemplate:
        """The template that was chosen."""
        return survey_templates()[self.cleaned_data["template"]]

    @property
    def titles(self) -> dict[str, str]:
        """The title per language: the template's translations only if the template's own title was kept."""
        template = self.survey_template.title
        typed = str(self.cleaned_data["title"])
        return dict(template) if template.get(SOURCE) == typed else {SOURCE: typed}


class SurveyTextsForm(EditForm, TextsForm):
    """The texts around the questions, and the languages."""

    texts: ClassVar[Mapping[str, TextField]] = {
        "guiding_question": TextField(
            "Vägledande fråga", "Står först i formuläret, på affischen och på den öppna sidan.", max_length=240
        ),
        "title": TextField("Formulärets namn", max_length=120),
        "introduction": TextField(
            "Inledning",
            "Två meningar om vad som händer med svaret. Lova aldrig att någon är anonym: svaren blir allmän handling.",
            rows=4,
            max_length=1000,
            required=False,
        ),
        "thanks": TextField("Tack", "Det första den som svarat läser.", rows=2, max_length=400, required=False),
    }
    languages = forms.MultipleChoiceField(
        label="Fler språk än svenska",
        choices=[(code, SWEDISH_NAMES[code].capitalize()) for code in LANGUAGES if code != SOURCE],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Språken formuläret visas på. Saknas en översättning visas den svenska texten.",
    )

    @classmethod
    def for_survey(cls, survey: Survey, data: Any = None) -> "SurveyTextsForm":
        """Return a form for an existing survey, bound if `data` is given."""
        shared = [survey.guiding_question] if survey.guiding_question else []
        return cls(data, edits=survey, besides=shared, initial=lambda: _stored_texts(survey))

    @property
    def values(self) -> dict[str, Any]:
        """The cleaned values as keyword arguments of `survey_editing.change_texts`."""
        return {**{name: self.texts_of(name) for name in self.texts}, "languages": self.cleaned_data["languages"]}


class OptionsField(forms.CharField):
    """Options as JSON, and in words when two people have changed them."""

    def prepare_value(self, value: Any) -> str:
        """Return stored options as they are compared: as JSON."""
        return value if isinstance(value, str) else json.dumps(value or [], sort_keys=True)

    def in_words(self, value: str) -> str:
        """Return their Swedish texts, one on each line."""
        return "\n".join(option["text"].get(SOURCE, "") for option in json.loads(value))


class SurveyQuestionForm(EditForm, TextsForm):
    """A question: texts and kind. `offered` holds all its options, which have a formset of their own."""

    texts: ClassVar[Mapping[str, TextField]] = {
        "text": TextField("Frågan", "Kort och enkelt, en sak i taget.", rows=2),
        "help": TextField("Hjälptext", "Till exempel vad svaret ska användas till.", required=False),
    }
    kind = forms.ChoiceField(
        label="Hur besvaras frågan?",
        choices=[
            (QuestionKind.FREE_TEXT, "Med egna ord"),
            (QuestionKind.ONE_CHOICE, "Ett val i en lista"),
            (QuestionKind.SEVERAL_CHOICES, "Flera val i en lista"),
            (QuestionKind.SCALE, "En skala i fem steg, med «vet inte»"),
        ],
        widget=forms.RadioSelect,
        initial=QuestionKind.FREE_TEXT,
    )
    scale = forms.ChoiceField(
        label="Skalans ord",
        choices=[("agreement", "Instämmer inte alls – instämmer helt"), ("trust", "Mycket lågt – mycket stort")],
        required=False,
        help_text="Gäller bara när frågan besvaras med en skala.",
    )
    required = forms.BooleanField(
        label="Frågan måste besvaras",
        required=False,
        help_text="Fråga hellre frivilligt: fler svarar då på resten.",
    )
    offered = OptionsField(label="Svarsvalen", required=False, widget=forms.HiddenInput)

    @classmethod
    def for_question(
        cls, question: Question, data: Any = None, rows: "OptionFormSet | None" = None
    ) -> "SurveyQuestionForm":
        """Return a form for an existing question, bound if `data` is given, with what its valid rows hold."""
        if data is not None:
            data = data.copy()
            data["offered"] = json.dumps(rows.chosen(), sort_keys=True) if rows is not None and rows.is_valid() else ""
        form = cls(data, edits=question, besides=[question.survey], initial=lambda: _stored_question(question))
        if not form.data.get("offered"):
            form.leave_out("offered")  # rows that are wrong cannot be compared yet
        return form

    def rows_to_show(self, rows: "OptionFormSet") -> "OptionFormSet":
        """Return the rows for the page: of an existing question, what was merged of its options and those sent."""
        if self.edits is None or self.is_valid() or "offered" in self.uncompared or not self.is_bound:
            return rows
        return build_option_formset(json.loads(self.data["offered"]))

    def wording(self, options: list[dict[str, Any]]) -> QuestionWording:
        """Return the cleaned values as a QuestionWording. Those of an existing question have been merged."""
        options = json.loads(self.cleaned_data["offered"]) if self.cleaned_data["offered"] else options
        kind = self.cleaned_data["kind"]
        if kind == QuestionKind.SCALE:
            options = [dict(option) for option in SCALES[self.cleaned_data["scale"] or "agreement"]]
        elif kind == QuestionKind.FREE_TEXT:
            options = []
        return QuestionWording(
            kind, self.texts_of("text"), self.texts_of("help"), options, self.cleaned_data["required"]
        )


class OptionForm(TextsForm):
    """An answer option. A form with empty texts removes the option."""

    texts: ClassVar[Mapping[str, TextField]] = {"text": TextField("Svarsval", required=False, max_length=160)}
    value = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Require the Swedish text if there is a translation."""
        typed = {**self.cleaned_data}
        if not typed.get("text_sv") and any(typed.get(f"text_{code}") for code in LANGUAGES):
            self.add_error("text_sv", "Skriv svarsvalet på svenska också.")
        return typed


class OptionFormSet(forms.BaseFormSet[OptionForm]):
    """All options of a question, in order, with a few empty rows."""

    def add_fields(self, form: OptionForm, index: int | None) -> None:
        """Number the labels, so that screen readers can tell the rows apart."""
        super().add_fields(form, index)
        form.fields["text_sv"].label = f"Svarsval {(index or 0) + 1}"

    def chosen(self) -> list[dict[str, Any]]:
        """Return the options as stored in `Question.options`; new ones get a unique code."""
        rows = [(form.cleaned_data.get("value") or "", form.texts_of("text")) for form in self.forms]
        taken: set[str] = set()
        options = []
        for value, texts in ((value, texts) for value, texts in rows if texts):
            code = _free(value or slugify(texts[SOURCE]).replace("-", "_")[:30] or "val", taken)
            options.append({"value": code, "text": texts})
        return options


def _stored_question(question: Question) -> dict[str, Any]:
    scale = "trust" if question.options == SCALES["trust"] else "agreement"
    names = ("text", "help", "kind", "required")
    offered = question.options if question.kind in CHOOSING else []
    return {**{name: getattr(question, name) for name in names}, "scale": scale, "offered": offered}


def _stored_texts(survey: Survey) -> dict[str, Any]:
    guiding = survey.guiding_question or GuidingQuestion()
    names = ("title", "introduction", "thanks", "languages")
    return {"guiding_question": guiding.text, **{name: getattr(survey, name) for name in names}}


def _free(code: str, taken: set[str]) -> str:
    number, tried = 1, code
    while tried in taken:
        number += 1
        tried = f"{code}_{number}"
    taken.add(tried)
    return tried


def build_option_formset(options: Any = None, data: Any = None, more: bool = False) -> OptionFormSet:
    """Return the formset of these options of a question; `more` adds empty rows to the submitted ones."""
    if data is not None and more:
        data = data.copy()
        total = int(data.get("options-TOTAL_FORMS") or 0) if (data.get("options-TOTAL_FORMS") or "").isdecimal() else 0
        data["options-TOTAL_FORMS"] = str(min(total + EXTRA_ROWS, MAX_OPTIONS))
    make = forms.formset_factory(OptionForm, formset=OptionFormSet, extra=EXTRA_ROWS, max_num=MAX_OPTIONS)
    assert issubclass(make, OptionFormSet)  # noqa: S101 - what the factory makes, which its types do not say
    return make(data, initial=options, prefix="options")
