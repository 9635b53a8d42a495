"""Pictures that tell how an activity goes."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from dialogue.models import Activity, ActivityEvent

# Nothing changes a picture; a browser may keep it for a week, and one that is taken away is gone after that.
KEEP = 7 * 24 * 3600


@login_not_required
@require_safe
def activity_picture(_request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """The picture of a piece of news, as long as everybody may read the activity."""
    shown = Activity.objects.public().filter(dialogue__collaboration__slug=slug)
    event = get_object_or_404(ActivityEvent.objects.exclude(picture="").filter(activity__in=shown), pk=pk)
    if not event.picture.storage.exists(event.picture.name):
        raise Http404
    headers = {"Cache-Control": f"public, max-age={KEEP}", "X-Content-Type-Options": "nosniff"}
    return FileResponse(event.picture.open(), content_type="image/jpeg", headers=headers)
