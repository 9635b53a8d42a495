"""A test client for tests that send a form without having opened its page."""

from typing import Any

from django.forms import BaseForm
from django.test import Client

from ostberga.lib.editing.edit_form import ComparesVersions
from ostberga.lib.web.form_tokens import FIELD, FormToken, new_rendering


class SecondLookClient(Client):
    """Sends a form once more when its page asks which of two versions shall count, because nothing told what was shown.

    A test that is about two people who write at once opens the page and sends its hidden field along.
    """

    # Whether a form of hers carries the token that its page would have had: all that she asks for is then one
    # transaction, as it is when a browser sends it.
    sends_tokens = False
    account = ""  # the key of who is signed in

    def post(self, path: Any, data: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Send the form; a second time with what the answer showed, unless the test has sent what it was shown."""
        if self.sends_tokens and self.account and not args and "content_type" not in kwargs:
            data = self._with_token(str(path), data)
        page = super().post(path, data, *args, **kwargs)
        if not isinstance(data, dict) or any(str(name).endswith("shown") for name in data):
            return page
        shown = {form.add_prefix("shown"): form.data[form.add_prefix("shown")] for form in _conflicting(page)}
        return super().post(path, {**data, **shown}, *args, **kwargs) if shown else page

    def _with_token(self, path: str, data: Any) -> Any:
        if data is not None and (not isinstance(data, dict) or FIELD in data):
            return data
        return {**(data or {}), FIELD: str(FormToken(self.account, path, new_rendering()))}


def _conflicting(page: Any) -> list[Any]:
    """Return the forms of a page that edit something and were not stored."""
    given: Any = getattr(page, "context", None) or []
    contexts = given if isinstance(given, list) else [given]
    values = [value for context in contexts for layer in context.dicts for value in layer.values()]
    listed = [item for value in values for item in (value if isinstance(value, list | tuple) else [value])]
    sent = {id(form): form for form in listed if isinstance(form, BaseForm) and form.is_bound}
    edits = [form for form in sent.values() if isinstance(form, ComparesVersions) and form.edits is not None]
    return edits if any(form.conflicting for form in edits) else []
