"""The one home of permissions: what a right is, and the question that every verb with `by` asks first."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model, QuerySet

from ostberga.lib.refusal import Refusal

Rows = TypeVar("Rows", bound=QuerySet[Any])
# The code of a refusal for the lack of a right, as the security log knows it.
MAY_NOT = "may_not"


@dataclass(frozen=True)
class Right:
    """Something that only certain people may do. The rights of an app are defined in its `rules/rights.py`.

    `rows` names the QuerySet method that takes a user and returns what she has the right to, such as `coordinated_by`.
    Views list and fetch by the same method, so that a page and a verb cannot disagree. The right covers every model
    whose QuerySet has the method. `missing` says in plain Swedish what a person without the right lacks, and `who` says
    who can do it instead or give it to her.
    """

    rows: str
    missing: str
    who: str

    def covers(self, user: AbstractBaseUser, target: Model) -> bool:
        """Whether this person has the right to this row now. One query."""
        return user.is_active and self.rows_for(user, type(target)._default_manager.all()).filter(pk=target.pk).exists()

    def rows_for(self, user: AbstractBaseUser, rows: Rows) -> Rows:
        """Those of these rows that this person has the right to, as pages fetch them."""
        rightful: Rows = getattr(rows, self.rows)(user)
        return rightful


def require(by: AbstractBaseUser, right: Right, target: Model) -> None:
    """Raise Refusal with the code MAY_NOT unless the person has the right to the target. One query.

    The first step of every verb with `by`, inside its transaction; after the lock where the right depends on the locked
    row. A verb that time may perform is annotated `by: User | None`, and asks when there is somebody to ask about.
    """
    if not right.covers(by, target):
        raise lack_of(right)


def lack_of(right: Right) -> Refusal:
    """Return the refusal for the lack of a right, for a verb that asks in more than one way."""
    return Refusal(right.missing, who=right.who, code=MAY_NOT)
