"""The district of tests/house/doors.py with what else can be edited: a plan, a report, and a comment on it."""

from tests.house import doors


def build_to_edit() -> doors.District:
    """Create the district, with something in every form that edits."""
    return doors.build()
