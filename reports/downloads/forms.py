"""Forms: which format a file is ordered in."""

from django import forms

from reports.downloads.catalogue import formats_of


class FileOrderForm(forms.Form):
    """Order a table or bundle in one of its formats."""

    format = forms.ChoiceField(label="Format")

    def __init__(self, data: "dict[str, str] | None", *, table: str) -> None:
        super().__init__(data)
        field = self.fields["format"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = list(formats_of(table).items())
