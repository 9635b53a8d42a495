"""Replying to a commitment by the link in a letter: no account, and the link works once."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dialogue.activities import commitment_reply, commitments
from dialogue.activities.forms.commitments import CommitmentReplyForm
from dialogue.activities.views.commitments import commitment_context
from ostberga.lib.web.origin import own_pages_only
from ostberga.lib.web.secret_links import secret_link_page


# Mail scanners open links, so a GET changes nothing. There is no session to steal and so no CSRF token: the Origin
# header is checked instead.
@csrf_exempt
@login_not_required
@own_pages_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def commitment_link(request: HttpRequest, token: str) -> HttpResponse:
    """The request and the reply form. A link that is used, expired or unknown gets one and the same page."""
    commitment = commitments.find_by_token(token)
    if commitment is None:
        return secret_link_page(request, "dialogue/activities/commitment_gone.html", {}, 404)
    form = CommitmentReplyForm(request.POST if request.method == "POST" else None, has_account=False)
    if not form.is_valid():
        context = commitment_context(commitment) | {"form": form}
        return secret_link_page(
            request, "dialogue/activities/commitment_link.html", context, 422 if form.is_bound else 200
        )
    commitment_reply.record_reply(commitment=commitment, typed=form.cleaned_data)
    return secret_link_page(request, "dialogue/activities/commitment_thanks.html", commitment_context(commitment), 200)
