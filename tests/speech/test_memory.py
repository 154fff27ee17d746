"""What was said in the last narration is looked up, but never when what it depends on has changed."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from reader import assets, notes
from reader.document.model import Role, Span, Text
from reader.speech import memory as memory_module
from reader.speech import narrator
from reader.speech.lexicon import Lexicons
from reader.speech.memory import Memory
from reader.speech.parts import utterances_of
from reader.speech.script import Part
from reader.speech.verbalizer import spoken

LEXICON = """<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en">
<lexeme><grapheme>melphalan</grapheme><phoneme>%s</phoneme></lexeme>
</lexicon>
"""


def text(*spans: Span | str, role: Role = "paragraph", language: str = "en") -> Text:
    return Text("b1", role, tuple(Span(each) if isinstance(each, str) else each for each in spans), language)


TEXTS = [
    text("Take 5 mg at 8:30 a.m. Then rest."),
    text("Plain words."),
    text("It is ", Span("strong", emphasis="strong"), ", see ", Span("[1]", note="n1"), "."),
    text("The Greek ", Span("αίμα", language="el"), " means blood, кровь too. ", Span("", image=True)),
    text("Half \ud800 of 4 kg, by BRCA1.", role="heading"),
    text(Span("tomato", phonemes="təˈmɑːtoʊ"), " and x", Span("2", script="sup"), " 😀 www.example.org."),
    text(""),
    text("La dosis es de 5 mg.", language="es"),
]


def instead(span: Span) -> str:
    return "note one" if span.note else "an image" if span.image else ""


def say(memory: Memory, *texts: Text, speaks: bool = True) -> list[list[tuple[Part, ...]]]:
    return [memory.utterances_of(each, each.language, instead, lambda _tag: speaks) for each in texts]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts for which it was found out how they are said."""
    found: list[str] = []

    def utterances(text: Text, *how: object) -> object:
        found.append(text.text)
        return utterances_of(text, *how)  # type: ignore[arg-type]

    monkeypatch.setattr(memory_module, "utterances_of", utterances)
    return found


def test_what_is_remembered_is_what_the_rules_say(made: list[str]) -> None:
    plain = [list(utterances_of(each, each.language, instead)) for each in TEXTS]
    assert sum(map(len, plain)) == len(TEXTS)  # two of one text, none of another
    for _time in range(2):
        memory = Memory("an article", "en")
        assert say(memory, *TEXTS) == plain
        assert say(memory, *TEXTS) == plain
        assert memory.spoken("Take 5 mg.", "en") == spoken("Take 5 mg.", "en") != "Take 5 mg."
        memory.keep()
    assert len(made) == len(TEXTS)


def test_a_part_that_is_said_as_it_stands_has_its_words_once() -> None:
    for _time in range(2):
        memory = Memory("an article", "en")
        (((part,),),) = say(memory, text("Plain words."))
        memory.keep()
        assert part.spoken is part.text


def test_only_new_texts_are_found_out_again(made: list[str]) -> None:
    first = Memory("a", "en")
    say(first, text("One."), text("Two."))
    first.keep()
    second = Memory("a", "en")
    say(second, text("Two."), text("Three."))
    second.keep()
    assert made == ["One.", "Two.", "Three."]
    say(Memory("a", "en"), text("One."))  # it holds the texts of the last narration alone
    say(Memory("b", "en"), text("Two."))
    say(Memory("a", "es"), text("Two."))
    assert made[3:] == ["One.", "Two.", "Two."]


@pytest.mark.parametrize(
    "other",
    [
        text("Same.", role="heading"),
        text("Same.", language="en-GB"),
        text(Span("Same.", emphasis="em")),
        text(Span("Same.", language="es")),
        text("Sa", "me."),
    ],
)
def test_all_of_a_text_counts(made: list[str], other: Text) -> None:
    memory = Memory("a", "en")
    say(memory, text("Same."))
    say(memory, other)
    assert len(made) == 2
    # Not where it stands, nor what it is called.
    say(memory, replace(other, id="b2", level=3))
    assert len(made) == 2


def test_what_is_said_instead_and_how_much_counts(made: list[str]) -> None:
    memory = Memory("a", "en")
    noted = text("See ", Span("[1]", note="n1"), ".")
    for words in ("note one", "nota uno", "note one"):
        memory.utterances_of(noted, "en", lambda _span, words=words: words)  # type: ignore[misc]
    assert len(made) == 2
    memory.utterances_of(noted, "en", lambda _span: "note one", verbosity="full")
    assert len(made) == 3


def test_a_voice_that_has_come_or_gone_counts(made: list[str]) -> None:
    russian = text("Blood is кровь in Russian.")
    results = []
    for speaks in (True, False, True):
        memory = Memory("a", "en")
        results += say(memory, russian, speaks=speaks)
        memory.keep()
    assert len(results[0][0]) == 3
    assert len(results[1][0]) == 1
    assert results[2] == results[0]


@pytest.mark.parametrize(("file", "tag"), [("en/speech.toml", "en-GB"), ("es/LC_MESSAGES/reader.po", "es")])
def test_data_that_has_changed_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: list[str], file: str, tag: str
) -> None:
    folder = tmp_path / "locales"
    shutil.copytree(assets.locales_dir(), folder)
    monkeypatch.setattr(assets, "locales_dir", lambda: folder)
    for change in ("", "# changed\n", ""):
        path = folder / file
        path.write_text(path.read_text(encoding="utf-8") + change, encoding="utf-8")
        memory = Memory("a", tag)
        say(memory, text("One.", language=tag))
        memory.keep()
    assert made == ["One."] * 2


def test_a_lexicon_that_has_changed_counts(tmp_path: Path) -> None:
    article, lexicon = tmp_path / "article.md", tmp_path / "article.pls"
    heard: list[str] = []
    for phonemes in ("ˈmɛlfəlæn", "mɛlˈfalan", "mɛlˈfalan"):
        lexicon.write_text(LEXICON % phonemes, encoding="utf-8")
        os.utime(lexicon, (1, len(heard)))
        memory = Memory("a", "en", Lexicons(article))
        (((part,),),) = say(memory, text("Take melphalan."))
        memory.keep()
        heard.append(part.pronunciations[0].phonemes)
    assert heard == ["ˈmɛlfəlæn", "mɛlˈfalan", "mɛlˈfalan"]


def test_code_that_has_changed_counts(made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for code in ("one", "other"):
        monkeypatch.setattr(notes, "code", lambda *_paths, packages, code=code: f"{code} {packages}")
        memory = Memory("a", "en")
        say(memory, text("One."))
        memory.keep()
    assert made == ["One."] * 2


def test_a_tag_that_is_none_is_said_all_the_same() -> None:
    strange = text("One, ", Span("uno", language="no-such-tag"), ".")
    plain = list(utterances_of(strange, "en", instead))
    assert [part.language for part in plain[0]] == ["en", "no-such-tag"]
    assert say(Memory("a", "en"), strange) == [plain]


def test_nothing_is_kept_of_a_narration_that_fails(made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing(narrator._Narrator):
        def script(self) -> None:  # type: ignore[override]
            say(self._reader.memory, text("One."))
            raise RuntimeError

    from reader.document import Document, Metadata

    document = Document(
        id="a", title=text("A title.", role="title"), language="en", metadata=Metadata(), sections=()
    )
    monkeypatch.setattr(narrator, "_Narrator", Failing)
    with pytest.raises(RuntimeError):
        narrator.narrate(document, document, narrator.Options())
    say(Memory("a", "en"), text("One."))
    assert made == ["One."] * 2
