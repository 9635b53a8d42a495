"""Channels of a form: creating, changing and closing them, their addresses and QR codes."""

import io

import segno
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from actors.models import User
from actors.rules.rights import PREPARE
from ostberga.lib.authorization import require
from ostberga.lib.privacy.codes import short_code
from ostberga.lib.refusal import Refusal
from surveys.batching import blank_counts, bursts
from surveys.models import Channel, Survey

WEB_LABEL = "Webben"


def free_code() -> str:
    """Return a short code not used by any channel."""
    while True:
        code = short_code()
        if not Channel.objects.filter(code=code).exists():
            return code


def create_web_channel(*, survey: Survey) -> Channel:
    """Create the channel that our own pages link to; every form has one."""
    return Channel.objects.create(survey=survey, label=WEB_LABEL, code=free_code(), is_web=True)


@transaction.atomic
def create_channel(
    *, survey: Survey, by: User, label: str, code: str = "", is_small: bool = False, is_logged: bool = True
) -> Channel:
    """Create a channel; a code is generated when none is given.

    One that an import needs is not logged: the log's times would say which rows came from it.
    """
    require(by, PREPARE, survey)
    channel = Channel.objects.create(survey=survey, label=label, code=code or free_code(), is_small=is_small)
    if is_logged:
        survey.record_change(by=by, what=f"ny kanal: {label}")
    else:
        survey.forget_definition()
    return channel


@transaction.atomic
def change_channel(*, channel: Channel, by: User, label: str, is_small: bool) -> None:
    """Change the name or mark the place as small. The code never changes: it is printed on paper."""
    channel = Channel.objects.select_for_update(no_key=True).get(pk=channel.pk)
    require(by, PREPARE, channel.survey)
    if channel.is_web and is_small:
        raise Refusal("Webben är ingen liten plats.", code="web_is_not_small")
    becomes_small = is_small and not channel.is_small
    channel.label, channel.is_small = label, is_small
    channel.save(update_fields=["label", "is_small"])
    channel.survey.record_change(by=by, what=f"kanal: {label}")
    if becomes_small:  # last: what waits is locked after everything else
        blank_counts.detach_responses(channel)
        bursts.forget_channel(channel)


@transaction.atomic
def close_channel(*, channel: Channel, by: User) -> None:
    """Close the channel. Its code then shows that the form is closed."""
    channel = Channel.objects.select_for_update(no_key=True).get(pk=channel.pk)
    require(by, PREPARE, channel.survey)
    if channel.is_web:
        raise Refusal("Webben kan inte stängas för sig. Stäng omgången i stället.", code="web_stays")
    channel.closed_at = channel.closed_at or timezone.now()
    channel.save(update_fields=["closed_at"])
    channel.survey.record_change(by=by, what=f"stängde kanalen: {channel.label}")


@transaction.atomic
def reopen_channel(*, channel: Channel, by: User) -> None:
    """Open the channel again."""
    channel = Channel.objects.select_for_update(no_key=True).get(pk=channel.pk)
    require(by, PREPARE, channel.survey)
    channel.closed_at = None
    channel.save(update_fields=["closed_at"])
    channel.survey.record_change(by=by, what=f"öppnade kanalen: {channel.label}")


def channel_url(channel: Channel) -> str:
    """Return the absolute URL, for a QR code."""
    return f"{settings.SITE_URL}{channel.get_absolute_url()}"


def short_channel_url(channel: Channel) -> str:
    """Return the address as people type it: without https:// and trailing slash."""
    return channel_url(channel).split("://", maxsplit=1)[1].rstrip("/")


def qr_svg(channel: Channel) -> bytes:
    """Return a QR code of the address as SVG, with the quiet zone that cameras need."""
    drawing = io.BytesIO()
    segno.make(channel_url(channel), error="m", micro=False).save(
        drawing, kind="svg", xmldecl=False, border=4, scale=8, omitsize=False
    )
    return drawing.getvalue()
