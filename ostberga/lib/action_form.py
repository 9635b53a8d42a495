"""A form that carries out an action and shows its refusal as a form error."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.db import transaction

from ostberga.lib.authorization import MAY_NOT
from ostberga.lib.refusal import Refusal

Result = TypeVar("Result")


class ActionForm(forms.Form):
    """A form whose action may be refused; the refusal becomes an error of the form, so that nothing typed is lost."""

    refusal: Refusal | None = None

    def run(self, action: Callable[[], Result]) -> Result | None:
        """Validate, run the action and return its result; None, with the reason among the errors, if either fails."""
        if not self.is_valid():
            return None
        try:
            with transaction.atomic():
                return action()
        except Refusal as refusal:
            if refusal.code == MAY_NOT:
                raise  # no other input would help; the page of refusals says so, and the security log keeps it
            self.refusal = refusal
            self.add_error(None, refusal.message)
        return None

    @property
    def status(self) -> int:
        """Return the HTTP status of a failed submission: 409 if it was refused, 422 if the input was invalid."""
        return 409 if self.refusal else 422
