"""Forms for the texts of an issue and for the bodies it concerns."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.text import slugify

from actors.models import Organisation
from dialogue.models import Dialogue, Issue
from dialogue.models.former.addresses import free_slug, holder_of_slug
from ostberga.lib.editing.edit_form import EditForm
from ostberga.lib.translations.texts_form import TextField, TextsForm


class IssueForm(EditForm, TextsForm):
    """The texts of an issue in each language, and its slug."""

    texts: ClassVar[Mapping[str, TextField]] = {
        "title": TextField("Rubrik", "Några ord som alla känner igen.", max_length=120),
        "description": TextField(
            "Vad frågan handlar om", "Två meningar. Båda sidor.", required=False, rows=4, max_length=1200
        ),
        "next_up": TextField(
            "Vad händer nu?", "Nästa händelse och när, med enkla ord.", required=False, rows=3, max_length=800
        ),
    }
    slug = forms.SlugField(
        label="Sista delen av webbadressen",
        max_length=80,
        required=False,
        help_text="Små bokstäver a–z, siffror och bindestreck. Tomt: den görs av rubriken.",
        error_messages={"invalid": "Använd bara små bokstäver a–z, siffror och bindestreck."},
    )

    def __init__(self, dialogue: Dialogue, data: Any = None, *, issue: Issue | None = None) -> None:
        names = ("title", "description", "next_up", "slug")
        super().__init__(data, edits=issue, initial=lambda: {name: getattr(issue, name) for name in names if issue})
        self.collaboration, self.issue = dialogue.collaboration, issue

    def clean(self) -> dict[str, Any]:
        """The slug is made from the title when none is given; one that is given no other issue here may have had."""
        typed = super().clean() or self.cleaned_data
        if "slug" in typed and typed.get("title_sv"):
            typed["slug"] = typed["slug"].lower() or self._slug_of(typed["title_sv"])
            if holder := holder_of_slug(self.collaboration, typed["slug"], self.issue):
                told = f"«{holder}» i {holder.dialogue} har eller har haft adressen {typed['slug']}. Välj en annan."
                self.add_error("slug", told)
        return typed

    def _slug_of(self, title: str) -> str:
        return free_slug(self.collaboration, slugify(title)[:80] or "fraga", self.issue)

    @property
    def arguments(self) -> dict[str, Any]:
        """Keyword arguments for `create_issue` and `Issue.describe`."""
        return {"slug": self.cleaned_data["slug"], **{name: self.texts_of(name) for name in self.texts}}


class ConcernedBodiesForm(EditForm):
    """The bodies that an issue concerns, and what each of them can do about it."""

    def __init__(self, issue: Issue, bodies: Sequence[Organisation], data: Any = None) -> None:
        super().__init__(data, edits=issue)
        now = dict(issue.concerned.values_list("organisation", "why"))
        self.bodies = bodies
        for body in bodies:
            self.fields[f"part_{body.pk}"] = forms.BooleanField(label=body.name, required=False, initial=body.pk in now)
            self.fields[f"varfor_{body.pk}"] = forms.CharField(
                label=f"Vad {body.short_name} råder över i frågan",
                required=False,
                max_length=240,
                initial=now.get(body.pk),
            )

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The checkbox and the text field of each body."""
        return [(self[f"part_{body.pk}"], self[f"varfor_{body.pk}"]) for body in self.bodies]

    def clean(self) -> dict[str, Any]:
        """A ticked body needs a text, and a text needs a ticked body."""
        typed = super().clean() or self.cleaned_data
        for body in self.bodies:
            if typed.get(f"part_{body.pk}") and not typed.get(f"varfor_{body.pk}"):
                self.add_error(f"varfor_{body.pk}", f"Skriv vad {body.short_name} råder över.")
            if typed.get(f"varfor_{body.pk}") and not typed.get(f"part_{body.pk}"):
                self.add_error(f"part_{body.pk}", f"Kryssa {body.short_name}, eller ta bort texten.")
        return typed

    @property
    def chosen(self) -> dict[Organisation, str]:
        """The ticked bodies, each with its text."""
        typed = self.cleaned_data
        return {body: typed[f"varfor_{body.pk}"] for body in self.bodies if typed[f"part_{body.pk}"]}
