"""The reader's page of a draft: opened by a private link, without account, with one question to answer."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ostberga.lib.web.language_switch import is_switch, switching, typed_values
from ostberga.lib.web.secret_links import secret_link_view
from reports.models import Reading
from reports.readings.forms import ReadingCommentForm
from reports.rendering import files


@secret_link_view
def read(request: HttpRequest, secret: str) -> HttpResponse:
    """The draft, and the form «Har vi missat något?»."""
    reading = Reading.objects.by_token(secret).select_related("version__report__dialogue__collaboration").first()
    if reading is None or not reading.is_open:
        return render(request, "reports/readings/reading_closed.html", status=404)
    switched = is_switch(request)
    form = ReadingCommentForm(None if switched else request.POST or None, initial=typed_values(request))
    if request.method == "POST" and form.is_valid():
        reading.receive(form.cleaned_data["text"])
        return redirect(f"{reverse('reading', args=[secret])}?tack=1")
    context = _draft(reading, secret) | {"form": form, "thanks": "tack" in request.GET, **switching("synpunkt")}
    return render(request, "reports/readings/reading.html", context, status=422 if form.errors else 200)


@login_not_required
@never_cache
@require_safe
def picture(_request: HttpRequest, secret: str, name: str) -> FileResponse:
    """A picture of the draft."""
    reading = Reading.objects.open().by_token(secret).select_related("version").first()
    path = files.stored_path(reading.version, name) if reading and name in files.PICTURES else None
    if path is None:
        raise Http404
    return files.file_response(path, name)


def _draft(reading: Reading, secret: str) -> dict[str, object]:
    version = reading.version
    return {
        "reading": reading,
        "version": version,
        "collaboration": version.report.dialogue.collaboration,
        "f": version.frozen,
        "gone": version.withdrawn_quotes(),
        "pictures": reverse("reading", args=[secret]),
    }
