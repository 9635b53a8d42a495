"""Forms for publishing and withdrawing a report, and for a private link to a draft."""

from django import forms

from reports.models import Reading


class PublishReportForm(forms.Form):
    """What has been corrected since the version published before."""

    correction = forms.CharField(
        label="Vad har rättats?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Behövs när en tidigare version är publicerad. Visas på rapportens sida.",
    )


class WithdrawReportForm(forms.Form):
    """Why a report is withdrawn."""

    reason = forms.CharField(
        label="Varför dras rapporten tillbaka?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Visas på rapportens sida.",
    )


class ReadingLinkForm(forms.ModelForm[Reading]):
    """For whom a private link is made, and for how many days."""

    days = forms.IntegerField(label="Gäller i så många dagar", min_value=1, max_value=90, initial=21)

    class Meta:
        model = Reading
        fields = ["label"]
