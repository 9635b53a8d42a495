"""The exception raised when an action is not allowed now, with what is missing and who can fix it."""


class Refusal(Exception):
    """Raised by an action that is not allowed now; RefusalMiddleware shows it as a page with status 409.

    `message` says in plain Swedish what is missing, `who` says who can fix it and `link` where (a path on this site).
    `code` identifies the reason for tests and logs, whatever the wording; it never holds anything about a person.
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
        """Keep the keyword arguments when pickled, for example by a task queue."""
        return (_rebuild, (self.message, self.who, self.link, self.code))


def _rebuild(message: str, who: str, link: str, code: str) -> Refusal:
    return Refusal(message, who=who, link=link, code=code)
