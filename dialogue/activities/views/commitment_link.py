"""What a body was asked to take on, for whoever got the letter: no account, and the link works once."""

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


# Programs that look through mail open links, so opening it changes nothing; a button does. There is no session to steal
# and so no token: the browser's word on the origin is checked.
@csrf_exempt
@login_not_required
@own_pages_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def commitment_link(request: HttpRequest, token: str) -> HttpResponse:
    """The question and the answer. A link that is used, too old or unknown gets one and the same page."""
    found = commitments.find_by_token(token)
    if found is None:
        return secret_link_page(request, "dialogue/activities/commitment_gone.html", {}, 404)
    form = CommitmentReplyForm(request.POST if request.method == "POST" else None, has_account=False)
    if not form.is_valid():
        shown = commitment_context(found) | {"form": form}
        return secret_link_page(
            request, "dialogue/activities/commitment_link.html", shown, 422 if form.is_bound else 200
        )
    commitment_reply.record_reply(commitment=found, said=form.cleaned_data)
    return secret_link_page(request, "dialogue/activities/commitment_thanks.html", commitment_context(found), 200)
