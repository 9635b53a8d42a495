"""What a city's login must say of itself."""

import pytest

from actors.rules.city_login import Demand, Reason, address_vouched_for, has_signed_in_since, is_for, methods_in

ADDRESS = {"email": "Anna@Stad.example", "email_verified": True}


@pytest.mark.parametrize(
    ("acr", "amr", "claims", "is_met"),
    [
        ("loa3", "", {"acr": "loa3"}, True),
        ("loa3", "", {"acr": "loa2"}, False),
        ("loa3", "", {}, False),
        ("loa3", "", {"acr": None}, False),
        ("loa3", "", {"acr": ["loa3"]}, False),
        ("loa3 loa4", "", {"acr": "loa4"}, True),
        ("all", "", {}, True),
        ("", "mfa otp", {"amr": ["pwd", "otp"]}, True),
        ("", "mfa otp", {"amr": "mfa"}, True),
        ("", "mfa otp", {"amr": ["pwd"]}, False),
        ("", "mfa otp", {"acr": "mfa"}, False),
        ("loa3", "mfa", {"acr": "loa3", "amr": ["pwd"]}, False),
        ("loa3", "mfa", {"acr": "loa3", "amr": ["mfa"]}, True),
        ("all", "mfa", {}, False),
    ],
)
def test_each_that_is_demanded_must_come(acr, amr, claims, is_met):
    demand = Demand(frozenset(acr.split()), frozenset(amr.split()))
    assert (demand.is_made, demand.is_met_by(claims)) == (True, is_met)


def test_nothing_may_be_demanded():
    assert Demand().is_made is False
    assert (Demand().asked_for, Demand(frozenset(["all"])).asked_for) == ("", "")
    assert Demand(frozenset(["loa4", "loa3"]), frozenset(["mfa"])).asked_for == "loa3 loa4"


@pytest.mark.parametrize(
    ("amr", "methods"), [(["pwd", 7], {"pwd"}), ("mfa", {"mfa"}), (None, set()), ({"mfa": 1}, set())]
)
def test_methods_are_read_as_providers_write_them(amr, methods):
    assert methods_in({"amr": amr}) == methods


@pytest.mark.parametrize(
    ("change", "domains", "found"),
    [
        ({}, ["stad.example"], "Anna@Stad.example"),
        ({}, ["annan.example", "STAD.example"], "Anna@Stad.example"),
        ({}, [], Reason.NOT_CONNECTED),
        ({}, ["ad.example"], Reason.NOT_CONNECTED),
        ({"email": "anna@ond.stad.example"}, ["stad.example"], Reason.NOT_CONNECTED),
        ({"email": "anna@stad.example@ond.example"}, ["stad.example"], Reason.NOT_CONNECTED),
        ({"email": "ſven@stad.example"}, ["stad.example"], Reason.NO_EMAIL),
        ({"email": ""}, ["stad.example"], Reason.NO_EMAIL),
        ({"email": None}, ["stad.example"], Reason.NO_EMAIL),
        ({"email": ["anna@stad.example"]}, ["stad.example"], Reason.NO_EMAIL),
        ({"email_verified": False}, ["stad.example"], Reason.UNVERIFIED_EMAIL),
        ({"email_verified": "true"}, ["stad.example"], Reason.UNVERIFIED_EMAIL),
        ({"email_verified": 1}, ["stad.example"], Reason.UNVERIFIED_EMAIL),
    ],
)
def test_only_a_verified_address_in_a_domain_of_its_own_counts(change, domains, found):
    assert address_vouched_for({**ADDRESS, **change}, domains) == found


def test_an_invitation_is_for_its_address_or_whoever_comes_without_one():
    assert is_for("anna@stad.example", ADDRESS)
    assert is_for("anna@stad.example", {})
    assert is_for("anna@stad.example", {"email": ""})
    assert not is_for("anna@stad.example", {"email": "berit@stad.example"})


@pytest.mark.parametrize(
    ("when", "is_anew"), [(1000, True), (945, True), (939, False), (None, False), ("1000", False), (True, False)]
)
def test_signing_in_anew_is_told_by_its_time(when, is_anew):
    assert has_signed_in_since({"auth_time": when}, 1000.0) is is_anew
