"""Serves the pictures of activity news."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from dialogue.models import Activity, ActivityEvent

# Pictures never change, so browsers may cache them for a week; a deleted one is gone everywhere after that.
MAX_AGE_SECONDS = 7 * 24 * 3600


@login_not_required
@require_safe
def activity_picture(_request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """The picture of an activity event, as long as the activity is public."""
    public = Activity.objects.public().filter(dialogue__collaboration__slug=slug)
    event = get_object_or_404(ActivityEvent.objects.exclude(picture="").filter(activity__in=public), pk=pk)
    if not event.picture.storage.exists(event.picture.name):
        raise Http404
    headers = {"Cache-Control": f"public, max-age={MAX_AGE_SECONDS}", "X-Content-Type-Options": "nosniff"}
    return FileResponse(event.picture.open(), content_type="image/jpeg", headers=headers)
