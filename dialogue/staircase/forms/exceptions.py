"""Going on although something is missing: what the person saw was missing, and accepted."""

from collections.abc import Sequence

from django import forms

from dialogue.rules.staircase import Requirement


class DespiteForm(forms.Form):
    """Keeps what the page said was missing, so that nothing which came up since is accepted unseen."""

    missing: Sequence[Requirement] = ()
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def remember(self, missing: Sequence[Requirement]) -> None:
        """What the page says is missing."""
        self.missing = missing
        self.initial["seen"] = "|".join(one.code for one in missing)

    @property
    def accepted(self) -> list[Requirement]:
        """What was seen and accepted, when the box was ticked."""
        seen = self.cleaned_data["seen"].split("|") if self.cleaned_data.get("despite") else []
        return [one for one in self.missing if one.code in seen]
