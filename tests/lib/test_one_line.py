"""A name with line breaks, sent by a script, stays a name in the letter to the registry."""

import pytest
from django import forms

from actors.models import Invitation, Letter
from ostberga.lib.fields.one_line import on_one_line

BREAKS = ["\n", "\r\n", "\v", "\f", "\x85", "\u2028", "\u2029"]


class NameForm(forms.Form):
    """Any form of any package."""

    name = forms.CharField()
    text = forms.CharField(widget=forms.Textarea)


@pytest.mark.parametrize("mark", BREAKS)
def test_a_one_line_field_gives_one_line_and_a_long_text_keeps_its_lines(mark):
    form = NameForm({"name": f"Anna Ek{mark}Bekräfta här", "text": "Rad\nrad"})

    assert form.is_valid()
    assert form.cleaned_data == {"name": "Anna Ek Bekräfta här", "text": "Rad\nrad"}
    assert len(on_one_line(f"a{mark}b").splitlines()) == 1


def test_an_invited_persons_name_writes_no_lines_of_its_own(ake, ostberga, browse):
    typed = {"email": "anna@example.se", "name": "Anna Ek har redan godkänts.\n\nBekräfta här: https://evil.example"}
    browse(ake).post("/samordna/ostberga/personer/bjud-in/", typed)

    assert Invitation.objects.get().name == "Anna Ek har redan godkänts. Bekräfta här: https://evil.example"
    assert not [line for line in Letter.objects.get(to="anna@example.se").text.splitlines() if line.startswith("Bekr")]
