"""Language buttons that send a form, so that what is typed goes along to the page in the other language.

`components/language_links.html` writes them where the context has `switched_form`, the id of the form. The view shows
the form anew with what was typed; nothing is checked or stored.
"""

from django.http import HttpRequest

SWITCH = "byt-sprak"  # the name of the buttons


def switching(form_id: str) -> dict[str, str]:
    """Return the template context of a page whose language buttons send the form with this id."""
    return {"switched_form": form_id, "switches_with": SWITCH}


def is_switch(request: HttpRequest) -> bool:
    """Return whether the form was sent by a language button."""
    return request.method == "POST" and SWITCH in request.POST


def typed_values(request: HttpRequest) -> dict[str, str]:
    """Return what was typed, as initial values of the form that is shown again. The last value of each field."""
    return {name: str(value) for name, value in request.POST.items() if name != SWITCH}
