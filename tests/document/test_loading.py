from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from reader.document import Document, Metadata, Place, load, place, texts
from reader.errors import ArticleError, ReaderError, UsageError


def article(folder: Path, content: str, name: str = "my-article.md") -> Document:
    path = folder / name
    path.write_bytes(content.encode())
    return load(path, source_language=None if "language:" in content else "en")


def titles(document: Document) -> list[str]:
    return [section.title.text if section.title else "" for section in document.sections]


FRONT = """---
title: "Stem Cells: How They Work"
language: no
summary: >
  What they are,
  and what not.
source: https://example.org/a
date: 2026-11-22
authors: [Ann Lee, Bo]
publisher: A hospital
tags:
  - {a: b}
---
"""


def test_front_matter(tmp_path: Path) -> None:
    document = article(tmp_path, FRONT + "# Another\n\nWords.\n")
    assert document.id == "my-article"
    assert (document.title.text, document.title.place) == (
        "Stem Cells: How They Work",
        Place(str(tmp_path / "my-article.md"), 2),
    )
    assert (document.language, document.source_language, document.language_from) == ("no", "no", "article")
    summary = document.metadata.summary
    assert summary is not None
    assert summary.text == "What they are, and what not."
    assert document.metadata == Metadata(
        summary, "https://example.org/a", "2026-11-22", ("Ann Lee", "Bo"), "A hospital"
    )
    assert titles(document) == ["Another"]
    (section,) = document.sections
    assert section.title
    assert section.title.place == Place(str(tmp_path / "my-article.md"), 14)


