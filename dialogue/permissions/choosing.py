"""Which dialogue a new thing belongs to: what the address names, or the only one there is. Else she is asked."""

from collections.abc import Callable, Sequence
from functools import wraps

from django.http import HttpResponse

from actors.models import Collaboration
from actors.permissions.lookups import SignedInRequest, collaboration_of
from dialogue.models import Dialogue
from dialogue.permissions.lookups import running_dialogues
from ostberga.lib.id_parsing import parse_id
from ostberga.lib.web.form_tokens import FIELD
from ostberga.lib.web.htmx import render_page

NAMED = "dialog"  # the parameter of the address that names a dialogue
OF_THE_PAGE = {"csrfmiddlewaretoken", FIELD}  # what a form has of its own page, and not what was typed

DialogueView = Callable[[SignedInRequest, Dialogue], HttpResponse]


def in_running_dialogue(view: DialogueView) -> Callable[[SignedInRequest, str], HttpResponse]:
    """Give a view the dialogue that goes on and that the address means; where there are several, ask which."""

    @wraps(view)
    def with_dialogue(request: SignedInRequest, slug: str) -> HttpResponse:
        collaboration = collaboration_of(request, slug)
        dialogues = running_dialogues(collaboration)
        dialogue = chosen_dialogue(request, dialogues)
        return view(request, dialogue) if dialogue else ask_which(request, collaboration, dialogues)

    return with_dialogue


def chosen_dialogue(request: SignedInRequest, dialogues: Sequence[Dialogue]) -> Dialogue | None:
    """Return the one of these that the address names, itself or by an issue; else the only one. None: ask which."""
    if name := request.GET.get(NAMED, ""):
        return next((dialogue for dialogue in dialogues if dialogue.slug == name), None)
    if len(dialogues) == 1:
        return dialogues[0]
    issues = [parse_id(typed) for typed in request.GET.getlist("fraga")]
    about = [dialogue for dialogue in dialogues if dialogue.issues.filter(pk__in=issues).exists()]
    return about[0] if len(about) == 1 else None


def ask_which(request: SignedInRequest, collaboration: Collaboration, dialogues: Sequence[Dialogue]) -> HttpResponse:
    """Answer with the page that asks which of these is meant. What was typed is sent on to the one that is chosen."""
    typed = [(name, value) for name, values in request.POST.lists() if name not in OF_THE_PAGE for value in values]
    context = {
        "collaboration": collaboration,
        "choices": [(dialogue, _address_with(request, dialogue)) for dialogue in dialogues],
        "typed": typed,
        "has_files": bool(request.FILES),
    }
    status = 409 if request.method == "POST" else 200
    return render_page(request, "dialogue/process/which_dialogue.html", context, status=status)


def _address_with(request: SignedInRequest, dialogue: Dialogue) -> str:
    """The address of the page, with the dialogue named."""
    query = request.GET.copy()
    query[NAMED] = dialogue.slug
    return f"{request.path}?{query.urlencode()}"
