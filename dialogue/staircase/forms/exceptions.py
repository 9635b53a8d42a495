"""Forms for going on although something is missing: the user accepts what the page listed, with a reason."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from dialogue.rules.staircase import Requirement


class ExceptionsForm(forms.Form):
    """Remembers which requirements the page listed as missing, so that nothing else is accepted unseen."""

    missing: Sequence[Requirement] = ()
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def remember(self, missing: Sequence[Requirement]) -> None:
        """Keep the codes of what the page lists as missing in a hidden field."""
        self.missing = missing
        self.initial["seen"] = "|".join(requirement.code for requirement in missing)

    @property
    def accepted(self) -> list[Requirement]:
        """The requirements that are still missing and were listed, when the box was ticked."""
        seen = self.cleaned_data["seen"].split("|") if self.cleaned_data.get("despite") else []
        return [requirement for requirement in self.missing if requirement.code in seen]


class ExceptionsWithReasonForm(ExceptionsForm):
    """An exceptions form whose box and reason are required when something is missing, and left out otherwise.

    A subclass declares the fields `despite` and `reason`.
    """

    reason_mark: ClassVar[str]  # shown beside the label of the reason
    despite_error: ClassVar[str]  # shown when something is missing and the box is not ticked

    def __init__(self, missing: Sequence[Requirement], data: Any = None) -> None:
        super().__init__(data)
        self.remember(missing)
        if not missing:
            del self.fields["despite"], self.fields["reason"]
        else:
            self.fields["reason"].mark = self.reason_mark  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Require the box and the reason, as the rule does."""
        typed = super().clean() or self.cleaned_data
        if self.missing and not typed.get("despite"):
            self.add_error("despite", self.despite_error)
        if self.missing and not typed.get("reason"):
            self.add_error("reason", "Skriv varför. Den som undrar ska kunna läsa det.")
        return typed
