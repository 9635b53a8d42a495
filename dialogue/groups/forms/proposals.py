"""A working group's proposal, as a draft; and the meeting where the group stands behind it."""

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
    """A perspective and what the proposal means for it."""

    choice: PerspectiveChoice
    field: BoundField


class ProposalForm(DecidingBodiesForm):
    """What should be done; whom it answers and whom it goes against; who must decide."""

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
        initial=Effect.SHORT,
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
        now = dict(proposal.deciders.values_list("organisation", "form")) if proposal else {}
        super().__init__(bodies, now, data, initial=_as_written(proposal) if proposal else {"by_group": group or None})
        limit_choices(self, "by_group", issue.groups.all())
        if proposal:
            del self.fields["by_group"]
            self._keep_what_was_read(proposal)
        self.chosen = chosen
        sides = dict(proposal.sides.values_list("perspective", "side")) if proposal else {}
        for one in chosen:
            self.fields[_name(one.perspective)] = forms.ChoiceField(
                label=str(one.perspective), choices=SIDES, required=False, initial=sides.get(one.perspective.pk, "")
            )

    def _keep_what_was_read(self, proposal: Proposal) -> None:
        """Those who have taken a stand did so on these words."""
        if proposal.positions.exists():
            for name in ("title_sv", "what_sv"):
                self.fields[name].disabled = True
                self.fields[name].help_text = "Någon har tagit ställning till orden, så de ändras inte mer."

    @property
    def sides(self) -> list[list[PerspectiveSideRow]]:
        """Every perspective that the issue rests on, beside those it stands against."""
        return [
            [PerspectiveSideRow(one, self[_name(one.perspective)]) for one in group]
            for group in group_opposites(self.chosen)
        ]

    def clean(self) -> dict[str, Any]:
        """A proposal answers something that somebody has said."""
        typed = super().clean() or self.cleaned_data
        if not self._of(Side.ANSWERS):
            self.add_error(None, "Välj minst ett perspektiv som förslaget svarar mot.")
        return typed

    @property
    def words(self) -> ProposalWords:
        """What it says, as the verbs take it."""
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
        """Those that get what they asked for."""
        return self._of(Side.ANSWERS)

    @property
    def against(self) -> list[Perspective]:
        """Those that do not."""
        return self._of(Side.AGAINST)

    def _of(self, side: str) -> list[Perspective]:
        sides = [(one.perspective, self.cleaned_data.get(_name(one.perspective))) for one in self.chosen]
        return [perspective for perspective, chosen in sides if chosen == side]


class StandBehindForm(forms.Form):
    """Since which meeting the group stands behind its proposal, and who does not."""

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
        """Nobody's no is lost: an objection that stands is not answered with «Ingen»."""
        said: str = self.cleaned_data["dissent"]
        if trouble := dissent_error(self.proposal, said):
            raise forms.ValidationError(trouble)
        return said


class WithdrawProposalForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(
        label="Varför?", help_text="Visas för alla.", max_length=600, widget=forms.Textarea({"rows": 3})
    )


def _as_written(proposal: Proposal) -> dict[str, Any]:
    return {name: getattr(proposal, name) for name in ("title", "what", "place", "cost", "effect")}


def _name(perspective: Perspective) -> str:
    return f"perspektiv_{perspective.pk}"
