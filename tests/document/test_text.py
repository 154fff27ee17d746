from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import Block, ListBlock, Rule, Text, texts
from reader.document.text import parse


def shape(source: str) -> list[object]:
    """Roles and words: ``("heading 1", "Words")``; a list gives its items."""

    def one(block: Block) -> object:
        if isinstance(block, Text):
            level = f" {block.level}" if block.role == "heading" else ""
            return block.role + level, block.text
        if isinstance(block, ListBlock):
            kind = f"from {block.start}" if block.ordered else "bullets"
            return kind, [text.text for text in texts(block)]
        assert isinstance(block, Rule)
        return "rule"

    return [one(block) for block in parse(source, "a.txt").blocks]


def test_a_short_line_alone_without_closing_punctuation_is_a_heading() -> None:
    source = (
        "The title\n\nWords here.\n\nSide effects\n\nMore words.\n\n"
        "But this is none.\n\nNor: this,\n\nThe end.\n"
    )
    assert shape(source) == [
        ("heading 0", "The title"),
        ("paragraph", "Words here."),
        ("heading 2", "Side effects"),
        ("paragraph", "More words."),
        ("paragraph", "But this is none."),
        ("paragraph", "Nor: this,"),
        ("paragraph", "The end."),
    ]


def test_underlined_numbered_and_capital_lines_are_headings() -> None:
    source = (
        "A title\n=======\n\nFirst words.\n\nDosage\n------\nTake it.\n\nSIDE EFFECTS\nNausea may come.\n\n"
        "2.1 In the evening\n\nRest well.\n\n*****\nBoxed\n*****\n\nThe last words.\n"
    )
    assert shape(source) == [
        ("heading 0", "A title"),
        ("paragraph", "First words."),
        ("heading 2", "Dosage"),
        ("paragraph", "Take it."),
        ("heading 1", "SIDE EFFECTS"),
        ("paragraph", "Nausea may come."),
        ("heading 2", "2.1 In the evening"),
        ("paragraph", "Rest well."),
        ("heading 1", "Boxed"),
        ("paragraph", "The last words."),
    ]


def test_lines_of_a_paragraph_are_joined() -> None:
    assert shape("T\n\nOne line.\nTherefore, two,\nand long-\nlasting. A -\nb.\n") == [
        ("heading 0", "T"),
        ("paragraph", "One line. Therefore, two, and long-lasting. A - b."),
    ]


def test_lines_in_chinese_and_japanese_are_joined_without_a_space() -> None:
    assert shape("題\n\n毎朝一錠を\n服用してください。\n") == [
        ("heading 0", "題"),
        ("paragraph", "毎朝一錠を服用してください。"),
    ]


def test_lines_as_word_processors_write_them_are_paragraphs() -> None:
    long = "A paragraph that goes on and on " * 5 + "and ends."
    assert shape(f"Title\n\n{long}\n{long}\nA short one.\n") == [
        ("heading 0", "Title"),
        ("paragraph", long),
        ("paragraph", long),
        ("paragraph", "A short one."),
    ]


def test_simple_lists() -> None:
    source = (
        "Title\n\nYou need:\n- water\n- one tablet,\n  not two\n\n* more\n\n"
        "1. Wake up\n2. Drink\n\n3. Sleep\n\n"
        "The year\n1984 was good, and\n- 5 degrees cold.\n\n"
        "7. A numbered heading\n\nIts words.\n\n1984. A year.\n"
    )
    assert shape(source) == [
        ("heading 0", "Title"),
        ("paragraph", "You need:"),
        ("bullets", ["water", "one tablet, not two", "more"]),
        ("from 1", ["Wake up", "Drink", "Sleep"]),
        ("paragraph", "The year 1984 was good, and - 5 degrees cold."),
        ("heading 1", "7. A numbered heading"),
        ("paragraph", "Its words."),
        ("paragraph", "1984. A year."),
    ]


def test_numbers_out_of_order_stay_words() -> None:
    assert shape("T\n\n3. c\n7. d\n\nEnd.")[1] == ("paragraph", "3. c 7. d")


