"""Typed words are put back into the form of a page: the right form, every kind of field, and nothing else changed."""

from html import unescape

from ostberga.lib.web.form_filling import fill_form, insert_in_main, written_out
from ostberga.lib.web.html_forms import read_forms

EVIL = '"><script>alert(1)</script>&amp;'


def with_token(html):
    return html.replace("</form>", "<input type=hidden name=formular></form>")


def filled(html, words, action="/x/"):
    return fill_form(with_token(html), page="/x/", action=action, words=words)


def test_each_kind_of_field():
    html = """<main><svg viewBox="0 0 1 1"/><form method=post action='/x/'><input name=a value='1'><textarea name=b>
old</textarea><select name=c><option value=1 selected>One<option value=2>Two</select>
<input type=checkbox name=d checked><input type=radio name=e value=1 checked><input type=radio name=e value=2>
<input type=password name=f><input type=file name=g>
</form></main>"""
    page = filled(html, {"a": [EVIL], "b": ["\nfirst"], "c": ["2"], "e": ["2"], "f": ["secret"]})

    assert "<script>" not in page.html
    assert "secret" not in page.html
    assert 'viewBox="0 0 1 1"' in page.html
    assert '<textarea name="b">\n\nfirst</textarea>' in page.html
    controls = {(c.name, c.value): c.tag.attributes for c in read_forms(page.html).forms[0].controls}
    assert controls["a", EVIL]
    assert "checked" not in controls["d", "on"]
    assert ["checked" in controls["e", value] for value in "12"] == [False, True]
    (select,) = (c for c in read_forms(page.html).forms[0].controls if c.kind == "select")
    assert ["selected" in option.tag.attributes for option in select.options] == [False, True]
    assert page.placed == {"a", "b", "c", "e"}


def test_the_form_with_the_same_hidden_value_is_the_right_one():
    form = "<form action='/x/'><input type=hidden name=svar value={}><textarea name=t></textarea></form>"
    page = filled(form.format("yes") + form.format("no"), {"svar": ["no"], "t": ["Nej."]})

    assert page.html.index("Nej.") > page.html.index("</form>")


def test_a_form_sent_elsewhere_is_left_alone():
    html = "<form action='/y/'><input name=a></form>"

    assert (filled(html, {"a": ["1"]}).html, filled(html, {"a": ["1"]}).form_id) == (with_token(html), "")


def test_a_form_without_our_token_and_one_sent_to_an_address_that_only_looks_the_same_are_left_alone():
    html = "<form action='/x/'><input type=hidden name=key value=own><input name=a></form>"
    bare = fill_form(html, page="/x/", action="/x/", words={"key": ["theirs"], "a": ["Ord"]})

    assert (bare.html, bare.form_id) == (html, "")
    assert filled(html, {"key": ["theirs"]}, action="/x/?x/").form_id == ""


def test_a_button_may_send_the_form_elsewhere_and_a_field_may_stand_outside_it():
    html = "<form id=f action='/y/'><button formaction='/x/'>Go</button></form><input form=f name=a>"

    assert '<input form="f" name="a" value="Ord">' in filled(html, {"a": ["Ord"]}).html


def test_a_typed_row_takes_the_place_of_an_empty_one_and_stored_rows_stay():
    row = "<input type=hidden name=rad value={0}><textarea name={0}-text>{1}</textarea>"
    html = "<form action='/x/'>" + row.format("k1", "Stored") + row.format("new", "") + "</form>"
    page = filled(html, {"rad": ["k1", "old"], "k1-text": ["Changed"], "old-text": ["Typed"]})

    assert ['name="old-text"' in page.html, 'value="old"' in page.html, "new" in page.html] == [True, True, False]
    assert "Changed" in page.html
    assert page.placed == {"rad", "k1-text", "old-text"}


def test_what_finds_no_field_is_told():
    page = filled("<form action='/x/'><select name=a><option value=1>One</select></form>", {"a": ["9"], "b": ["Ord"]})

    assert page.placed == set()


def test_what_is_folded_is_opened():
    html = "<details><summary>More</summary><form action='/x/'><input name=a></form></details>"

    assert filled(html, {"a": ["Ord"]}).html.startswith("<details open>")


def test_a_notice_stands_first_in_main_and_a_word_with_signs_is_read_back_the_same():
    html = '<body><main id="content"><form action="/x/"><textarea name="a"></textarea></form></main>'
    page = filled(html, {"a": ["<å> & 'ö'\r\n\r\n"]})

    assert insert_in_main(html, "<p>Hej</p>").startswith('<body><main id="content"><p>Hej</p><form')
    assert unescape(page.html.partition('name="a">\n')[2].partition("</textarea>")[0]) == "<å> & 'ö'\r\n\r\n"


def test_a_page_that_is_shown_elsewhere_says_where_its_forms_and_links_lead():
    html = """<form method=post><button>Spara</button><button formaction="?utkast=1">Spara utkast</button></form>
<form action="/y/"></form><form action="del/"></form>
<a href="#fel">Felet</a><a href="?sida=2">Fler</a><a href="/z/">Z</a><a href="mailto:a@b.example">Skriv</a>"""

    page = written_out(html, page="/x/ny/?av=1")

    goals = [form.goals for form in read_forms(page).forms]
    assert goals == [["/x/ny/?av=1", "/x/ny/?av=1", "/x/ny/?utkast=1"], ["/y/"] * 2, ["/x/ny/del/"] * 2]
    links = [link.attributes["href"] for link in read_forms(page).links]
    assert links == ["#fel", "/x/ny/?sida=2", "/z/", "mailto:a@b.example"]
    assert "<button>Spara</button>" in page
