"""A «no» that says why: what is missing, who can mend it and where."""


class Refusal(Exception):
    """Raised by a verb that may not be done now; shown to the person as a page, never as a crash.

    `message` says in plain Swedish what is missing, `who` who can mend it, `link` where (an address on this site).
    `code` is the same whatever the wording, for tests and logs; it never holds anything about a person.
    """

    def __init__(self, message: str, *, who: str = "", link: str = "", code: str = "refused") -> None:
        super().__init__(message)
        self.message = message
        self.who = who
        self.link = link
        self.code = code

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[object, ...]:
        """Keyword arguments survive a trip through a task queue."""
        return (_again, (self.message, self.who, self.link, self.code))


def _again(message: str, who: str, link: str, code: str) -> Refusal:
    return Refusal(message, who=who, link=link, code=code)
