"""Changes of what residents read about who asks them: told to those appointed, and to the former address."""

from collections.abc import Mapping

from actors.models import Collaboration, User
from actors.people import appointment_letters as letters

# What the collaboration is called, who is responsible for what residents say, and where they ask.
FIELDS = ("name", "controller_name", "contact_email", "dpo_email")


def tell(*, collaboration: Collaboration, earlier: Mapping[str, object], by: User) -> None:
    """Tell what was there before and is now, of those of FIELDS that are in `earlier`: the values that were changed."""
    sentences = [_sentence(collaboration, field, str(earlier[field] or "")) for field in FIELDS if field in earlier]
    if not sentences:
        return
    former = {str(earlier[field]) for field in ("contact_email", "dpo_email") if earlier.get(field)}
    addresses = letters.people_appointed(collaboration) | former | {collaboration.data_controller.registry_email}
    letters.tell(collaboration, addresses - {""}, f"{by} har ändrat uppgifter på webbplatsen. {' '.join(sentences)}")


def _sentence(collaboration: Collaboration, field: str, before: str) -> str:
    name = str(Collaboration._meta.get_field(field).verbose_name).capitalize()  # type: ignore[union-attr]
    return f"{name}: {getattr(collaboration, field) or 'tomt'} (förut {before or 'tomt'})."