def test_a_single_line_is_a_paragraph_and_so_are_verses_and_a_last_line() -> None:
    assert shape("Only this line\n") == [("paragraph", "Only this line")]
    assert shape("STOP") == [("paragraph", "STOP")]
    assert shape("Only a title\n============\n") == [("heading 0", "Only a title")]
    verses = parse(
        "Title\n\nWords.\n\nRoses are red\n\nViolets are blue\n\nSugar is sweet\n\nYou too.\n\nThe author\n",
        "a.txt",
    )
    assert [text.role for text in texts(verses.blocks)] == ["heading"] + ["paragraph"] * 6


def test_a_text_in_capitals_is_not_all_headings() -> None:
    assert shape("WARNING LABEL\n\nKEEP AWAY FROM CHILDREN.\n\nDO NOT SWALLOW THE\nTABLETS WHOLE\n")[1:] == [
        ("paragraph", "KEEP AWAY FROM CHILDREN."),
        ("paragraph", "DO NOT SWALLOW THE TABLETS WHOLE"),
    ]


def test_separators_are_rules() -> None:
    assert shape("Title\n\nOne.\n\n* * *\n\nTwo.\n\n-----\nThree.\n") == [
        ("heading 0", "Title"),
        ("paragraph", "One."),
        "rule",
        ("paragraph", "Two."),
        "rule",
        ("paragraph", "Three."),
    ]


@pytest.mark.parametrize(
    "row", ["━━━━━━", "–––––", "═══════", "~*~*~*~*~", "+-----+-----+", "┌──┬──┐", "- - -", "=====  ====="]
)
def test_rows_of_signs_are_rules_and_never_titles(row: str) -> None:
    assert shape(f"{row}\n\nTitle\n\nOne\nhere.\n{row}\nTwo.\n\n{row}\n\n{row}\n\nThr-\nee.\n{row}\n") == [
        ("heading 0", "Title"),
        ("paragraph", "One here."),
        "rule",
        ("paragraph", "Two."),
        "rule",
        ("paragraph", "Thr-ee."),
    ]


@pytest.mark.parametrize("row", ["=", "-", "━", "*"])
def test_a_title_between_two_rows(row: str) -> None:
    source = f"{row * 9}\nThe title\n{row * 9}\n\nWords.\n"
    assert shape(source) == [("heading 0", "The title"), ("paragraph", "Words.")]


def test_framed_lines_are_headings() -> None:
    source = "T\n\n== Dosage ==\n\nOne.\n\n*** Side effects ***\n\nTwo.\n"
    assert [text for kind, text in pairs(source) if kind.startswith("heading")] == [
        "T",
        "Dosage",
        "Side effects",
    ]


LONG = "Here are some words that say what the line above them is about, at length."


@pytest.mark.parametrize(
    "line",
    [
        "-----BEGIN PGP SIGNED MESSAGE-----",
        "-C muestra las entradas por columnas",
        "dircolors(1)",
        "“stable” versions and others",
        "– who knows what",
        "and so on",
        "(номера строк добавлены)",
        "2022-10-08 03:52:48 UTC",
        "29 June 2007",
        "2007年6月29日",
        "Monday, 29 June 2007, 12:30",
        "12:30",
        "$ dpkg -S libfoo.so.6",
        "LIBS = -lfoo -lbar",
        "Ursprüngliche Inhalte <joy@debian.org>",
        "Name     Dose     Day",
        "2.5 mg of it",
        "1 2 3",
    ],
)
def test_short_lines_that_are_no_headings(line: str) -> None:
    assert pairs(f"Title\n\n{LONG}\n\n{line}\n\n{LONG}\n")[2] == ("paragraph", " ".join(line.split()))
    assert pairs(f"{line}\n\n{LONG}\n")[0][0] == "paragraph"


@pytest.mark.parametrize(
    "line",
    [
        "Side effects",
        "“Stable” versions",
        "¿Qué es?"[:-1],
        "副作用",
        "Противопоказания",
        "გვერდითი მოვლენები",
        "آثار جانبية",
    ],
)
def test_short_lines_that_are_headings(line: str) -> None:
    assert pairs(f"Title\n\n{LONG}\n\n{line}\n\n{LONG}\n")[2] == ("heading 2", line)


def test_a_short_line_needs_something_longer_under_it() -> None:
    source = f"T\n\nJosip Rodin\n\nFirst author\n\nWords.\n\nReal heading\n\n{LONG}\n\nOsamu\n\nWho came.\n"
    assert [text for kind, text in pairs(source) if kind.startswith("heading")] == [
        "T",
        "Real heading",
        "Osamu",
    ]


