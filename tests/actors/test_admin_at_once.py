"""Two administrators with the same page open: nothing of one is overwritten unseen by the other."""

import pytest

from actors.models import Collaboration
from tests import factories as make


@pytest.fixture
def keeper(db, browse):
    """A browser signed in as superuser."""
    return browse(make.user("drift@ostberga.example", is_staff=True, is_superuser=True))


def page_of(keeper, address):
    """What the page sends as it stands, with what it showed beside each field."""
    form = keeper.get(address).context["adminform"].form
    shown = {bound.html_name: bound.value() for bound in form}
    shown |= {bound.html_initial_name: bound.value() for bound in form}
    return shown | dict.fromkeys(["description", "initial-description"], "{}") | {"is_demo": "", "initial-is_demo": ""}


def test_an_old_page_changes_only_what_was_changed_on_it(keeper, ake, ostberga):
    address = f"/admin/actors/collaboration/{ostberga.pk}/change/"
    shown = page_of(keeper, address)
    Collaboration.objects.filter(pk=ostberga.pk).update(contact_email="ny@stad.example", name="Nytt namn")
    answer = keeper.post(address, {**shown, "area": "Östberga och Årsta"})

    ostberga.refresh_from_db()
    assert answer.status_code == 302
    assert (ostberga.area, ostberga.contact_email, ostberga.name) == (
        "Östberga och Årsta",
        "ny@stad.example",
        "Nytt namn",
    )


def test_a_field_that_two_have_changed_is_not_overwritten_unseen(keeper, ake, ostberga):
    address = f"/admin/actors/collaboration/{ostberga.pk}/change/"
    shown = page_of(keeper, address)
    shown["contact_email"] = "min@stad.example"
    Collaboration.objects.filter(pk=ostberga.pk).update(contact_email="ny@stad.example")
    refused = keeper.post(address, shown)

    ostberga.refresh_from_db()
    assert (refused.status_code, ostberga.contact_email) == (200, "ny@stad.example")
    assert "Nu står det: ny@stad.example." in refused.text
    now = {"initial-contact_email": "ny@stad.example"}
    assert keeper.post(address, shown | now).status_code == 302
    ostberga.refresh_from_db()
    assert ostberga.contact_email == "min@stad.example"
