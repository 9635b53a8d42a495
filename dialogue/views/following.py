"""Following issues by e-mail: asking for it, confirming the address, and stopping. No account, no cookie, no token."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from dialogue.followers import following
from dialogue.followers.form import FollowForm
from dialogue.models import Follower, Issue
from ostberga.lib.keys import number_in
from ostberga.lib.origin import own_pages_only


# These forms stand on public pages, which are kept and so carry no token; the browser's word on the origin is checked.
@csrf_exempt
@login_not_required
@own_pages_only
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Choose issues and give an address."""
    if request.method != "POST":
        return render(request, "dialogue/follow.html", _chosen_in_address(request))
    form = FollowForm(request.POST)
    if not form.is_valid():
        typed = {"email": request.POST.get("epost", ""), "chosen": _numbers(request.POST.getlist("fraga"))}
        return render(request, "dialogue/follow.html", {"form": form, "issues": _issues()} | typed, status=422)
    language = get_language() or "sv"
    following.ask(email=form.cleaned_data["epost"], language=language, issues=form.cleaned_data["fraga"])
    return redirect("follow-asked")


@login_not_required
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """A letter is on its way."""
    return render(request, "dialogue/follow_asked.html")


# The link in a letter: programs that look through mail open links, so opening it changes nothing; a button does.
@csrf_exempt
@login_not_required
@own_pages_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """What this address follows: confirm, stop following one issue, or be forgotten."""
    follower = Follower.objects.holding(token).first()
    if follower is None:
        return render(request, "dialogue/follow_gone.html", status=404)
    if request.method == "POST":
        return _change(request, follower)
    followed = follower.followed.select_related("issue__dialogue__collaboration").order_by("issue__position")
    waiting = [one for one in followed if one.confirmed_on is None]
    return render(request, "dialogue/following.html", {"followed": followed, "waiting": waiting, "token": token})


def _change(request: HttpRequest, follower: Follower) -> HttpResponse:
    wish = request.POST.get("gor", "")
    if wish == "glom":
        follower.forget()
        return render(request, "dialogue/follow_forgotten.html")
    if wish == "bekrafta":
        follower.confirm()
    elif wish == "sluta":
        follower.unfollow(get_object_or_404(follower.issues, pk=number_in(request.POST.get("fraga"))))
    return redirect("following", follower.token)


def _issues(collaboration: str = "") -> QuerySet[Issue]:
    issues = Issue.objects.public().filter(dialogue__is_current=True).select_related("dialogue__collaboration")
    return issues.filter(dialogue__collaboration__slug=collaboration) if collaboration else issues


def _chosen_in_address(request: HttpRequest) -> dict[str, object]:
    """An issue's own page leads here with that issue chosen."""
    issues = _issues(request.GET.get("samverkan", ""))
    chosen = {issue.pk for issue in issues if issue.slug == request.GET.get("fraga")}
    return {"issues": issues, "chosen": chosen}


def _numbers(typed: list[str]) -> set[int]:
    return {number_in(value) for value in typed}
