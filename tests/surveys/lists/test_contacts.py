"""Åke brings in whom to contact at the bodies: for the team alone, without accounts or letters."""

import pytest
from django.urls import reverse

from actors.models import Contact, Letter, User
from tests import listed

TEXT = (
    "Förvaltning\tRoll\tKontaktperson\tMejl\tTelefon\n"
    "Trafikkontoret\tFelanmälan\t\tfel@trafik.example\t08-465 004 10\n"
    "Trafikkontoret\tIngenjör\tTestnamn Testsson\tinte en adress\t\n"
    "Polismyndigheten\tKommunpolis\t\t\t\nOkänd\tX\t\tx@example.se\t"
)


def test_contacts_come_in_without_accounts_or_letters(bring, ake):
    people = User.objects.count()
    page = bring("kontakter", TEXT)
    reasons = [" ".join(row.reasons) for row in page.context["run"].rows]
    assert reasons[0] == ""
    assert reasons[1] == "E-post: «inte en adress» är ingen e-postadress."
    assert "Skriv en e-postadress eller ett telefonnummer." in reasons[2]
    assert "Organisationen «Okänd» finns inte här." in reasons[3]
    bring("kontakter", TEXT, is_stored=True)
    contact = Contact.objects.get()

    assert (str(contact), contact.email, contact.phone, contact.entered_by) == (
        "Trafikkontoret: Felanmälan", "fel@trafik.example", "08-465 004 10", ake,
    )  # fmt: skip
    assert (User.objects.count(), Letter.objects.count()) == (people, 0)
    assert bring("kontakter", TEXT).context["run"].rows[0].reasons == ["Finns redan."]


@pytest.fixture
def contact(talk, trafikkontoret, ake):
    """A contact at Trafikkontoret."""
    return listed.contact(talk.collaboration, trafikkontoret, ake)


def test_a_contact_is_for_the_team_and_is_deleted_for_good(contact, ake, tova, browse):
    page = reverse("coordinate:contacts", args=["ostberga"])
    assert "fel@example.se" in browse(ake).get(page).text
    assert browse(tova).get(page).status_code == 404
    assert "fel@example.se" not in browse().get("/ostberga/parter/").text
    remove = reverse("coordinate:contact-remove", args=["ostberga", contact.pk])
    assert browse(tova).post(remove).status_code == 404
    browse(ake).post(remove)

    assert not Contact.objects.exists()


@pytest.mark.parametrize("phone", ["ring mig", "12", "=cmd"])
def test_what_is_no_number_is_refused(bring, phone):
    rows = bring("kontakter", f"Organisation\tFunktion\tTelefon\nTrafikkontoret\tVäxel\t{phone}").context["run"].rows

    assert rows[0].reasons == [f"Telefon: «{phone}» är inget telefonnummer."]
