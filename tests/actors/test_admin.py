"""The admin site shows accounts and organisations, and nothing that residents have said."""

import pytest
from django.contrib import admin

from tests import factories as make


@pytest.fixture
def keeper(db, browse):
    """A browser signed in as superuser."""
    return browse(make.user("drift@ostberga.example", is_staff=True, is_superuser=True))


def test_what_residents_said_is_not_in_the_admin():
    app_labels = {model._meta.app_label for model in admin.site._registry}

    assert "surveys" not in app_labels
    assert {"Letter", "Invitation"} & {model.__name__ for model in admin.site._registry} == set()


def test_every_list_opens(keeper, ostberga, tova):
    ours = [model for model in admin.site._registry if model._meta.app_label == "actors"]

    codes = {model.__name__: keeper.get(f"/admin/actors/{model._meta.model_name}/").status_code for model in ours}
    assert codes == dict.fromkeys(codes, 200)


def test_rows_are_looked_at_and_not_edited(keeper, ostberga):
    partnership = ostberga.partnerships.first()

    assert keeper.post(f"/admin/actors/partnership/{partnership.pk}/change/", {"mandate": "Annat"}).status_code == 403


def test_an_account_is_closed_here(keeper, tova):
    keeper.post(f"/admin/actors/user/{tova.pk}/change/", {"is_staff": ""})

    tova.refresh_from_db()
    assert tova.is_active is False


def test_the_first_coordinator_is_appointed_here_and_only_one(keeper, ostberga, tova, polly):
    typed = {"collaboration": ostberga.pk, "role": "coordinator", "started_on": "2026-01-01"}
    address = "/admin/actors/coordinatorappointment/add/"
    keeper.post(address, {**typed, "user": tova.pk})

    answer = keeper.post(address, {**typed, "user": polly.pk})
    assert "Det finns redan någon i den rollen." in answer.content.decode()
    assert [appointment.user for appointment in ostberga.appointments.all()] == [tova]


def test_the_admins_door_is_the_same_as_everyones(amina, tova, browse):
    assert amina.get("/admin/login/").headers["Location"].startswith("/konto/login/")
    assert browse(tova).get("/admin/").status_code in {302, 403}
