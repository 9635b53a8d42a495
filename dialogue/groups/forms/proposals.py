"""Forms to write, stand behind and withdraw a working group's proposal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField

from actors.models import Organisation
from dialogue.groups.forms.deciding_bodies import DecidingBodiesForm
from dialogue.groups.proposing import ProposalWords, dissent_error
from dialogue.issues.perspective_links import PerspectiveChoice, group_opposites
from dialogue.models import Issue, Meeting, Proposal, ProposalPerspective, WorkingGroup
from dialogue.rules.activities import CostBand, Effect
from ostberga.lib.form_choices import capitalised_choices, limit_choices
from ostberga.lib.translations.texts_form import TextField
from surveys.models import Perspective

Side = ProposalPerspective.Side
SIDES = [("", "Rör det inte"), (Side.ANSWERS, "Förslaget svarar mot det"), (Side.AGAINST, "Förslaget går emot det")]


@dataclass(frozen=True)
class PerspectiveSideRow:
    """A perspective with the field for whether the proposal answers it or goes against it."""

    choice: PerspectiveChoice
    field: BoundField


class ProposalForm(DecidingBodiesForm):
    """Text, cost and effect of a proposal, its side towards each perspective, and the deciding bodies."""

    texts: ClassVar[Mapping[str, TextField]] = {
        "title": TextField("Förslaget i några ord", "Till exempel «Fler lampor längs stråket».", max_length=120),
        "what": TextField("Vad som ska göras", "Så att den som beslutar vet vad ja betyder.", rows=5, max_length=2400),
    }
    by_group = forms.ModelChoiceField(WorkingGroup.objects.none(), label="Arbetsgrupp", empty_label=None)
    place = forms.CharField(label="Plats", help_text="Var i området.", max_length=160, required=False)
    cost = forms.ChoiceField(
        label="Ungefärlig kostnad", choices=capitalised_choices(CostBand.choices), initial=CostBand.UNKNOWN
    )
    effect = forms.ChoiceField(
        label="När märks det?",
        choices=capitalised_choices(Effect.choices),
        initial=Effect.UNKNOWN,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        issue: Issue,
        chosen: Sequence[PerspectiveChoice],
        bodies: Sequence[Organisation],
        data: Any = None,
        *,
        proposal: Proposal | None = None,
        group: int = 0,
    ) -> None:
        super().__init__(
            bodies,
            lambda: dict(proposal.deciders.values_list("organisation", "form")) if proposal else {},
            data,
            edits=proposal,
            initial=lambda: _stored_text(proposal) if proposal else {"by_group": group or None},
        )
        limit_choices(self, "by_group", issue.groups.all())
        if proposal:
            del self.fields["by_group"]
            self._disable_fixed_text(proposal)
        self.chosen = chosen
        sides = dict(proposal.sides.values_list("perspective", "side")) if proposal else {}
        for perspective in (choice.perspective for choice in chosen):
            self.fields[_name(perspective)] = forms.ChoiceField(
                label=str(perspective), choices=SIDES, required=False, initial=sides.get(perspective.pk, "")
            )

    def _disable_fixed_text(self, proposal: Proposal) -> None:
        """Disable the Swedish text once a seat has taken a position on it."""
        if proposal.has_positions:
            for name in ("title_sv", "what_sv"):
                self.fields[name].disabled = True
                self.fields[name].help_text = "Någon har tagit ställning till orden, så de ändras inte mer."

    @property
    def sides(self) -> list[list[PerspectiveSideRow]]:
        """The issue's perspectives, grouped so that opposites stand together."""
        return [
            [PerspectiveSideRow(choice, self[_name(choice.perspective)]) for choice in group]
            for group in group_opposites(self.chosen)
        ]

    def clean(self) -> dict[str, Any]:
        """A proposal must answer at least one perspective."""
        typed = super().clean() or self.cleaned_data
        if not self._perspectives_on(Side.ANSWERS):
            self.add_error(None, "Välj minst ett perspektiv som förslaget svarar mot.")
        return typed

    @property
    def words(self) -> ProposalWords:
        """The text fields, as `proposing` takes them."""
        typed = self.cleaned_data
        return {
            "title": self.texts_of("title"),
            "what": self.texts_of("what"),
            "place": typed["place"],
            "cost": typed["cost"],
            "effect": typed["effect"],
        }

    @property
    def answers(self) -> list[Perspective]:
        """Perspectives that the proposal answers."""
        return self._perspectives_on(Side.ANSWERS)

    @property
    def against(self) -> list[Perspective]:
        """Perspectives that the proposal goes against."""
        return self._perspectives_on(Side.AGAINST)

    def _perspectives_on(self, side: str) -> list[Perspective]:
        perspectives = [choice.perspective for choice in self.chosen]
        return [perspective for perspective in perspectives if self.cleaned_data.get(_name(perspective)) == side]


class StandBehindForm(forms.Form):
    """The meeting where the group agreed on its proposal, and the dissent."""

    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label="Vid vilket möte?", empty_label=None, widget=forms.RadioSelect
    )
    dissent = forms.CharField(
        label="Vilka höll inte med, och varför?",
        help_text="Utöver ställningstagandena. Skriv «Ingen» om alla höll med. Visas för alla: skriv inte vem.",
        max_length=1200,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, proposal: Proposal, data: Any = None) -> None:
        super().__init__(data)
        self.proposal = proposal
        treated = proposal.group.meetings.filter(
            issues=proposal.issue_id, approved_on__isnull=False, on__gte=proposal.round.started_on
        )
        limit_choices(self, "meeting", treated.select_related("group").order_by("-on"))
        self.initial.setdefault("meeting", treated.order_by("-on").first())

    def clean_dissent(self) -> str:
        """«Ingen» is refused when a seat has objected."""
        dissent: str = self.cleaned_data["dissent"]
        if error := dissent_error(self.proposal, dissent):
            raise forms.ValidationError(error)
        return dissent


class WithdrawProposalForm(forms.Form):
    """The reason for withdrawing a proposal."""

    reason = forms.CharField(
        label="Varför?", help_text="Visas för alla.", max_length=600, widget=forms.Textarea({"rows": 3})
    )


def _stored_text(proposal: Proposal) -> dict[str, Any]:
    return {name: getattr(proposal, name) for name in ("title", "what", "place", "cost", "effect")}


def _name(perspective: Perspective) -> str:
    return f"perspektiv_{perspective.pk}"
