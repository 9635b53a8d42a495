"""Base classes of forms that edit something stored. What two people changed is kept; what both changed is shown."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.forms.boundfield import BoundField
from django.http import Http404
from django.template.loader import render_to_string

from ostberga.lib.editing.comparison import SHOWN, Comparison
from ostberga.lib.locking import lock

if TYPE_CHECKING:
    Base = forms.BaseForm
else:
    Base = object


class ComparesVersions(Base):
    """Knows what its page showed, in the hidden field `shown`, and merges what is sent with what is stored.

    A field that its sender left as it was shown gets what is stored now. A field that both have changed is an error
    that shows both values; a radio button takes the other's. If `edits` has meanwhile come to another state (its
    property `edit_state`: merged, closed, withdrawn), all is refused once, with the words kept. The rows are locked
    before what is stored is read, so that the comparison holds until the view's transaction has stored the result:
    views of such forms are atomic.
    """

    uncompared: frozenset[str] = frozenset()  # fields that are no part of what is stored
    about: str = ""  # which part of `edits`, when it has several forms of this class
    edits: Model | None = None

    def compare_with(self, edits: Model) -> None:
        """Add the hidden field. Called when the form has its data and its initial values."""
        self.edits = edits
        self._comparison = Comparison(self, edits, uncompared=self.uncompared, about=self.about)
        self.fields[SHOWN] = forms.CharField(required=False, widget=forms.HiddenInput({"id": False}))
        # Called when the field is rendered, since subclasses add fields after this.
        self.initial[SHOWN] = self._comparison.seal

    def leave_out(self, name: str) -> None:
        """Compare this field another time: it is shown as it was sent, and the page still says what it showed of it."""
        self.uncompared |= {name}
        if self.edits is not None:
            self.compare_with(self.edits)

    @property
    def conflicting(self) -> list[BoundField]:
        """The fields that two people have changed, for the template."""
        return [self[name] for name, field in self.fields.items() if hasattr(field, "conflict")]

    @property
    def conflicts_as_html(self) -> str:
        """A list of them, above the form; empty without any."""
        return render_to_string("editing/conflicts.html", {"form": self}) if self.conflicting else ""

    def full_clean(self) -> None:
        """Merge what was sent with what is stored, before it is validated."""
        errors = self._comparison.merge() if self.is_bound and self.edits is not None else []
        super().full_clean()
        getattr(self, "cleaned_data", {}).pop(SHOWN, None)
        for name, message in errors:
            self.add_error(name, message)


class EditForm(ComparesVersions, forms.Form):
    """A form that edits `edits`; without it an ordinary form, for something new.

    `initial` is what is stored, or a function that reads it after the lock. `besides` are rows that hold a part of it.
    """

    def __init__(
        self,
        data: Any = None,
        *args: Any,
        edits: Model | None = None,
        besides: Sequence[Model] = (),
        about: str = "",
        initial: Mapping[str, Any] | Callable[[], Mapping[str, Any]] | None = None,
        **kwargs: Any,
    ) -> None:
        if edits is not None and data is not None:
            _lock(edits, *besides)
        self.about = about or self.about
        kwargs["initial"] = dict((initial() if callable(initial) else initial) or {})
        super().__init__(data, *args, **kwargs)
        if edits is not None:
            self.compare_with(edits)


class EditModelForm(ComparesVersions, forms.ModelForm[Any]):
    """The same for a ModelForm: it edits its instance, unless that is new."""

    def __init__(
        self, data: Any = None, *args: Any, instance: Model | None = None, besides: Sequence[Model] = (), **kwargs: Any
    ) -> None:
        edits = instance if instance is not None and instance.pk is not None else None
        if edits is not None and data is not None:
            _lock(edits, *besides)
        kwargs["instance"] = instance
        super().__init__(data, *args, **kwargs)
        if edits is not None:
            self.compare_with(edits)


def _lock(*rows: Model) -> None:
    try:
        lock(*rows)
    except ObjectDoesNotExist:  # deleted since the view fetched it
        raise Http404 from None
