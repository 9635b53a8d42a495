"""The signed token in every form of ours: for whom and on which page the form was shown, and which rendering it was."""

import secrets
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict

FIELD = "formular"
KEPT = "kvar"  # the query parameter that names kept words
LINK = "link"  # stands for the account in a form behind a secret link, where the link is who she is
_SALT = "ostberga.form"


@dataclass(frozen=True)
class FormToken:
    """What a form says about itself. Signed, so that nobody can make one for another account, page or rendering."""

    account: str  # key of the account that the page was shown to; empty when nobody was signed in
    page: str  # path and query of the page that held the form
    rendering: str  # 22 random characters, the same in all forms of one rendering

    def __str__(self) -> str:
        return signing.dumps([self.account, self.page, self.rendering], salt=_SALT)

    @property
    def is_link(self) -> bool:
        """Whether the form stands behind a secret link: it is carried out once, and gives nothing back elsewhere."""
        return self.account == LINK

    @property
    def kept(self) -> str:
        """The key of the kept words that the form was filled with; empty for an ordinary form."""
        return QueryDict(urlsplit(self.page).query).get(KEPT, "")

    @property
    def plain_page(self) -> str:
        """The page without the key of any kept words."""
        path, _, query = self.page.partition("?")
        pairs = QueryDict(query, mutable=True)
        pairs.pop(KEPT, None)
        return f"{path}?{pairs.urlencode()}" if pairs else path

    def page_with(self, key: str) -> str:
        """Return the address of the page that shows the kept words of this key."""
        page = self.plain_page
        return f"{page}{'&' if '?' in page else '?'}{urlencode({KEPT: key})}"


class NotReceived(HttpResponse):
    """The answer to a form that was turned away before anything was done."""

    status_code = 403


def new_rendering() -> str:
    """Return the key of one rendering."""
    return secrets.token_urlsafe(16)


def account_of_request(request: HttpRequest) -> str:
    """Return the key of the account that is signed in; empty for everybody else."""
    user = getattr(request, "user", None)
    return str(user.pk) if user is not None and user.is_authenticated else ""


def token_for(request: HttpRequest) -> str:
    """Return the token that all forms of this rendering carry."""
    made: str | None = getattr(request, "_form_token", None)
    if made is None:
        made = str(FormToken(account_of_request(request), _page_shown(request), new_rendering()))
        request._form_token = made  # type: ignore[attr-defined]
    return made


def link_token_for(request: HttpRequest) -> str:
    """Return the token of this rendering for its forms behind a secret link. The address is a secret and not in it."""
    made: str | None = getattr(request, "_link_token", None)
    if made is None:
        made = str(FormToken(LINK, "", new_rendering()))
        request._link_token = made  # type: ignore[attr-defined]
    return made


def read_token(data: QueryDict) -> FormToken | None:
    """Return the token that was sent; None if there is none, or nobody here signed it."""
    try:
        account, page, rendering = signing.loads(data.get(FIELD, ""), salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return FormToken(str(account), str(page), str(rendering))


def path_on_this_site(request: HttpRequest, url: str) -> str:
    """Return path and query of an address of this host; empty for any other, and for what is no address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.netloc != request.get_host() or not parts.path.startswith("/") or parts.path.startswith("//"):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _page_shown(request: HttpRequest) -> str:
    """Return where the form can be seen again: for the answer to a POST, the page that the POST came from."""
    if request.method == "POST" and (sent := read_token(request.POST)) and sent.account == account_of_request(request):
        return sent.page
    here = request.get_full_path()
    if "HTTP_HX_REQUEST" in request.META:
        return path_on_this_site(request, request.headers.get("HX-Current-URL", "")) or here
    return (
        (path_on_this_site(request, request.headers.get("Referer", "")) or here) if request.method == "POST" else here
    )
