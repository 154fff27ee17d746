"""The script of an article: what is said, in which role, with which pause."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import Document, load, map_texts, texts
from reader.document.model import Span
from reader.speech import Options, Pauses, Script, narrate
from reader.speech.script import Utterance

ARTICLE = """\
---
title: Bones
language: en
summary: Why bones matter.
source: The clinic
date: 2026-03-01
---

Words before any heading.

## Food

Eat well. Drink milk.

- One glass
- Two yogurts

1. Wash
2. Eat

### Calcium

Found in milk.

## Glossary

Calcium
: A mineral. It is in milk.

Marrow
: Inside bones.

## Sport

Move.
"""


def article(tmp_path: Path, text: str = ARTICLE, name: str = "bones.md") -> Document:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return load(path)


def said(script: Script) -> list[list[tuple[str, str, int]]]:
    return [[(u.role, u.text, u.pause_after_ms) for u in chapter.utterances] for chapter in script.chapters]


def test_the_whole_script_of_an_article(tmp_path: Path) -> None:
    document = article(tmp_path)
    script = narrate(document, document, Options(voice="Hal"))
    assert [(c.title, c.slug, c.cue) for c in script.chapters] == [
        ("Introduction", "introduction", "chapter"),
        ("Food", "food", "chapter"),
        ("Sport", "sport", "chapter"),
        ("Glossary", "glossary", "glossary"),
    ]
    assert said(script) == [
        [
            ("title", "Bones", 900),
            ("introduction", "You are listening to an article in 4 chapters.", 400),
            ("introduction", "It takes about 1 minute.", 800),
            ("summary", "Why bones matter.", 800),
            ("paragraph", "Words before any heading.", 1500),
        ],
        [
            ("heading", "Food", 900),
            ("paragraph", "Eat well.", 400),
            ("paragraph", "Drink milk.", 800),
            ("announcement", "A list of 2 items:", 400),
            ("item", "One glass", 500),
            ("item", "Two yogurts", 800),
            ("announcement", "A list of 2 items:", 400),
            ("item", "1. Wash", 500),
            ("item", "2. Eat", 1200),
            ("heading", "Calcium", 900),
            ("paragraph", "Found in milk.", 1500),
        ],
        [("heading", "Sport", 900), ("paragraph", "Move.", 1500)],
        [
            ("heading", "Glossary", 900),
            ("term", "Calcium", 450),
            ("definition", "A mineral.", 400),
            ("definition", "It is in milk.", 400),
            ("reference", "Heard in chapter 2: Food.", 900),
            ("term", "Marrow", 450),
            ("definition", "Inside bones.", 900),
            ("closing", "You have been listening to: Bones.", 400),
            ("closing", "Source: The clinic.", 400),
            ("closing", "Date: March 1, 2026.", 400),
            ("closing", "Read by a computer voice: Hal.", 1500),
        ],
    ]


def test_frames_have_no_source_and_the_articles_words_have_their_line(tmp_path: Path) -> None:
    document = article(tmp_path)
    script = narrate(document, document, Options())
    frames = {"introduction", "reference", "closing", "announcement"}
    for chapter in script.chapters:
        for utterance in chapter.utterances:
            assert (utterance.source is None) == (utterance.role in frames)
    move = script.chapters[2].utterances[1]
    assert move.source is not None
    assert move.source.line == ARTICLE.splitlines().index("Move.") + 1


def test_glossary_off_reads_it_where_it_stands(tmp_path: Path) -> None:
    document = article(tmp_path)
    script = narrate(document, document, Options(glossary="off"))
    assert [(c.title, c.cue) for c in script.chapters][1:] == [
        ("Food", "chapter"), ("Glossary", "chapter"), ("Sport", "chapter"),
    ]  # fmt: skip
    assert ("term", "Calcium", 450) in said(script)[2]
    assert not [u for c in script.chapters for u in c.utterances if u.role == "reference"]


def test_pace_divides_every_pause(tmp_path: Path) -> None:
    document = article(tmp_path)
    slow, fast = (narrate(document, document, Options(pace=pace)) for pace in (1.0, 2.0))
    pairs = zip(said(slow)[1], said(fast)[1], strict=True)
    assert all(fast_pause == slow_pause // 2 for (_r, _t, slow_pause), (_r2, _t2, fast_pause) in pairs)
    assert fast.chapters[0].head_ms == 350
    assert fast.chapters[0].cue_pause_ms == 200


def test_every_pause_can_be_set(tmp_path: Path) -> None:
    document = article(tmp_path)
    pauses = Pauses(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
    script = narrate(document, document, Options(pauses=pauses))
    assert [pause for _role, _text, pause in said(script)[1]] == [5, 1, 3, 9, 2, 3, 9, 2, 4, 5, 12]
    assert script.chapters[1].head_ms == 10
    assert script.chapters[1].cue_pause_ms == 11


def untranslated(document: Document, keep: str) -> Document:
    """The article as if it were Spanish, but for texts that hold `keep`."""

    def change(text):  # type: ignore[no-untyped-def]
        return text if re.search(keep, text.text) else replace(text, language="es", spans=(Span("Hola."),))

    return replace(map_texts(document, change), language="es")


def test_an_untranslated_passage_is_announced_once_and_said_in_its_own_language(tmp_path: Path) -> None:
    source = article(tmp_path)
    document = untranslated(source, "Drink|glass|yogurts|Move")
    script = narrate(source, document, Options(verbosity="brief"))
    food = script.chapters[1].utterances
    assert [(u.role, u.parts[0].language) for u in food[:6]] == [
        ("heading", "es"),
        ("announcement", "es"),
        ("paragraph", "en"),
        ("paragraph", "en"),
        ("item", "en"),
        ("item", "en"),
    ]
    assert sum(u.role == "announcement" for u in food) == 1
    assert [u.role for u in script.chapters[2].utterances] == ["heading", "announcement", "paragraph"]


def test_an_article_without_translation_says_so_once(tmp_path: Path) -> None:
    source = article(tmp_path)
    script = narrate(source, untranslated(source, ""), Options())
    announced = [u.text for c in script.chapters for u in c.utterances if u.role == "announcement"]
    assert announced[0] == "Este artículo no se ha traducido al español. Se lee en inglés."
    assert not [text for text in announced if text.startswith("En ")]
    assert [c.slug for c in script.chapters] == ["introduction", "food", "sport", "glossary"]


def test_words_of_the_article_inside_a_frame_are_said_in_their_own_language(tmp_path: Path) -> None:
    source = article(tmp_path)
    script = narrate(source, untranslated(source, "^Food$|^Calcium$|A mineral"), Options())
    frames = {u.text: u for c in script.chapters for u in c.utterances if u.source is None}
    came_from = next(u for text, u in frames.items() if "The clinic" in text)
    assert [(p.text.strip(), p.language) for p in came_from.parts][-1] == ("The clinic.", "en")
    assert came_from.parts[0].language == "es"
    heard = next(u for u in frames.values() if u.role == "reference")
    assert heard.parts[-1].text == "Food."
    assert heard.parts[-1].language == "en"


def test_a_regional_listener_hears_the_language_itself(tmp_path: Path) -> None:
    source = article(tmp_path)
    document = replace(untranslated(source, "^$"), language="es-MX")
    script = narrate(source, document, Options())
    spoken = {
        p.language for c in script.chapters for u in c.utterances for p in u.parts if p.text != "The clinic."
    }
    assert spoken == {"es-MX"}


def test_ids_are_the_same_in_every_language(tmp_path: Path) -> None:
    source = article(tmp_path)
    english = narrate(source, source, Options())
    spanish = narrate(source, untranslated(source, "^$"), Options())

    def blocks(script: Script) -> set[str]:
        return {u.id.partition(".")[0] for c in script.chapters for u in c.utterances}

    assert blocks(english) == blocks(spanish)
    assert [c.id for c in english.chapters] == [c.id for c in spanish.chapters]


def test_a_note_an_image_and_a_table_are_said(tmp_path: Path) -> None:
    text = (
        "---\nlanguage: en\n---\n# T\n\nA claim.[^1]\n\n![A bone](bone.png)\n\n![](x.png)\n\n"
        "| Dose | Day |\n| --- | --- |\n| 5 mg | one |\n\n[^1]: The proof.\n"
    )
    document = article(tmp_path, text, "t.md")
    script = narrate(document, document, Options())
    words = [u.text for c in script.chapters for u in c.utterances]
    for expected in (
        "Image:",
        "A bone",
        "Image without description.",
        "Dose",
        "5 mg",
        "Note 1:",
        "The proof.",
    ):
        assert expected in words
    claim = next(u for c in script.chapters for u in c.utterances if u.text.startswith("A claim"))
    assert "note 1" in claim.parts[0].spoken


def test_an_empty_item_of_an_ordered_list_has_its_number(tmp_path: Path) -> None:
    document = article(tmp_path, "---\nlanguage: en\n---\n# T\n\n1. One\n2.\n3. Three\n", "t.md")
    script = narrate(document, document, Options())
    items = [u.text for c in script.chapters for u in c.utterances if u.role == "item"]
    assert items == ["1. One", "2.", "3. Three"]


def test_the_json_form_comes_back(tmp_path: Path) -> None:
    document = article(tmp_path)
    script = narrate(document, document, Options())
    assert script.to_json() == {"version": 1, **asdict(script)}
    form = json.loads(json.dumps(script.to_json()))
    assert form["version"] == 1
    assert Script.from_json({**form, "later": True}) == script
    with pytest.raises(ValueError, match="version 2"):
        Script.from_json({**form, "version": 2})


WORDS = "Take|5|mg|daily.|Do|not|stop!|Ask|Dr.|Smith,|e.g.|now|(why?)|“Yes.”|approx.|3.5|h|—|ok;"
PARAGRAPHS = st.lists(st.sampled_from(WORDS.split("|")), min_size=1, max_size=30).map(" ".join)
BODIES = st.lists(
    st.tuples(st.sampled_from(["", "## Heading", "### Deeper", "- item", "> quote"]), PARAGRAPHS),
    min_size=1,
    max_size=12,
)


def _markdown(body: list[tuple[str, str]]) -> str:
    blocks = []
    for kind, words in body:
        if kind.startswith("#"):
            blocks.append(f"{kind} {words}")
        elif kind in ("- item", "> quote"):
            blocks.append(f"{kind[0]} {words}")
        else:
            blocks.append(words)
    return "---\ntitle: T\nlanguage: en\n---\n\n" + "\n\n".join(blocks) + "\n"


@given(BODIES)
def test_every_word_of_the_article_is_said_in_order(
    tmp_path_factory: pytest.TempPathFactory, body: list[tuple[str, str]]
) -> None:
    document = article(tmp_path_factory.mktemp("a"), _markdown(body), "a.md")
    script = narrate(document, document, Options())
    utterances = [u for c in script.chapters for u in c.utterances]
    own = [u for u in utterances if u.source is not None]
    assert (
        " ".join(u.text for u in own).split()
        == " ".join(text.text for text in texts(document) if not text.made).split()
    )
    assert len({u.id for u in utterances}) == len(utterances)
    assert all(_abuts(chapter.utterances) for chapter in script.chapters)


def _abuts(utterances: tuple[Utterance, ...]) -> bool:
    """Pauses are those of the design: never less than a sentence's, the tail at the end."""
    return utterances[-1].pause_after_ms == 1500 and all(u.pause_after_ms >= 400 for u in utterances)
