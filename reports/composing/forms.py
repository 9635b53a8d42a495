"""Forms for composing a report: creating it, its texts, and connections between its themes."""

from collections import defaultdict
from functools import cached_property
from typing import Any

from django import forms

from dialogue.models import Dialogue
from ostberga.lib.editing.edit_form import EditForm, EditModelForm
from ostberga.lib.form_choices import set_choices
from ostberga.lib.plain_text import plain_text
from ostberga.lib.translations.languages import SWEDISH_NAMES, TRANSLATED, is_rtl
from reports.composing.selection_form import list_perspective_options
from reports.models import Report, ReportConnection, ReportTheme
from reports.rules.findings import NEEDED
from surveys.models import Theme, Wave

TEXTS = {
    "title": "Rapportens namn, som det ska stå på framsidan.",
    "subtitle": "En rad om vad den bygger på och när.",
    "summary": "Lättläst, högst en halv sida: vad människor har berättat, även där de tycker olika.",
    "background": "Varför frågade ni, på vems uppdrag, och vad hör ihop med tidigare dialoger?",
    "method": "När, var och hur ni lyssnade, och vem som samtalade. Antalen räknas ut åt dig i nästa kapitel.",
    "connections": "Hur det ena märks i det andra. Beskriv, förklara inte bort.",
    "can_influence": "Vem råder över vad? Skriv också vad som inte går att påverka. Inte vad som ska göras.",
    "limitations": "Vad kan rapporten inte säga? Vilka har ni inte nått, och varför?",
    "next_steps": "Vad händer nu, när, och hur är man med? Inga löften om åtgärder.",
    "question_guide": "Frågorna som ställdes, en per rad. De blir en bilaga.",
}
GONE = {"invalid_choice": "Något du kryssade går inte att visa i rapporten längre. Se efter, och spara igen."}
ROWS = {"summary": 10, "background": 8, "method": 10, "question_guide": 5}


class NewReportForm(forms.Form):
    """The title and the wave of a new report."""

    title = forms.CharField(label="Rapportens namn", max_length=200, help_text="Till exempel: Så säger vi i Östberga.")
    wave = forms.ModelChoiceField(
        Wave.objects.none(), label="Omgång", empty_label=None, help_text="Allt som räknas och citeras kommer därifrån."
    )

    def __init__(self, dialogue: Dialogue, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waves = Wave.objects.filter(survey__dialogues=dialogue).order_by("-opens_on")
        self.fields["wave"].queryset = waves  # type: ignore[attr-defined]  # a ModelChoiceField


class ReportTextsForm(EditModelForm):
    """The texts of a report; the summary also in the languages of the collaboration, and those it is written in."""

    summary_en = forms.CharField(label="Sammanfattning på engelska", required=False, widget=forms.Textarea)
    summary_so = forms.CharField(label="Sammanfattning på somaliska", required=False, widget=forms.Textarea)
    summary_ar = forms.CharField(label="Sammanfattning på arabiska", required=False, widget=forms.Textarea)

    class Meta:
        model = Report
        fields = list(TEXTS)
        help_texts = TEXTS
        widgets = {
            name: forms.Textarea(attrs={"rows": ROWS.get(name, 7)})
            for name in TEXTS
            if name not in {"title", "subtitle"}
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NEEDED:
            # Shown by components/field.html in place of «frivilligt».
            self.fields[name].mark = "behövs för att publicera"  # type: ignore[attr-defined]
        asked = self.instance.dialogue.collaboration.languages or TRANSLATED
        for code in TRANSLATED:
            field = self.fields[f"summary_{code}"]
            self.initial[f"summary_{code}"] = self.instance.summary_translations.get(code, "")
            if code not in asked and not self.initial[f"summary_{code}"]:
                del self.fields[f"summary_{code}"]
            field.widget.attrs.update(lang=code, dir="rtl" if is_rtl(code) else "ltr", rows=8)
            field.help_text = f"Be någon som har {SWEDISH_NAMES[code]} som modersmål att läsa den."

    def texts(self) -> dict[str, Any]:
        """Values for `Report.write`, by field name."""
        swedish = {name: self.cleaned_data[name].strip() for name in TEXTS}
        translations = {code: self.cleaned_data.get(f"summary_{code}", "").strip() for code in TRANSLATED}
        return {**swedish, "summary_translations": {code: text for code, text in translations.items() if text}}


class ThemeContentsForm(EditForm):
    """The introduction of a theme in the report, and which perspectives and quotes are chosen under it.

    A quote is chosen under a perspective: its value is PERSPECTIVE:STATEMENT.
    """

    introduction = forms.CharField(
        label="Inledning",
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text="Några meningar om vad temat handlar om, vad tjänstepersoner och politiker säger, och kända fakta "
        "med källa. Inga slutsatser om vad som ska göras.",
    )
    perspective = forms.MultipleChoiceField(label="Perspektiv", required=False, error_messages=GONE)
    quote = forms.MultipleChoiceField(label="Citat", required=False, error_messages=GONE)

    def __init__(self, theme: ReportTheme, data: Any = None) -> None:
        super().__init__(data, edits=theme, initial=lambda: self._read(theme))
        set_choices(self, "perspective", [(option.key, str(option.perspective)) for option in self.options])
        quotes = [(quote.key, quote.statement.swedish) for option in self.options for quote in option.quotes]
        set_choices(self, "quote", quotes)

    def _read(self, theme: ReportTheme) -> dict[str, Any]:
        self.options = list_perspective_options(theme)
        chosen = [option for option in self.options if option.row]
        return {
            "introduction": theme.introduction,
            "perspective": [option.key for option in chosen],
            "quote": [quote.key for option in chosen for quote in option.chosen],
        }

    @cached_property
    def ticked(self) -> set[str]:
        """The values of the boxes that are ticked."""
        return {str(value) for name in ("perspective", "quote") for value in self[name].value() or ()}

    @property
    def selection(self) -> dict[str, Any]:
        """The cleaned values, as `choose_contents` takes them."""
        quotes: dict[int, set[str]] = defaultdict(set)
        for pair in self.cleaned_data["quote"]:
            key, _, statement = pair.partition(":")
            quotes[int(key)].add(statement)
        perspectives = {int(key) for key in self.cleaned_data["perspective"]}
        introduction = plain_text(self.cleaned_data["introduction"])
        return {"introduction": introduction, "perspectives": perspectives, "quotes": quotes}


class ThemeConnectionForm(forms.ModelForm[ReportConnection]):
    """A connection between two of the report's themes."""

    class Meta:
        model = ReportConnection
        fields = ["one", "other", "sentence"]
        labels = {"one": "Det ena temat", "other": "Det andra temat", "sentence": "Hur märks det?"}
        help_texts = {"sentence": "En mening: «När bussen går sällan spelar ljuset på vägen större roll.»"}

    def __init__(self, report: Report, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "instance": ReportConnection(report=report)})
        chosen = Theme.objects.filter(pk__in=report.chosen_themes.values("theme"))
        for name in ("one", "other"):
            self.fields[name].queryset = chosen  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        """Refuse a connection of a theme with itself."""
        cleaned = super().clean() or {}
        if cleaned.get("one") and cleaned.get("one") == cleaned.get("other"):
            self.add_error("other", "Välj två olika teman.")
        return cleaned
