"""The exception raised when an action is not allowed now, with what is missing and who can fix it."""

# Codes of what has come to its end: nobody can do anything about it, and sending the same again is of no use.
SETTLED = frozenset(
    ["already_answered", "already_approved", "already_asked", "already_begun", "already_ended", "already_left"]
    + ["already_reconsidered", "already_replied", "already_taken_back", "already_told", "already_undone"]
    + ["already_withdrawn", "adopted", "answered", "cancelled", "ended", "group_ended", "not_a_draft"]
    + ["removed_already", "settled", "withdrawn"]
)


class Refusal(Exception):
    """Raised by an action that is not allowed now; RefusalMiddleware shows it as a page with status 409.

    `message` says in plain Swedish what is missing, `who` says who can fix it and `link` where (a path on this site),
    in the words of `label`. `code` identifies the reason for tests and logs, whatever the wording; it never holds
    anything about a person.
    """

    def __init__(self, message: str, *, who: str = "", link: str = "", label: str = "", code: str = "refused") -> None:
        super().__init__(message)
        self.message = message
        self.who = who
        self.link = link
        self.label = label
        self.code = code

    def __str__(self) -> str:
        return self.message

    @property
    def is_final(self) -> bool:
        """Whether what was asked for has been settled, so that it will never be possible."""
        return self.code in SETTLED

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the keyword arguments when pickled, for example by a task queue."""
        return (_rebuild, (self.message, self.who, self.link, self.label, self.code))


def _rebuild(message: str, who: str, link: str, label: str, code: str) -> Refusal:
    return Refusal(message, who=who, link=link, label=label, code=code)