def test_a_text_full_of_short_lines_has_no_headings_of_that_kind() -> None:
    pair = "Word {n}\n\nIts translation.\n\n"
    source = "Title\n\n" + "".join(pair.replace("{n}", chr(97 + n) * 3) for n in range(12))
    assert [kind for kind, _text in pairs(source)].count("heading 2") == 0
    sure = source + "USES\n\nMany words.\n\n2.1 More\n\nMany words.\n"
    assert [text for kind, text in pairs(sure) if kind.startswith("heading")] == ["Title", "USES", "2.1 More"]
    leaflet = "Title\n\n" + f"Heading\n\n{LONG * 3}\n\n" * 12
    assert [kind for kind, _text in pairs(leaflet)].count("heading 2") == 12


def pairs(source: str) -> list[tuple[str, str]]:
    """Roles and words of all texts."""
    return [
        (f"heading {text.level}" if text.role == "heading" else text.role, text.text)
        for text in texts(parse(source, "a.txt").blocks)
    ]


def test_numbered_lines_that_count_on_are_headings_though_they_end_in_full_stops() -> None:
    names = ["Definitions.", "Source Code.", "Basic Permissions.", "Termination."]
    source = "GNU LICENSE\n\n" + "".join(f"  {n}. {name}\n\n{LONG}\n\n" for n, name in enumerate(names))
    assert [pair for pair in pairs(source) if pair[0].startswith("heading")] == [
        ("heading 0", "GNU LICENSE"),
        *(("heading 1", f"{n}. {name}") for n, name in enumerate(names)),
    ]
    for others in (source.replace("1. Source", "7. Source"), source.replace("  3. Ter", "  9. Ter")):
        assert len([pair for pair in pairs(others) if pair[0] == "heading 1"]) < 4


def test_questions_that_are_numbered_are_headings_even_on_two_lines() -> None:
    source = (
        f"FAQ\n\n1.1. What is it?\n\n{LONG}\n\n"
        f"1.2. Now that I know what it is, what\n     is the other?\n\n{LONG}\n\n"
        f"2.1. Where do I get it?\n\n{LONG}\n"
    )
    assert [text for kind, text in pairs(source) if kind == "heading 2"] == [
        "1.1. What is it?",
        "1.2. Now that I know what it is, what is the other?",
        "2.1. Where do I get it?",
    ]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("1.1. Beta", 2),
        ("2.3 Title", 2),
        ("4.5. CRC32", 2),
        ("4.1. control", 2),
        ("Chapter 3: Getting well", 1),
        ("Chapter 3: Are you well?", 1),
        ("Kapitel 2. Erste Schritte", 1),
        ("Глава 5", 1),
        ("Appendix A", 1),
        ("第三章 副作用", 1),
        ("A.2. Voting", 2),
    ],
)
def test_forms_of_numbered_headings(line: str, level: int) -> None:
    assert pairs(f"Title\n\n{LONG}\n\n{line}\n\n{LONG}\n")[2] == (f"heading {level}", line)


def test_a_table_of_contents_is_a_list_of_its_lines() -> None:
    contents = "1. Alpha\n    1.1. Beta and\n        gamma\n    1.2. Delta\n2. Epsilon?\n"
    body = f"1. Alpha\n\n1.1. Beta\n\n{LONG}\n\n1.2. Delta\n\n{LONG}\n\n2. Epsilon?\n\n{LONG}\n"
    items = ("bullets", ["1. Alpha", "1.1. Beta and gamma", "1.2. Delta", "2. Epsilon?"])
    for apart in (contents, contents.replace("gamma\n", "gamma\n\n")):
        found = shape(f"T\n\n{LONG}\n\n{apart}\n{body}")
        assert found[2] == items
        assert [each[1] for each in found[3:] if isinstance(each, tuple) and "heading" in each[0]] == [
            "1. Alpha",
            "1.1. Beta",
            "1.2. Delta",
            "2. Epsilon?",
        ]