def test_escapes_in_front_matter_give_only_characters(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text('---\ntitle: "A\\u0007 \\uD83D\\uDE00 \\uD800 b"\n---\n\nWords.\n', encoding="utf-8")
    assert load(path, source_language="en").title.text == "A 😀 \ufffd b"


@pytest.mark.parametrize(
    ("front", "line", "problem"),
    [
        ("title: Stem Cells: How\n", 2, "front matter"),
        ("id: ../up\n", 2, "cannot name a folder"),
        ("id: reader\n", 2, "cannot name a folder"),
        ("title: A\nlang: nonsense-tag\n", 3, "not a known language"),
        ("title: A\n\ndate: yesterday\n", 4, "not a date"),
        ("date: 2026-02-30\n", 2, "not a date"),
        ("title:\n  a: b\n", 3, "must be one text"),
    ],
)
def test_front_matter_that_makes_no_sense_is_an_error_with_its_line(
    tmp_path: Path, front: str, line: int, problem: str
) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\n{front}---\n\nWords.\n", encoding="utf-8")
    with pytest.raises(ArticleError, match=problem) as caught:
        load(path, source_language="en" if "lang" not in front else None)
    assert caught.value.where == f"{path}, line {line}"


def test_two_rules_are_no_front_matter(tmp_path: Path) -> None:
    document = article(tmp_path, "---\nWords alone.\n\n---\n\nMore.\n")
    assert [text.text for text in texts(document.sections)] == ["Words alone.", "More."]


def test_the_title_is_said_once(tmp_path: Path) -> None:
    document = article(tmp_path, "---\ntitle: the title\n---\n# The *Title*\n\n## A\n\nWords.\n")
    assert document.title.text == "The Title"
    assert titles(document) == ["A"]


def outline(document: Document) -> list[tuple[int, str]]:
    return [
        (section.level, title) for section, title in zip(document.sections, titles(document), strict=True)
    ]


def test_the_title_is_the_first_heading_if_it_is_the_only_h1(tmp_path: Path) -> None:
    document = article(tmp_path, "![logo](a.png)\n\n# Title\n\nIntro.\n\n## One\n\n### Two\n")
    assert document.title.text == "Title"
    assert not document.title.made
    assert outline(document) == [(1, ""), (1, "One"), (2, "Two")]


def test_several_h1_are_chapters_unless_the_first_stands_right_above_another(tmp_path: Path) -> None:
    document = article(tmp_path, "# Dosage\n\nOne.\n\n# Side effects\n\n## Rare\n\nTwo.\n", "the-leaflet.md")
    assert (document.title.text, document.title.made) == ("The leaflet", True)
    assert outline(document) == [(1, "Dosage"), (1, "Side effects"), (2, "Rare")]
    document = article(tmp_path, "# The leaflet\n\n# Dosage\n\nOne.\n\n# Side effects\n\nTwo.\n")
    assert (document.title.text, document.title.made) == ("The leaflet", False)
    assert outline(document) == [(1, "Dosage"), (1, "Side effects")]


def test_without_a_title_it_is_made_from_the_files_name(tmp_path: Path) -> None:
    document = article(tmp_path, "## One\n\nWords.\n\n# Two\n", "living_with-lupus.md")
    assert (document.title.text, document.title.made, document.title.place) == (
        "Living with lupus",
        True,
        None,
    )
    assert titles(document) == ["One", "Two"]


def test_an_article_with_only_a_title(tmp_path: Path) -> None:
    for name, content in (("a.md", "# Title\n"), ("a.txt", "Title\n=====\n")):
        document = article(tmp_path, content, name)
        assert document.title.text == "Title"
        (section,) = document.sections
        assert (section.title, section.blocks) == (None, ())


def test_a_text_of_one_line_is_said_once(tmp_path: Path) -> None:
    document = article(tmp_path, "Take one tablet every morning", "dose.txt")
    assert (document.title.text, document.title.made) == ("Dose", True)
    (section,) = document.sections
    assert section.title is None
    assert [text.text for text in texts(section)] == ["Take one tablet every morning"]


def test_windows_lines_and_latin_1(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("El título\r\n\r\nTome una pastilla cada mañana.\r\nSin azúcar.\r\n".encode("latin-1"))
    document = load(path)
    assert document.language == "es"
    assert [text.text for text in texts(document)] == [
        "El título",
        "Tome una pastilla cada mañana. Sin azúcar.",
    ]


def test_block_ids_follow_reading_order(tmp_path: Path) -> None:
    document = article(tmp_path, "# T\n\nSame.\n\nSame.\n\n- Same.\n")
    ids = [text.id for text in texts(document)]
    assert len(set(ids)) == len(ids) == 4
    assert ids[2] == f"{ids[1]}-2"
    assert "-" not in ids[3]  # An item is no paragraph.
    assert (
        ids
        == [text.id for text in texts(article(tmp_path, "# T\n\nNew.\n\nSame.\n\nSame.\n\n- Same.\n"))][:1]
        + ids[1:]
    )


def test_every_text_bears_the_articles_language(tmp_path: Path) -> None:
    document = article(tmp_path, FRONT + "Words.\n\n| a |\n|---|\n| b |\n")
    assert {text.language for text in texts(document)} == {"no"}


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    def error(path: Path, content: bytes | None = None) -> ReaderError:
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(ArticleError) as caught:
            load(path, source_language="en")
        again = pickle.loads(pickle.dumps(caught.value))
        assert (type(again), str(again)) == (ArticleError, str(caught.value))
        assert caught.value.where == str(path)
        assert caught.value.advice.endswith(".")
        assert caught.value.exit_code == 1
        return caught.value

    assert "no such file" in error(tmp_path / "none.md").problem
    assert "folder" in error(tmp_path).problem
    assert "empty" in error(tmp_path / "a.md", b"").problem
    assert "empty" in error(tmp_path / "b.txt", b" \n\t\r\n").problem
    assert "no words" in error(tmp_path / "c.md", b"<!-- nothing -->\n").problem
    assert "not a text file" in error(tmp_path / "d.txt", b"\x00\x01\x02").problem
    assert "(.odt)" in error(tmp_path / "e.odt", b"words").problem
    assert "cannot name a folder" in error(tmp_path / "reader.md", b"Words").problem
    if hasattr(os, "geteuid") and os.geteuid() != 0:
        locked = tmp_path / "f.txt"
        locked.write_text("Words", encoding="utf-8")
        locked.chmod(0)
        assert "cannot be read" in error(locked).problem


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system here")
def test_pipes_and_devices_are_refused_without_being_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")  # Opening it would wait for ever.
    (tmp_path / "endless.md").symlink_to("/dev/zero")
    for name in ("pipe.txt", "endless.md"):
        with pytest.raises(ArticleError, match="device or a pipe") as caught:
            load(tmp_path / name, source_language="en")
        assert caught.value.where == str(tmp_path / name)
        assert caught.value.advice


def test_a_huge_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert place.LARGEST == 50 * 2**20
    monkeypatch.setattr(place, "LARGEST", 2**20)
    path = tmp_path / "a.txt"
    path.write_bytes(b"word " * (2**20 // 5) + b"w")
    assert load(path, source_language="en").sections
    with path.open("ab") as file:
        file.write(b"s")
    with pytest.raises(ArticleError, match="larger than 1 MiB"):
        load(path, source_language="en")


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")
def test_unprintable_names_are_shown_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "one\ntwo.txt"
    with pytest.raises(ArticleError) as caught:
        load(path)
    assert caught.value.where == f"{tmp_path}/one\\ntwo.txt"
    folder = tmp_path / "a\nb\x1b"
    folder.mkdir()
    document = article(folder, "Words.\n", "c.txt")
    assert document.file == str(folder / "c.txt")
    assert {text.place.file for text in texts(document) if text.place} == {f"{tmp_path}/a\\nb\\x1b/c.txt"}


def test_an_unknown_language_is_a_usage_error(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Words.", encoding="utf-8")
    with pytest.raises(UsageError, match="nonsense-1"):
        load(path, source_language="nonsense-1")


def test_places_name_the_file_as_the_user_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("# Title\n\nWords.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    document = load("./a.md", source_language="en")
    assert document.file == "./a.md"
    assert {text.place.file for text in texts(document) if text.place} == {"./a.md"}


def test_a_run_in_what_turns_out_to_be_the_articles_language_is_not_marked(tmp_path: Path) -> None:
    article = tmp_path / "a.html"
    words = "The cells of the body divide and grow until the organ has its size. "
    runs = '<i lang="en">They stop</i><span lang="en"> then.</span> <i lang="la">Finis</i>'
    article.write_text(f"<p>{words * 3}{runs}", encoding="utf-8")
    document = load(article)
    assert document.language == "en"
    spans = [span for text in texts(document.sections) for span in text.spans]
    assert [(span.text, span.language, span.emphasis) for span in spans[1:]] == [
        ("They stop", "", "em"), (" then. ", "", ""), ("Finis", "la", "em"),
    ]  # fmt: skip


def test_a_summary_that_the_article_says_itself_is_not_said_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    text = "---\nlanguage: en\nsummary: {}\n---\n\n# T\n\nIt tells how cells are transplanted.\n"
    path.write_text(text.format("It tells how cells are transplanted."), encoding="utf-8")
    assert load(path).metadata.summary is None
    path.write_text(text.format("Another."), encoding="utf-8")
    summary = load(path).metadata.summary
    assert summary is not None
    assert summary.text == "Another."
