"""Writing the public texts of a dialogue, without its question or its forms: they are the coordinator's."""

from collections.abc import Mapping

from django.db import transaction

from actors.models import User
from actors.rules.rights import WRITE_TEXTS
from dialogue.models import Dialogue
from ostberga.lib.authorization import require


@transaction.atomic
def write_texts(*, dialogue: Dialogue, texts: Mapping[str, Mapping[str, str]], by: User) -> None:
    """Change the texts of a dialogue. `texts` is by field name (title, purpose etc.) and language."""
    require(by, WRITE_TEXTS, dialogue)
    dialogue.refresh_from_db(from_queryset=Dialogue.objects.select_for_update(no_key=True, of=("self",)))
    for name, text in texts.items():
        setattr(dialogue, name, dict(text))
    dialogue.save(update_fields=[*texts])
    dialogue.events.create(kind="described", by=by)
    dialogue.collaboration.bump_public_version()
