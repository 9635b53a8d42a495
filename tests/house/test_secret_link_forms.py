"""Forms behind secret links are carried out once, and the second tap is told so; all of them, by their templates."""

from tests.house.files import ROOT, inside, ours

# Why a form needs no token of its own.
WITHOUT = {
    "templates/dialogue/followers/better.html": "the link works once; a row of the act would tell it from decoys",
    "templates/dialogue/pulse/pulse.html": "as better",
    "templates/dialogue/followers/following.html": "each act may be done again: the page shows how it is",
    "templates/dialogue/meetings/reply.html": "as following: whoever changes her mind answers again",
    "templates/dialogue/followers/follow_stop.html": "mail programs post too; deleting twice is deleting once",
}


def secret_link_templates() -> set[str]:
    """Return the templates that views of secret links name."""
    views = [path.read_text() for path in ours(".py") if "@secret_link_view" in path.read_text()]
    templates = {inside(path) for path in ours(".html", below=("templates",))}
    return {name for name in templates if any(name.removeprefix("templates/") in view for view in views)}


def test_every_form_behind_a_secret_link_is_carried_out_once():
    posting = {name for name in secret_link_templates() if 'method="post"' in (ROOT / name).read_text()}
    once = {name for name in posting if (ROOT / name).read_text().count('method="post"') == count(name)}

    assert len(posting) >= 9
    assert posting - once == set(WITHOUT) & posting
    assert [name for name in WITHOUT if "once_token" in (ROOT / name).read_text()] == []


def count(name: str) -> int:
    return (ROOT / name).read_text().count("{% once_token %}")
