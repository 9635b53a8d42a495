"""Saying whether one comes, with one of three buttons."""

from django import forms

from dialogue.rules.calendar_reply import Coming


class ReplyForm(forms.Form):
    """The button that was pressed, and the number of the call that the page showed."""

    svar = forms.TypedChoiceField(choices=Coming.choices, coerce=Coming)
    kallelse = forms.IntegerField(min_value=0)
