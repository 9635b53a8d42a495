"""Following issues by e-mail: asking for it, confirming the address, and stopping. No account, no cookie, no token."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
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
from ostberga.lib.web.origin import own_pages_only


# These forms stand on public pages, which are kept and so carry no token; the browser's word on the origin is checked.
@csrf_exempt
@login_not_required
@own_pages_only
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Choose issues and give an address."""
    if request.method != "POST":
        return render(request, "dialogue/followers/follow.html", _chosen_in_address(request))
    form = FollowForm(request.POST)
    if not form.is_valid():
        return render(request, "dialogue/followers/follow.html", _typed(request) | {"form": form}, status=422)
    typed, language = form.cleaned_data, get_language() or "sv"
    following.request_to_follow(email=typed["epost"], language=language, issues=typed["fraga"], wish=typed["vill"])
    return redirect("follow-asked")


@login_not_required
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """A letter is on its way."""
    return render(request, "dialogue/followers/follow_asked.html")


# The link in a letter: programs that look through mail open links, so opening it changes nothing; a button does.
@csrf_exempt
@login_not_required
@own_pages_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """What this address follows: confirm, say how much to hear, stop following one issue, or be forgotten."""
    follower = Follower.objects.holding(token).first()
    if follower is None:
        return render(request, "dialogue/followers/follow_gone.html", status=404)
    if request.method == "POST":
        return _change(request, follower)
    return _page(request, follower, WishForm(initial={"vill": follower.wish, "sprak": follower.language}))


# Mail programs press this button themselves: without our pages, our cookies or an origin (RFC 8058). So nothing but the
# link is asked for, and one click does all of it: the address is forgotten, with everything that it followed.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop at once. Opening the link changes nothing; pressing twice does no harm."""
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
    shown = {"followed": followed, "waiting": [one for one in followed if one.confirmed_on is None], "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "dialogue/followers/following.html", shown | {"token": follower.token}, status=status)


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
    issues = Issue.objects.public().filter(dialogue__is_current=True).select_related("dialogue__collaboration")
    return issues.filter(dialogue__collaboration__slug=collaboration) if collaboration else issues


def _chosen_in_address(request: HttpRequest) -> dict[str, object]:
    """An issue's own page leads here with that issue chosen."""
    issues = _issues(request.GET.get("samverkan", ""))
    chosen = {issue.pk for issue in issues if issue.slug == request.GET.get("fraga")}
    return {"issues": issues, "chosen": chosen}


def _typed(request: HttpRequest) -> dict[str, object]:
    """What was typed, to be mended."""
    chosen = _numbers(request.POST.getlist("fraga"))
    return {"issues": _issues(), "chosen": chosen, "email": request.POST.get("epost"), "wish": request.POST.get("vill")}


def _numbers(typed: list[str]) -> set[int]:
    return {parse_id(value) for value in typed}
