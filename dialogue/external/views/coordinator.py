"""The coordinator's pages about petitions and letters to bodies outside the collaboration, and the replies."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest, collaboration_of
from dialogue.external import outside_bodies, own_words
from dialogue.external.forms import OutsideQuestionForm, OutsideReplyForm, PetitionForm
from dialogue.models import Dialogue, OutsideQuestion, Petition
from dialogue.permissions.choosing import in_running_dialogue
from dialogue.permissions.lookups import form_page
from ostberga.lib.id_parsing import parse_id
from ostberga.lib.web.htmx import render_page


@require_safe
def all_outside(request: SignedInRequest, slug: str) -> HttpResponse:
    """List all enquiries: those without a reply first, the most overdue at the top."""
    collaboration = collaboration_of(request, slug)
    context = {
        "collaboration": collaboration,
        "dialogues": collaboration.dialogues.current(),
        "has_addressees": collaboration.addressees.exists(),
        "waiting": outside_bodies.list_unanswered(collaboration, timezone.localdate()),
        "answered": outside_bodies.list_answered(collaboration),
    }
    return render_page(request, "dialogue/external/outside.html", context)


@in_running_dialogue
def petition_new(request: SignedInRequest, dialogue: Dialogue) -> HttpResponse:
    """Register a petition."""
    form = PetitionForm(dialogue, request.POST or None, issue=parse_id(request.GET.get("fraga")))
    if request.method != "POST" or not form.is_valid():
        return form_page(
            request, "dialogue/external/petition_form.html", dialogue.collaboration, form, dialogue=dialogue
        )
    registered = outside_bodies.register_petition(by=request.user, **form.arguments)
    messages.success(request, "Namninsamlingen är inskriven och visas i frågans historia.")
    return redirect("coordinate:petition", dialogue.collaboration.slug, registered.pk)


@in_running_dialogue
def outside_new(request: SignedInRequest, dialogue: Dialogue) -> HttpResponse:
    """Register or send a letter to a body outside."""
    form = OutsideQuestionForm(dialogue, request.POST or None, issue=parse_id(request.GET.get("fraga")))
    if request.method != "POST" or not form.is_valid():
        return form_page(
            request, "dialogue/external/outside_form.html", dialogue.collaboration, form, dialogue=dialogue
        )
    question = outside_bodies.send_question(by=request.user, **form.arguments)
    messages.success(request, "Inskrivet. Kommer inget svar i tid visas det som tystnad.")
    return redirect("coordinate:outside-question", dialogue.collaboration.slug, question.pk)


def petition(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Show a petition and its reply, or the form for the reply."""
    hers = Petition.objects.filter(issue__dialogue__collaboration=collaboration_of(request, slug))
    related = hers.select_related("issue__dialogue__collaboration", "round", "addressee", "registered_by", "own_words")
    return _enquiry_page(request, get_object_or_404(related, pk=pk))


def outside_question(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Show a letter and its reply, or the form for the reply."""
    hers = OutsideQuestion.objects.filter(issue__dialogue__collaboration=collaboration_of(request, slug))
    related = hers.select_related(
        "issue__dialogue__collaboration", "round", "addressee", "registered_by", "decision", "own_words"
    )
    return _enquiry_page(request, get_object_or_404(related, pk=pk))


def _enquiry_page(request: SignedInRequest, enquiry: outside_bodies.OutsideEnquiry) -> HttpResponse:
    form = OutsideReplyForm(enquiry, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        more = {"enquiry": enquiry, "silence": outside_bodies.unanswered_enquiry(enquiry, timezone.localdate())}
        collaboration = enquiry.issue.dialogue.collaboration
        return form_page(request, "dialogue/external/outside_enquiry.html", collaboration, form, **more)
    outside_bodies.register_reply(to=enquiry, words=form.texts_of("words"), on=form.cleaned_data["on"], by=request.user)
    messages.success(request, "Svaret är inskrivet och visas i frågans historia.")
    return redirect(request.path)


@require_POST
def show_petition_again(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Send the registry of the body what is told as its reply to a petition, with a new link."""
    hers = Petition.objects.filter(issue__dialogue__collaboration=collaboration_of(request, slug))
    return _show_again(request, get_object_or_404(hers.select_related("issue__dialogue__collaboration"), pk=pk))


@require_POST
def show_question_again(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """The same for a letter."""
    hers = OutsideQuestion.objects.filter(issue__dialogue__collaboration=collaboration_of(request, slug))
    return _show_again(request, get_object_or_404(hers.select_related("issue__dialogue__collaboration"), pk=pk))


def _show_again(request: SignedInRequest, enquiry: outside_bodies.OutsideEnquiry) -> HttpResponse:
    own_words.show_again(enquiry=enquiry, by=request.user)
    messages.success(request, f"Ett brev med en ny länk har gått till registratorn för {enquiry.addressee}.")
    name = "coordinate:petition" if isinstance(enquiry, Petition) else "coordinate:outside-question"
    return redirect(name, enquiry.issue.dialogue.collaboration.slug, enquiry.pk)