def test_lines_of_contents_parted_by_empty_lines_are_one_list_too() -> None:
    source = f"T\n\n{LONG}\n\n1.1 Alpha\n\n1.2 Beta\n\n2.1 Gamma\n\nEND\n\n{LONG}\n"
    assert shape(source)[2] == ("bullets", ["1.1 Alpha", "1.2 Beta", "2.1 Gamma"])


def test_an_entry_above_its_own_entries_is_known_by_them() -> None:
    source = f"T\n\n{LONG}\n\n1. Alpha\n\n1.1. Beta\n\n1.2. Gamma\n\n2. Delta\n\nTHE END\n\n{LONG}\n"
    assert shape(source)[2] == ("bullets", ["1. Alpha", "1.1. Beta", "1.2. Gamma", "2. Delta"])
    body = f"Appendix A. Alpha\n\nA.1. Beta\n\n{LONG}\n"
    source = f"T\n\n{LONG}\n\nAppendix A. Alpha\n\n1.1. Beta\n1.2. Gamma\n\n{LONG}\n\n{body}"
    assert shape(source)[2] == ("bullets", ["Appendix A. Alpha", "1.1. Beta", "1.2. Gamma"])


def test_an_address_is_no_heading_of_what_follows() -> None:
    kinds = [kind for kind, _words in pairs(f"T\n\nTo the Ward\n\nBoston\n\nUnited States\n\n{LONG}\n")]
    assert kinds == ["heading 0"] + ["paragraph"] * 4


def test_a_list_may_begin_with_zero() -> None:
    assert shape("T\n\n0. Zero.\n1. One.\n\n2. Two.\n")[1] == ("from 0", ["Zero.", "One.", "Two."])
    assert shape("T\n\n0. Zero.\n\nWords.\n")[1] == ("paragraph", "0. Zero.")


def test_lists_that_follow_each_other_without_an_empty_line() -> None:
    assert shape("T\n\nFirst:\n1. a\n2. b\n1. c\n2. d\n3. e\n")[1:] == [
        ("paragraph", "First:"),
        ("from 1", ["a", "b"]),
        ("from 1", ["c", "d", "e"]),
    ]


def test_many_lists_in_one_paragraph_need_no_depth() -> None:
    lines = "\n".join(f"{1 + n % 3}. words" for n in range(9_000))
    assert len(shape("T\n\n" + lines)) == 3001


def test_each_block_knows_its_line() -> None:
    blocks = parse("\n\nTitle\n\nOne\ntwo.\n\n- a\n- b\n", "a.txt").blocks
    assert [text.place.line for text in texts(blocks) if text.place] == [3, 5, 8, 9]


_lines = st.lists(
    st.one_of(
        st.just(""),
        st.sampled_from(
            [
                "=====",
                "---",
                "- ",
                "* * *",
                "0. Zero.",
                "0) nought",
                "1. one",
                "2) two",
                "3. three.",
                "1. Alpha.",
                "1.1. Beta",
                "1.2 Gamma?",
                "2.1. Delta.",
                "Chapter 3: Why?",
                "Part 2",
                "- item",
                "• item:",
                "IV. Four",
                "━━━━",
                "+---+",
                "== Framed ==",
                "2022-10-08",
                "A heading",
                "Some words under it, many more than there are in the line above.",
            ]
        ),
        st.lists(
            st.sampled_from(["alpha", "BETA", "gamma.", "5", "-", "mg-", "été,", "(so)", "*", "2."]),
            max_size=6,
        ).map(" ".join),
    ),
    max_size=14,
)


@given(_lines)
def test_no_word_is_lost(lines: list[str]) -> None:
    def words(text: str) -> str:
        return "".join(character for character in text if character.isalpha())

    source = "\n".join(lines)
    assert words("".join(text.text for text in texts(parse(source, "a.txt").blocks))) == words(source)


@given(_lines)
def test_no_number_is_lost(lines: list[str]) -> None:
    found: list[str] = []
    for block in parse("\n".join(lines), "a.txt").blocks:
        if isinstance(block, ListBlock) and block.ordered:
            for number, item in enumerate(block.items, start=block.start):
                found += [str(number), *(text.text for text in texts(item))]
        else:
            found += [text.text for text in texts(block)]

    def digits(text: str) -> str:
        return "".join(character for character in text if character.isdigit())

    assert digits(" ".join(found)) == digits("\n".join(lines))
