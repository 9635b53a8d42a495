"""Celery tasks: rendering the files of a version, and requeueing versions whose worker died."""

from celery import shared_task

from ostberga.lib.servers.queue import call
from reports.rendering import render_job


@shared_task(name="reports.tasks.render")
def render(key: str) -> None:
    """Render the files of one version. Safe to run twice: only a queued row can be claimed."""
    render_job.render_version(key)


@shared_task(name="reports.tasks.sweep")
def sweep() -> None:
    """Requeue versions whose worker died, and call a worker for every queued version."""
    for key in render_job.requeue_stale_versions():
        call("reports.tasks.render", str(key))
