"""Åke's pages for bringing in lists."""

import pytest
from django.urls import reverse

from surveys.lists.kinds.codebook import CODEBOOK
from surveys.models import ListImport


@pytest.fixture
def bring(ake, form, autumn, browse):
    """Send rows to the pages of a kind: judge them, or store what was shown."""

    def send(kind, text="", is_stored=False, **more):
        posted = {"text": text, "wave": autumn.pk, **more}
        page = browse(ake).post(reverse(f"coordinate:bring-{kind}", args=["ostberga"]), posted)
        if not is_stored:
            return page
        posted |= {"seen": page.context["run"].fingerprint, "key": str(page.context["form"].key_of_act)}
        return browse(ake).post(reverse(f"coordinate:bring-{kind}-store", args=["ostberga"]), posted, follow=True)

    return send


@pytest.fixture
def take_back(ake, browse):
    """Take the only import back."""

    def send(kind):
        done = ListImport.objects.get()
        address = reverse(f"coordinate:bring-{kind}-take-back", args=["ostberga", done.pk])
        return browse(ake).post(address, follow=True)

    return send


@pytest.fixture
def open_import(ake, browse):
    """Open the page of the only import."""
    return lambda kind: browse(ake).get(f"/samordna/ostberga/ta-med/{kind}/{ListImport.objects.get().pk}/")


@pytest.fixture
def codebook(bring):
    """Two perspectives came in."""
    bring(
        "kodbok",
        "Kod\tDefinition\tTema\nVi som vill ha ljus\tLampor\tTrygghet; Ljus\nVi som vill ha mörker\t\tLjus",
        True,
    )
    ListImport.objects.all().delete()
    return CODEBOOK
