"""The coordinator's letters to bodies outside, the names that people gathered, and the answers or the silence."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest, collaboration_of
from dialogue.external import outside_bodies
from dialogue.external.forms import OutsideQuestionForm, OutsideReplyForm, PetitionForm
from dialogue.models import OutsideQuestion, Petition
from dialogue.permissions.lookups import current_dialogue, form_page
from ostberga.lib.id_parsing import parse_id
from ostberga.lib.web.htmx import render_page


@require_safe
def all_outside(request: SignedInRequest, slug: str) -> HttpResponse:
    """Everything that has been asked of somebody outside; what has been silent longest first."""
    collaboration = collaboration_of(request, slug)
    shown = {
        "collaboration": collaboration,
        "dialogue": collaboration.dialogues.current().first(),
        "has_addressees": collaboration.addressees.exists(),
        "waiting": outside_bodies.list_unanswered(collaboration, timezone.localdate()),
        "answered": outside_bodies.list_answered(collaboration),
    }
    return render_page(request, "dialogue/external/outside.html", shown)


def petition_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Names that people have gathered."""
    dialogue = current_dialogue(collaboration_of(request, slug))
    form = PetitionForm(dialogue, request.POST or None, issue=parse_id(request.GET.get("fraga")))
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "dialogue/external/petition_form.html", dialogue.collaboration, form)
    made = outside_bodies.register_petition(by=request.user, **form.said)
    messages.success(request, "Namninsamlingen är inskriven och visas i frågans historia.")
    return redirect("coordinate:petition", slug, made.pk)


def outside_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """A letter to a body outside."""
    dialogue = current_dialogue(collaboration_of(request, slug))
    form = OutsideQuestionForm(dialogue, request.POST or None, issue=parse_id(request.GET.get("fraga")))
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "dialogue/external/outside_form.html", dialogue.collaboration, form)
    made = outside_bodies.send_question(by=request.user, **form.said)
    messages.success(request, "Inskrivet. Kommer inget svar i tid visas det som tystnad.")
    return redirect("coordinate:outside-question", slug, made.pk)


def petition(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """A petition, and what came of it."""
    hers = Petition.objects.filter(issue__dialogue__collaboration=collaboration_of(request, slug))
    related = hers.select_related("issue__dialogue__collaboration", "round", "addressee", "registered_by")
    return _one(request, get_object_or_404(related, pk=pk))


def outside_question(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """A letter, and what came of it."""
    hers = OutsideQuestion.objects.filter(issue__dialogue__collaboration=collaboration_of(request, slug))
    related = hers.select_related("issue__dialogue__collaboration", "round", "addressee", "registered_by", "decision")
    return _one(request, get_object_or_404(related, pk=pk))


def _one(request: SignedInRequest, asked: outside_bodies.OutsideEnquiry) -> HttpResponse:
    form = OutsideReplyForm(asked, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        more = {"asked": asked, "silence": outside_bodies.unanswered_enquiry(asked, timezone.localdate())}
        return form_page(
            request, "dialogue/external/outside_asked.html", asked.issue.dialogue.collaboration, form, **more
        )
    outside_bodies.register_reply(to=asked, words=form.texts_of("words"), on=form.cleaned_data["on"], by=request.user)
    messages.success(request, "Svaret är inskrivet och visas i frågans historia.")
    return redirect(request.path)
