from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from reader.document import load
from reader.speech import Options, narrate
from reader.speech.duration import chapter_seconds, rate_by_rules
from reader.speech.frames import Said
from reader.speech.length import parted
from reader.speech.script import Part

_ROLES = ("paragraph", "paragraph", "item", "heading", "announcement", "term")


@st.composite
def chapters(draw: st.DrawFn) -> list[Said]:
    said = []
    for number in range(draw(st.integers(1, 40))):
        block, role = draw(st.integers(0, 9)), draw(st.sampled_from(_ROLES))
        words = "x" * draw(st.integers(1, 300))
        said.append(Said(f"b{block}.{number}", role, (Part(words, words, "en"),), None, 500))
    return said


def seconds(said: list[Said]) -> float:
    return sum(
        len(part.spoken) / rate_by_rules("en") + each.after / 1000 for each in said for part in each.parts
    )


@given(chapters(), st.integers(5, 200))
def test_parts_are_the_whole_and_none_is_too_long(said: list[Said], longest: int) -> None:
    parts = list(parted(said, longest, 1.0, rate_by_rules))
    assert [each for part in parts for each in part] == said
    for part in parts:
        assert part
        assert len(part) == 1 or seconds(part) <= longest + 1e-6


def test_a_part_ends_before_a_heading_and_never_after_an_announcement() -> None:
    def one(role: str, number: int, block: int = 0) -> Said:
        return Said(f"b{block}.{number}", role, (Part("x" * 165, "x" * 165, "en"),), None, 0)

    said = [one("paragraph", 1), one("paragraph", 2), one("heading", 3, 1), one("paragraph", 4, 2)]
    assert [len(part) for part in parted(said, 35, 1.0, rate_by_rules)] == [2, 2]
    said = [one("paragraph", 1), one("announcement", 2), one("item", 3, 1)]
    assert [len(part) for part in parted(said, 25, 1.0, rate_by_rules)] == [1, 2]
    assert [len(part) for part in parted(said, 0, 1.0, rate_by_rules)] == [3]


def test_long_chapters_of_an_article_are_parted_and_named(tmp_path: Path) -> None:
    article = tmp_path / "a.md"
    words = "Stem cells live in the bone marrow and become blood cells of every kind. " * 6
    article.write_text(f"# T\n\n## Cells\n\n{words}\n\n{words}\n\n### More\n\n{words}\n\n## End\n\nBye.\n")
    document = load(article, source_language="en")
    script = narrate(document, document, Options(max_minutes=1))
    assert [chapter.title for chapter in script.chapters] == [
        "Introduction", "Cells", "Cells, part 2", "Cells, part 3", "End",
    ]  # fmt: skip
    assert [chapter.slug for chapter in script.chapters][2:4] == ["cells-2", "cells-3"]
    assert all(chapter_seconds(chapter, 1.0) <= 60 for chapter in script.chapters)
    whole = narrate(document, document, Options(chapter_level=2))
    assert [chapter.title for chapter in whole.chapters] == ["Introduction", "Cells", "More", "End"]


def test_a_heading_over_nothing_goes_with_what_follows(tmp_path: Path) -> None:
    article = tmp_path / "a.md"
    article.write_text("# T\n\n## Part one\n\n## Cells\n\nThey live.\n\n## End\n")
    document = load(article, source_language="en")
    script = narrate(document, document, Options())
    assert [chapter.title for chapter in script.chapters] == ["Introduction", "Part one", "End"]
    assert [each.text for each in script.chapters[1].utterances] == ["Part one", "Cells", "They live."]


def test_a_gloss_stays_with_its_sentence() -> None:
    words = (Part("x" * 165, "x" * 165, "en"),)
    said = [
        Said(f"b{number}.1", role, words, None, 0)
        for number, role in enumerate(("paragraph", "paragraph", "gloss", "gloss"))
    ]
    assert [len(part) for part in parted(said, 35, 1.0, rate_by_rules)] == [1, 3]
