"""A form that carries out a verb and shows its refusal beside what was typed."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.db import transaction

from ostberga.lib.refusal import Refusal

Result = TypeVar("Result")


class ActionForm(forms.Form):
    """A form that carries out a verb and shows its refusal where the words were typed: nothing is lost."""

    refusal: Refusal | None = None

    def run(self, action: Callable[[], Result]) -> Result | None:
        """What the verb made; None if it was refused or what was typed will not do, with the reason in the form."""
        if not self.is_valid():
            return None
        try:
            with transaction.atomic():
                return action()
        except Refusal as refusal:
            self.refusal = refusal
            self.add_error(None, refusal.message)
        return None

    @property
    def status(self) -> int:
        """How the page answers when it was not done: refused, or something to mend in what was typed."""
        return 409 if self.refusal else 422
