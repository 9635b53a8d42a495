"""What mandates may cover, in words and in order."""

import pytest

from actors.models import Organisation
from actors.rules.mandates import MandateScope, domain_of, in_order, in_words, scopes_for
from dialogue.rules.decisions import SCOPES, forms_for


def test_an_association_only_makes_commitments():
    assert scopes_for("association") == (MandateScope.COMMITMENTS,)
    assert scopes_for("committee_admin") == tuple(MandateScope)


@pytest.mark.parametrize("kind", Organisation.Kind.values)
def test_no_mandate_is_offered_that_its_kind_of_body_can_never_use(kind):
    assert set(scopes_for(kind)) == {SCOPES[form] for form in forms_for(kind)}


def test_scopes_are_read_as_a_sentence():
    assert in_words([]) == ""
    assert in_words(["execution"]) == "besluta om verkställighet"
    two = "fatta beslut på delegation och besluta om verkställighet"
    assert in_words(["execution", "delegation"]) == two
    assert in_words(list(MandateScope)) == (
        "fatta beslut på delegation, besluta om verkställighet, registrera vad nämnden eller styrelsen har beslutat"
        " och göra åtaganden och ansluta sig till överenskommelser"
    )


def test_scopes_stand_in_one_order_each_once():
    assert in_order(["commitments", "delegation", "commitments"]) == ["delegation", "commitments"]
    with pytest.raises(ValueError, match="allt"):
        in_order(["allt"])


def test_the_domain_of_an_address():
    assert domain_of("Registrator@EXAMPLE.example ") == "example.example"
    assert domain_of("a@b@example.org") == "example.org"
    assert domain_of("example.se") == ""
