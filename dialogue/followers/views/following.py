"""Following issues by e-mail: asking, confirming the address, changing wishes, stopping. No account, no cookie."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from dialogue.followers import following
from dialogue.followers.forms.following import FollowForm, WishForm
from dialogue.models import Follower, Issue
from ostberga.lib.id_parsing import parse_id
from ostberga.lib.privacy.letter_limit import may_cause_letter
from ostberga.lib.web.language_switch import is_switch, switching, typed_values
from ostberga.lib.web.origin import own_pages_only
from ostberga.lib.web.secret_links import secret_link_view

# The id of the form on the page.
FORM = "folj"


# These forms stand on cached public pages and so carry no CSRF token: the Origin header is checked instead.
@csrf_exempt
@login_not_required
@own_pages_only
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Choose issues and give an address."""
    if request.method != "POST":
        return render(request, "dialogue/followers/follow.html", _chosen_in_address(request))
    if is_switch(request):
        return render(request, "dialogue/followers/follow.html", _typed(request))
    form = FollowForm(request.POST)
    if not form.is_valid():
        return render(request, "dialogue/followers/follow.html", _typed(request) | {"form": form}, status=422)
    typed, language = form.cleaned_data, get_language() or "sv"
    if may_cause_letter(request, typed["epost"]):
        following.request_to_follow(email=typed["epost"], language=language, issues=typed["fraga"], wish=typed["vill"])
    return redirect("follow-asked")


@login_not_required
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """A letter is on its way."""
    return render(request, "dialogue/followers/follow_asked.html")


@secret_link_view
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """What an address follows: confirm, change wishes, stop following one issue, or be deleted."""
    follower = Follower.objects.holding(token).first()
    if follower is None:
        return render(request, "dialogue/followers/follow_gone.html", status=404)
    if is_switch(request):
        return _page(request, follower, WishForm(initial=typed_values(request)))
    if request.method == "POST":
        return _change(request, follower)
    return _page(request, follower, WishForm(initial={"vill": follower.wish, "sprak": follower.language}))


# Mail programs post here themselves, without cookies or an Origin header (RFC 8058 one-click unsubscribe). So the
# link is enough, and one POST deletes the address with everything that it followed.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Delete the follower. A GET changes nothing; a second POST does no harm."""
    follower = Follower.objects.holding(token).first()
    if request.method == "POST" and request.POST.get("List-Unsubscribe") == "One-Click":
        if follower is not None:
            follower.forget()
        return render(request, "dialogue/followers/follow_forgotten.html")
    if follower is None:
        return render(request, "dialogue/followers/follow_gone.html", status=404)
    return render(request, "dialogue/followers/follow_stop.html", {"token": token})


def _page(request: HttpRequest, follower: Follower, form: WishForm) -> HttpResponse:
    followed = follower.followed.select_related("issue__dialogue__collaboration").order_by("issue__position")
    followed = followed.prefetch_related("issue__dialogue__stages")
    waiting = [row for row in followed if row.confirmed_on is None]
    context = {"followed": followed, "waiting": waiting, "form": form, "token": follower.token}
    if len(followed) > len(waiting):
        context |= switching("onskemal")
    status = 422 if form.is_bound else 200
    return render(request, "dialogue/followers/following.html", context, status=status)


def _change(request: HttpRequest, follower: Follower) -> HttpResponse:
    wish = request.POST.get("gor", "")
    if wish == "glom":
        follower.forget()
        return render(request, "dialogue/followers/follow_forgotten.html")
    if wish == "bekrafta":
        follower.confirm()
    elif wish == "sluta":
        follower.unfollow(get_object_or_404(follower.issues, pk=parse_id(request.POST.get("fraga"))))
    elif wish == "onskemal":
        return _prefer(request, follower)
    return redirect("following", follower.token)


def _prefer(request: HttpRequest, follower: Follower) -> HttpResponse:
    form = WishForm(request.POST)
    if not form.is_valid():
        return _page(request, follower, form)
    follower.prefer(wish=form.cleaned_data["vill"], language=form.cleaned_data["sprak"])
    with translation.override(follower.language):
        return redirect(reverse("following", args=[follower.token]))


def _issues(collaboration: str = "") -> QuerySet[Issue]:
    """The issues that can be followed, those of a dialogue together."""
    issues = Issue.objects.public().filter(dialogue__is_current=True).select_related("dialogue__collaboration")
    issues = issues.order_by("dialogue__collaboration__name", "dialogue_id", "position", "pk")
    place = Q(dialogue__collaboration__slug=collaboration)
    place |= Q(dialogue__collaboration__former_addresses__slug=collaboration)
    return issues.filter(place).distinct() if collaboration else issues


def _chosen_in_address(request: HttpRequest) -> dict[str, object]:
    """The public issues, with the one in the address (`fraga`, also as it was before) chosen."""
    issues = list(_issues(request.GET.get("samverkan", "")))
    chosen = set(Issue.objects.addressed(request.GET.get("fraga", "")).values_list("pk", flat=True))
    return {"issues": issues, "chosen": chosen, **_whose(issues), **_switching(issues)}


def _typed(request: HttpRequest) -> dict[str, object]:
    """What was typed, to be corrected."""
    chosen = _numbers(request.POST.getlist("fraga"))
    typed = {"email": request.POST.get("epost"), "wish": request.POST.get("vill")}
    issues = list(_issues())
    return {"issues": issues, "chosen": chosen, **typed, **_whose(issues), **_switching(issues)}


def _whose(issues: list[Issue]) -> dict[str, object]:
    """The collaboration of the issues, for the head of the page, when there is one alone."""
    collaborations = {issue.dialogue.collaboration for issue in issues}
    return {"collaboration": collaborations.pop()} if len(collaborations) == 1 else {}


def _switching(issues: list[Issue]) -> dict[str, str]:
    """Without issues there is no form to send."""
    return switching(FORM) if issues else {}


def _numbers(typed: list[str]) -> set[int]:
    return {parse_id(value) for value in typed}
