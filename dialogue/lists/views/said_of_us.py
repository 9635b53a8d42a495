"""What lists say of a body, for the people who belong to it: reading, and saying whether it is right."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest
from dialogue.lists import claims, listed_rows
from dialogue.lists.forms import ListedReplyForm
from ostberga.lib.web.htmx import render_page


@require_safe
def said_of_us(request: SignedInRequest) -> HttpResponse:
    """All that lists say of her bodies."""
    page, said = listed_rows.page_of_bodies_of(request.user, request.GET.get("page"))
    context = {"page": page, "said": said}
    return render_page(request, "dialogue/lists/said_of_us.html", context)


def said_of_us_reply(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """One row, and whether it is right."""
    rows = listed_rows.rows_of_kind(kind)
    claim = get_object_or_404(rows.of_bodies_of(request.user), pk=pk)
    form = ListedReplyForm(claim, request.POST if request.method == "POST" else None)
    if form.is_valid():
        claims.reply_to_claim(claim=claim, by=request.user, **form.cleaned_data)
        messages.success(request, "Tack! Det ni säger står nu vid raden.")
        return redirect("said-of-us")
    may_answer = rows.answerable_by(request.user).filter(pk=pk).exists()
    context = {"claim": claim, "details": listed_rows.details_of(claim), "form": form, "may_answer": may_answer}
    return render_page(request, "dialogue/lists/said_of_us_reply.html", context, status=422 if form.is_bound else 200)
