"""The filter of the security log."""

from django import forms

from actors.models import SecurityEvent


class LogFilterForm(forms.Form):
    """Kind of event and first and last day, all optional."""

    kind = forms.ChoiceField(label="Vad", choices=[("", "Allt"), *SecurityEvent.Kind.choices], required=False)
    first = forms.DateField(label="Från", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label="Till och med", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def conditions(self) -> dict[str, object]:
        """Return the conditions on events; what is not valid filters nothing."""
        given = self.cleaned_data if self.is_valid() else {}
        wanted = {"kind": given.get("kind"), "at__date__gte": given.get("first"), "at__date__lte": given.get("last")}
        return {field: value for field, value in wanted.items() if value}
