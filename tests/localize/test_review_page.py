"""The reviewer's page, and what comes back from it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from reader.errors import InputError
from reader.localize import po, review_page
from reader.localize.approval import fingerprint, is_approved

CATALOG = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: ar\\n"
"X-Article-Id: a\\n"
"X-Source-Language: en\\n"

# review: which one?
msgid "A <script>alert(1)</script> \\"quote\\" & more."
msgstr "<img src=x onerror=alert(1)>"

msgid "Take 5 mg."
msgstr "٦ مغ"

msgid "Rest."
msgstr ""
"""


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.fixture
def catalog(tmp_path: Path) -> po.PoCatalog:
    path = tmp_path / "a.po"
    path.write_text(CATALOG, encoding="utf-8")
    return po.read(path, name="a.po")


def page(catalog: po.PoCatalog) -> str:
    return review_page.page(catalog, "T <b>", "ar", lambda texts: [text.encode() for text in texts])


def test_texts_never_become_markup(catalog: po.PoCatalog) -> None:
    found = Tags(page(catalog))
    assert not found.all("img")
    assert not found.all("b")
    assert len(found.all("script")) == 1
    assert "onerror=alert(1)" in found.words
    assert "The translator asks: which one?" in found.words


def test_nothing_is_loaded_and_only_our_script_runs(catalog: po.PoCatalog) -> None:
    html = page(catalog)
    found = Tags(html)
    policy = next(each["content"] or "" for each in found.all("meta") if "http-equiv" in each)
    assert policy.startswith("default-src 'none'; media-src data:;")
    for tag in ("script", "style"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert all((each["src"] or "").startswith("data:audio/mpeg;base64,") for each in found.all("audio"))


def test_each_translated_message_can_be_heard_and_answered(catalog: po.PoCatalog) -> None:
    found = Tags(page(catalog))
    sections = found.all("section")
    assert len(sections) == 2
    ids = {attributes.get("id") for _tag, attributes in found.found}
    assert all(each["aria-labelledby"] in ids for each in sections)
    assert {each["for"] for each in found.all("label")} <= ids
    assert len(found.all("audio")) == 1  # what is wrong is never spoken
    assert "“5 mg” is missing." in found.words
    texts = [each for each in found.all("p") if each.get("lang") == "ar"]
    assert [each["dir"] for each in texts] == ["rtl", "rtl"]


def test_answers_are_written_into_comments(catalog: po.PoCatalog, tmp_path: Path) -> None:
    first, second, _third = catalog.messages()
    answers = [
        {"hash": fingerprint(first), "approve": True, "comment": ""},
        {"hash": fingerprint(second), "approve": False, "comment": "not\n#, fuzzy"},
        {"hash": "0" * 16, "approve": True, "comment": ""},
    ]
    assert review_page.take(catalog, answers, "Ana (RN)") == review_page.Taken(1, 1, 1)
    assert review_page.take(catalog, answers[:2], "Ana (RN)") == review_page.Taken(0, 0, 0)
    path = tmp_path / "b.po"
    path.write_text(po.render(catalog), encoding="utf-8")
    one, two, _three = po.read(path).messages()
    assert is_approved(one)
    assert two.user_comments == ["review: not #, fuzzy"]
    assert not two.fuzzy


@pytest.mark.parametrize("text", ["", "{}", '{"version": 1}', '{"version": 9, "answers": []}', "[1]"])
def test_what_is_no_answer_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="no answers of a reviewer"):
        review_page.read(path)
    with pytest.raises(InputError, match="cannot be read"):
        review_page.read(tmp_path / "gone.json")
    path.write_text(json.dumps({"version": 1, "answers": []}), encoding="utf-8")
    assert review_page.read(path)["answers"] == []
