"""Forms for publishing and withdrawing a report."""

from django import forms

from reports.models import Reading


class PublishReportForm(forms.Form):
    """What has been corrected since last time."""

    correction = forms.CharField(
        label="Vad har rättats?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Behövs när en tidigare version är publicerad. Visas på rapportens sida.",
    )


class WithdrawReportForm(forms.Form):
    """Why a report is taken back."""

    reason = forms.CharField(
        label="Varför dras rapporten tillbaka?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Visas på rapportens sida.",
    )


class ReadingLinkForm(forms.ModelForm[Reading]):
    """For whom a private link is made, and how long it works."""

    days = forms.IntegerField(label="Gäller i så många dagar", min_value=1, max_value=90, initial=21)

    class Meta:
        model = Reading
        fields = ["label"]
