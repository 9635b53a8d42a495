"""Forms for perspectives and themes."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms

from actors.models import Collaboration, User
from ostberga.lib.action_form import ActionForm
from ostberga.lib.editing.edit_form import EditForm
from ostberga.lib.form_choices import limit_choices
from ostberga.lib.id_parsing import parse_id
from ostberga.lib.locking import lock
from ostberga.lib.translations.texts_form import TextField, TextsForm
from surveys.codebook import perspectives, theme_editing
from surveys.models import Perspective, Polarity, Statement, Theme

LONGEST = 4000


class PerspectiveForm(EditForm, TextsForm, ActionForm):
    """Title and description of a perspective, and whether it is dissenting."""

    texts: ClassVar[Mapping[str, TextField]] = {
        "title": TextField("Perspektiv", "I vi-form: «Vi som går hem sent vill se vägen».", max_length=200)
    }
    description = forms.CharField(
        label="Beskrivning",
        help_text="Vad perspektivet rymmer, med dina ord.",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
    )
    is_dissenting = forms.BooleanField(
        label="Nej-röst", required=False, help_text="En minoritets röst som måste finnas kvar."
    )

    @classmethod
    def for_perspective(cls, perspective: Perspective, data: Any = None) -> "PerspectiveForm":
        """Return a form for an existing perspective, bound if `data` is given."""
        names = ("title", "description", "is_dissenting")
        return cls(data, edits=perspective, initial=lambda: {name: getattr(perspective, name) for name in names})

    def create(self, collaboration: Collaboration, by: User) -> Perspective | None:
        """Create a perspective. Returns None on errors."""
        return self.run(lambda: perspectives.create_perspective(collaboration=collaboration, by=by, **self._values))

    def edit(self, perspective: Perspective, by: User) -> bool:
        """Save the values. Returns whether it succeeded."""
        self.run(lambda: perspectives.edit(perspective=perspective, by=by, **self._values))
        return not self.errors

    @property
    def _values(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "title": self.texts_of("title"),
            "description": typed["description"],
            "is_dissenting": typed["is_dissenting"],
        }


class ThemeForm(EditForm, TextsForm, ActionForm):
    """Title and description of a theme."""

    texts: ClassVar[Mapping[str, TextField]] = {"title": TextField("Tema", "Ett kort namn.", max_length=80)}
    description = forms.CharField(
        label="Beskrivning",
        help_text="Vad temat rymmer.",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
    )

    @classmethod
    def for_theme(cls, theme: Theme, data: Any = None) -> "ThemeForm":
        """Return a form for an existing theme, bound if `data` is given."""

        def now() -> dict[str, Any]:
            return {"title": theme.title, "description": theme.description}

        return cls(data, edits=theme, initial=now)

    def create(self, collaboration: Collaboration, by: User) -> Theme | None:
        """Create a theme. Returns None on errors."""
        return self.run(lambda: theme_editing.create_theme(collaboration=collaboration, by=by, **self._values))

    def edit(self, theme: Theme, by: User) -> bool:
        """Save the values. Returns whether it succeeded."""
        self.run(lambda: theme_editing.edit_theme(theme=theme, by=by, **self._values))
        return not self.errors

    @property
    def _values(self) -> dict[str, Any]:
        return {"title": self.texts_of("title"), "description": self.cleaned_data["description"]}


class OtherPerspectiveForm(ActionForm):
    """Choice of another perspective in use."""

    other = forms.ModelChoiceField(Perspective.objects.none(), label="Perspektiv", empty_label="Välj …")

    def __init__(self, perspective: Perspective, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        others = Perspective.objects.standing().filter(collaboration=perspective.collaboration_id)
        limit_choices(self, "other", others.exclude(pk=perspective.pk))


class MergeForm(OtherPerspectiveForm):
    """The perspective to merge into."""

    def merge(self, perspective: Perspective, by: User) -> Perspective | None:
        """Merge into the chosen one. Returns None on errors."""
        return self.run(lambda: self._merge(perspective, by))

    def _merge(self, perspective: Perspective, by: User) -> Perspective:
        into: Perspective = self.cleaned_data["other"]
        perspectives.merge(perspective=perspective, into=into, by=by)
        return into


class OpposeForm(EditForm, TextsForm, OtherPerspectiveForm):
    """The opposing perspective, and what is at stake between them. Edits the pair, if they are opposites already."""

    texts: ClassVar[Mapping[str, TextField]] = {
        "about": TextField(
            "Vad som står på spel", "Till exempel: ljus för den som går, mörker för den som sover.", False
        )
    }

    def __init__(self, perspective: Perspective, data: Any = None) -> None:
        pair = _pair_of(perspective, parse_id((data or {}).get("other")))
        sides = (pair.one, pair.other) if pair else ()
        now = {"about": pair.about, "other": pair.opposite_of(perspective)} if pair else {}
        super().__init__(perspective, data, edits=pair, besides=sides, initial=now)

    def oppose(self, perspective: Perspective, by: User) -> Polarity | None:
        """Store them as opposites. Returns None on errors."""
        return self.run(
            lambda: perspectives.oppose(
                perspective=perspective, other=self.cleaned_data["other"], about=self.texts_of("about"), by=by
            )
        )


def _pair_of(perspective: Perspective, other: int) -> Polarity | None:
    """The pair as it is stored; the form does not show it before the other side has been chosen."""
    first, second = sorted((perspective.pk, other))
    return Polarity.objects.filter(one=first, other=second).select_related("one", "other").first()


class SplitPerspectiveForm(ActionForm):
    """The statements to split off to a new perspective."""

    utsagor = forms.ModelMultipleChoiceField(
        Statement.objects.none(),
        label="Utsagor som följer med",
        error_messages={"required": "Välj minst en utsaga som ska följa med till det nya perspektivet."},
    )
    nytt = forms.CharField(label="Nytt perspektiv", max_length=200, initial="Vi som ")

    def __init__(self, perspective: Perspective, data: Any = None) -> None:
        super().__init__(data)
        limit_choices(self, "utsagor", perspective.resting_statements().defer("raw_text"))

    def split(self, perspective: Perspective, by: User) -> Perspective | None:
        """Move the chosen statements to a new perspective. Returns None on errors."""
        return self.run(
            lambda: perspectives.split(
                perspective=perspective,
                statements=self.cleaned_data["utsagor"],
                title={"sv": self.cleaned_data["nytt"]},
                by=by,
            )
        )


class PerspectiveThemesForm(EditForm, ActionForm):
    """The themes of a perspective."""

    teman = forms.ModelMultipleChoiceField(
        Theme.objects.none(), label="Teman", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, perspective: Perspective, data: Any = None) -> None:
        super().__init__(
            data, edits=perspective, initial=lambda: {"teman": [theme.pk for theme in perspective.standing_themes()]}
        )
        self.now = set(self.initial["teman"])
        limit_choices(self, "teman", Theme.objects.standing().filter(collaboration=perspective.collaboration_id))

    def place(self, perspective: Perspective, by: User) -> bool:
        """Add it to the chosen themes and remove it from the others. Returns whether it succeeded."""
        self.run(lambda: self._place(perspective, by))
        return not self.errors

    def _place(self, perspective: Perspective, by: User) -> None:
        chosen = set(self.cleaned_data["teman"])
        added = [theme for theme in chosen if theme.pk not in self.now]
        removed = [theme for theme in perspective.standing_themes() if theme not in chosen]
        lock(*added, *removed)  # all before the first of them changes what is public
        for theme in added:
            theme_editing.place(perspective=perspective, theme=theme, by=by)
        for theme in removed:
            theme_editing.unplace(perspective=perspective, theme=theme, by=by)


class ThemePlacementForm(ActionForm):
    """A perspective to add to a theme."""

    perspektiv = forms.ModelChoiceField(
        Perspective.objects.none(), label="Lägg till ett perspektiv", empty_label="Välj …"
    )

    def __init__(self, theme: Theme, perspectives_in_theme: Iterable[Perspective], data: Any = None) -> None:
        super().__init__(data)
        standing = Perspective.objects.standing().filter(collaboration=theme.collaboration_id)
        limit_choices(
            self, "perspektiv", standing.exclude(pk__in=[perspective.pk for perspective in perspectives_in_theme])
        )

    def place(self, theme: Theme, by: User) -> bool:
        """Add the perspective to the theme. Returns whether it succeeded."""
        self.run(lambda: theme_editing.place(perspective=self.cleaned_data["perspektiv"], theme=theme, by=by))
        return not self.errors
