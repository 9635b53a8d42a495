"""One mailbox, however its domain is spelt."""

from ostberga.lib.mailboxes import mailbox_of, spellings_of


def test_one_domain_in_two_spellings_is_one_mailbox():
    assert (
        mailbox_of("Reg.istrator@XN--5CA.example") == mailbox_of("registrator+a@å.example") == "registrator@å.example"
    )
    assert spellings_of("A@å.example") == spellings_of("a@xn--5ca.example") == ["a@å.example", "a@xn--5ca.example"]
    assert spellings_of("stad.example") == ["stad.example"]
    assert mailbox_of("a@ingen domän..") == "a@ingen domän.."
