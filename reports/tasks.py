"""Celery tasks: rendering the files of a version, making files to take out, and what to do when a worker died."""

from celery import shared_task

from ostberga.lib.servers.queue import call
from reports.downloads import export_job
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


@shared_task(name="reports.tasks.export")
def export(key: str) -> None:
    """Make one file to take out. Safe to run twice: only a queued row can be claimed."""
    export_job.make_export(key)


@shared_task(name="reports.tasks.sweep_exports")
def sweep_exports() -> None:
    """Requeue files whose worker died, call a worker for each that waits, and delete those that are a day old."""
    export_job.delete_outlived()
    for key in export_job.requeue_stale_exports():
        call("reports.tasks.export", str(key))
