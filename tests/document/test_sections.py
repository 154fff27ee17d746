from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from reader.document import Note, Section, texts
from reader.document.html import parse as tree
from reader.document.html import read
from reader.document.importers.markdown import html
from reader.document.sections import Parsed, split, spoken_words
from reader.document.titles import made_title

SENTENCE = "Stem cells can be taken from the bone marrow of a healthy donor, or from the patient. "


def sections(source: str, language: str = "en") -> tuple[Section, ...]:
    return split(read(tree(html(source, "a.md"), "a.md"), "a.md").parsed, language)


def outline(source: str) -> list[tuple[int, str]]:
    return [(section.level, section.title.text if section.title else "") for section in sections(source)]


def test_levels_begin_with_one_and_none_is_skipped() -> None:
    assert outline("Before.\n\n## A\n\n#### B\n\n### C\n\n## D\n\n# E\n\n## F\n") == [
        (1, ""),
        (1, "A"),
        (2, "B"),
        (2, "C"),
        (1, "D"),
        (1, "E"),
        (2, "F"),
    ]
    deep = outline("\n\n".join(f"{'#' * level} H" for level in range(1, 7)))
    assert [level for level, _title in deep] == [1, 2, 3, 4, 5, 5]


def test_a_glossary_is_a_heading_so_called_over_a_definition_list() -> None:
    for heading in ("Glossary", "GLOSARIO", "Glossaire :", "Glossar", "Глоссарий", "用語集"):
        first, last = sections(f"# One\n\nWords.\n\n## {heading}\n\nIn short:\n\nCell\n: A unit.\n")
        assert (first.glossary, last.glossary) == (False, True), heading
    assert not any(section.glossary for section in sections("## Glossary\n\nNone yet.\n"))
    assert not any(section.glossary for section in sections("## Words\n\nCell\n: A unit.\n"))


def test_notes_stand_in_the_section_that_refers_to_them() -> None:
    one, two, three = sections(
        "# 1\n\nA[^a].\n\n# 2\n\nB[^b].\n\n# 3\n\nC.\n\n"
        "[^unused]: U.\n\n[^b]: On B.\n\n[^a]: On A[^c].\n\n[^c]: On C.\n"
    )

    def notes(section: Section) -> list[str]:
        return [block.label for block in section.blocks if isinstance(block, Note)]

    assert (notes(one), notes(two), notes(three)) == (["a", "c"], ["b"], ["unused"])


def test_an_article_with_nothing_but_a_title_is_one_section_without_blocks() -> None:
    assert split(Parsed(()), "en") == (Section(None, 1, ()),)


def test_a_short_text_without_headings_needs_no_title_of_its_own() -> None:
    (section,) = sections("Just this.")
    assert section.title is None


def test_chapters_without_headings_have_a_length_worth_listening_to() -> None:
    found = sections("\n\n".join(SENTENCE * (1 + at % 5) for at in range(150)))
    lengths = [sum(spoken_words(text.text) for text in texts(section.blocks)) for section in found]
    assert min(lengths) >= 120
    assert max(lengths) <= 400
    assert all(section.title and section.title.made for section in found)


def test_a_paragraph_longer_than_a_chapter_is_parted_between_sentences() -> None:
    found = sections(SENTENCE * 120)
    parts = [text.text for section in found for text in texts(section.blocks)]
    assert len(parts) > 4
    assert " ".join(parts) == (SENTENCE * 120).strip()
    assert all(part.endswith(".") for part in parts)
    assert all(spoken_words(part) <= 400 for part in parts)


def test_what_introduces_a_list_stays_with_it_unless_both_are_long() -> None:
    introduction = SENTENCE * 15 + "You need:\n\n"
    short, long = ("".join(f"- {SENTENCE}\n" for _ in range(items)) for items in (8, 12))
    for items, together in ((short, True), (long, False)):
        for section in sections(f"{introduction}{items}\n" * 6):
            assert ({text.role for text in texts(section.blocks)} == {"paragraph", "item"}) is together


@given(st.lists(st.integers(1, 120), min_size=1, max_size=30))
def test_no_word_is_lost_in_the_grouping(sizes: list[int]) -> None:
    source = "\n\n".join(" ".join(f"w{at}x{n}" for n in range(size)) for at, size in enumerate(sizes))
    said = [text.text for section in sections(source) for text in texts(section.blocks)]
    assert " ".join(said).split() == source.split()


def test_chinese_and_thai_without_spaces_are_split_too() -> None:
    chinese = (
        "干细胞移植是一种创新的医疗程序，为治疗自身免疫性疾病带来了希望。"
        "自身免疫性疾病是指免疫系统攻击身体的组织。"
    )
    found = sections("\n\n".join([chinese * 3] * 8), "zh-Hans")
    assert len(found) >= 4
    assert all(section.title and section.title.text in chinese * 2 for section in found)
    thai = "การปลูกถ่ายเซลล์ต้นกำเนิดเป็นวิธีการทางการแพทย์ที่ทันสมัย ในบทความนี้เราจะอธิบายการปลูกถ่ายเซลล์ต้นกำเนิด"
    assert made_title([thai]) == "การปลูกถ่ายเซลล์ต้นกำเนิด"
    assert len(sections("\n\n".join([thai * 3] * 12), "th")) >= 3


def test_where_no_phrase_is_found_parts_are_numbered_in_the_articles_language() -> None:
    numbers = "\n\n".join(" ".join(str(n) for n in range(100)) for _ in range(4))
    assert [section.title.text for section in sections(numbers) if section.title] == [
        "Part 1",
        "Part 2",
        "Part 3",
        "Part 4",
    ]


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ["the", "of", "stem", "cell", "cells", "(donor)", "marrow,", "blood.", "5", "été", "血液"]
            ),
            max_size=40,
        )
    )
)
def test_a_made_title_is_taken_word_for_word_and_depends_on_its_paragraphs_alone(
    words: list[list[str]],
) -> None:
    paragraphs = [" ".join(each) for each in words]
    title = made_title(paragraphs)
    assert not title or any(title in paragraph for paragraph in paragraphs)
    assert title == made_title(list(paragraphs))
    assert len(title) <= 60


def test_made_titles_read_like_a_table_of_contents() -> None:
    for words, title in (
        (
            "Gesunde Stammzellen helfen. Bei der Behandlung von Autoimmunerkrankungen hilft die Behandlung.",
            "Behandlung von Autoimmunerkrankungen",
        ),
        (
            "زراعة الخلايا الجذعية هي إجراء طبي مبتكر. في هذا المقال سنشرح كيف تعمل زراعة الخلايا الجذعية.",
            "زراعة الخلايا الجذعية",
        ),
        (
            "幹細胞移植は、自己免疫疾患の治療です。自己免疫疾患は、組織を攻撃することで起こります。",
            "自己免疫疾患",
        ),
    ):
        assert made_title([words]) == title


def test_a_made_title_holds_no_names_of_the_machine_and_no_half_word() -> None:
    words = "gpg.keygen.size Choose dimensions. We go on to do it as we do so, and in it is all of the rest."
    assert made_title([words]) == "Choose dimensions"
    # Not all of a long chapter is looked at: here the end lies within the last word.
    small = random.Random(1).choices(["am", "on", "it", "as", "we", "do", "so", "in"], k=1993)
    assert made_title([" ".join([*small, "transplantation", "transplantation"])]) == "transplantation"
