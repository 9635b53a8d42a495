"""Forms for dealing a pile and for coding a statement a second time."""

from typing import Any

from django import forms

from actors.models import Collaboration, User
from ostberga.lib.action_form import ActionForm
from ostberga.lib.form_choices import capitalised_choices, has_choices, limit_choices
from surveys.coding.reading_queue import waves_to_read
from surveys.fielding.forms.wave_choice import WaveChoice
from surveys.models import Perspective, Pile, PiledText, Wave
from surveys.piles import dealing, second_coding
from surveys.piles.dealing import Deal, coders_of
from surveys.statements.sources import KINDS


class DealForm(ActionForm):
    """Who gets a pile, of what and how large."""

    coder = forms.ModelChoiceField(User.objects.none(), label="Till", empty_label="Välj kodare")
    kind = forms.ChoiceField(
        label="För att",
        choices=capitalised_choices(Pile.Kind.choices),
        widget=forms.RadioSelect,
        initial=Pile.Kind.READING,
        help_text="En andra gång kodas bekräftade utsagor som någon annan har kodat, utan att det syns hur.",
    )
    wave = WaveChoice(Wave.objects.none(), label="Omgång", empty_label=None)
    number = forms.IntegerField(
        label="Hur många", min_value=1, max_value=dealing.MOST, initial=20, help_text="Det en person svarat hålls ihop."
    )
    source = forms.ChoiceField(
        label="Slag", required=False, choices=[("", "Svar och samtal"), *((key, KINDS[key]) for key in KINDS)]
    )

    def __init__(self, collaboration: Collaboration, data: Any = None) -> None:
        super().__init__(data)
        limit_choices(self, "coder", coders_of(collaboration))
        limit_choices(self, "wave", waves_to_read(collaboration))

    @property
    def has_coders(self) -> bool:
        """Whether there is anybody to deal to."""
        return has_choices(self, "coder")

    def deal(self, by: User) -> Pile | None:
        """Deal the pile. Returns None on errors."""
        return self.run(lambda: dealing.deal(coder=self.cleaned_data["coder"], chosen=self._chosen, by=by))

    @property
    def _chosen(self) -> Deal:
        typed = self.cleaned_data
        return Deal(typed["kind"], typed["wave"], typed["number"], typed["source"])


class SecondCodingForm(ActionForm):
    """The perspectives that a statement expresses, in alphabetical order: nothing tells which were chosen first."""

    perspectives = forms.ModelMultipleChoiceField(
        Perspective.objects.none(),
        label="Vilka perspektiv uttrycker utsagan?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    none_fits = forms.BooleanField(label="Inget av dem passar", required=False)

    def __init__(self, text: PiledText, data: Any = None) -> None:
        chosen = list(text.choices.values_list("perspective", flat=True))
        super().__init__(data, initial={"perspectives": chosen, "none_fits": bool(text.done_at) and not chosen})
        self.text = text
        standing = Perspective.objects.standing().filter(collaboration=text.pile.collaboration_id)
        limit_choices(self, "perspectives", standing.order_by("title__sv", "pk"))

    def clean(self) -> dict[str, Any]:
        """Require a choice, or that she says that none fits; not both."""
        typed = self.cleaned_data
        if "perspectives" in typed and bool(typed["perspectives"]) == typed["none_fits"]:
            raise forms.ValidationError("Välj minst ett perspektiv, eller säg att inget passar.")
        return typed

    def store(self, by: User) -> PiledText | None:
        """Store the choice. Returns None on errors."""

        def act() -> PiledText:
            second_coding.code_again(self.text, perspectives=self.cleaned_data["perspectives"], by=by)
            return self.text

        return self.run(act)
