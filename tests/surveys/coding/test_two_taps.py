"""What htmx sends from the workbench does nothing the second time."""

from ostberga.lib.web.form_tokens import FIELD, FormToken, new_rendering
from surveys.models import Attachment, CodingEvent, Statement
from tests import factories as make
from tests.surveys.coding.test_coding_pages import url


def test_two_taps_with_htmx_attach_and_detach_once(ake, autumn, browse, ostberga):
    """Its answer is a part and leads nowhere, so that no act remembers it (ADR 41): the verbs do nothing twice."""
    perspective, answer = make.perspective(ostberga, ake), make.answer(autumn)
    browser, htmx = browse(ake), {"HX-Request": "true", "HX-Target": "coding_attachments"}
    token = FormToken(str(ake.pk), url("coding-source", answer), new_rendering())
    typed = {"perspektiv": perspective.pk, FIELD: str(token)}
    for _ in range(2):
        browser.post(url("coding-attach", answer), typed, headers=htmx)
    attached = CodingEvent.objects.count(), Attachment.objects.current().count()
    for _ in range(2):
        detached = {**typed, "utsaga": Statement.objects.get().pk}
        browser.post(url("coding-detach", answer), detached, headers=htmx)

    assert attached == (2, 1)  # the text became a statement, which was attached
    assert (CodingEvent.objects.count(), Attachment.objects.current().count()) == (3, 0)
