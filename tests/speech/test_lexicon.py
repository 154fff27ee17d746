"""Pronunciation lexicons: what is read, what is refused, which words they find, and how a script has them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from reader.document import Span, Text
from reader.errors import InputError
from reader.speech.frames import Frames, Words
from reader.speech.lexicon import NONE, Lexeme, Lexicons, Matcher, read
from reader.speech.lexicon.pls import faults
from reader.speech.memory import Memory
from reader.speech.parts import utterances_of
from reader.speech.script import Chapter, Part, Pronunciation, Script, Utterance

HEAD = '<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa"'
LANGUAGES = ("ar", "de", "en", "es", "fr", "hi", "it", "ja", "pt_BR", "ru", "zh_Hans")


def pls(folder: Path, body: str, *, language: str = "en", name: str = "lexicon.pls") -> Path:
    path = folder / name
    path.write_text(f'{HEAD} xml:lang="{language}">\n{body}\n</lexicon>\n', encoding="utf-8")
    return path


def word(grapheme: str, phonemes: str = "", alias: str = "") -> str:
    sounds = f"<phoneme>{phonemes}</phoneme>" if phonemes else ""
    words = f"<alias>{alias}</alias>" if alias else ""
    return f"<lexeme><grapheme>{grapheme}</grapheme>{sounds}{words}</lexeme>"


# -- files ----------------------------------------------------------------------------------------


def test_a_lexicon_is_read(tmp_path: Path) -> None:
    path = pls(
        tmp_path,
        '<meta name="a" content="b"/><metadata><x xmlns="u:x">any<y/></x></metadata>\n'
        '<lexeme role="noun"><grapheme>Sjögren</grapheme><grapheme> Sjogren\n </grapheme>\n'
        '<phoneme>a</phoneme><phoneme prefer="true">ˈʃøːɡreːn</phoneme><example>Hear it.</example></lexeme>\n'
        '<lexeme><grapheme>WHO</grapheme><phoneme alphabet="x-sampa">u:</phoneme>'
        "<alias>World Health Organization</alias></lexeme><!-- kept out -->\n"
        '<lexeme><grapheme>only in another alphabet</grapheme><phoneme alphabet="x-y">1</phoneme></lexeme>',
    )
    found = read(path)
    assert (found.language, found.file) == ("en", str(path))
    assert [(each.graphemes, each.phonemes, each.alias, each.line) for each in found.lexemes] == [
        (("Sjögren", "Sjogren"), "ˈʃøːɡreːn", "", 3),
        (("WHO",), "", "World Health Organization", 6),
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "empty"),
        ("<lexicon", 1, "not a pronunciation lexicon"),
        ("<html/>", 1, "not a pronunciation lexicon"),
        (f"{HEAD}/>", 1, "attributes"),
        (f'{HEAD} xml:lang="xx-yy-zz-klingon">\n</lexicon>', 1, "not a known language"),
        (f'{HEAD} xml:lang="en">\n<lexeme/>\n</lexicon>', 2, "lexeme"),
        (
            f'{HEAD} xml:lang="en">\n\n<lexeme><grapheme>a</grapheme></lexeme>\n</lexicon>',
            3,
            "lexeme",
        ),
        (f'{HEAD} xml:lang="en">\n<word/>\n</lexicon>', 2, "word"),
        (f'<!DOCTYPE lexicon>\n{HEAD} xml:lang="en"/>', 1, "document type"),
        (
            f'<!DOCTYPE x [<!ENTITY a "b">]>\n{HEAD} xml:lang="en">{word("&a;", "a")}</lexicon>',
            1,
            "document type",
        ),
        (
            f'<!DOCTYPE x SYSTEM "http://example.org/x.dtd">\n{HEAD} xml:lang="en"/>',
            1,
            "document type",
        ),
        (f'{HEAD} xml:lang="en">{word("&undefined;", "a")}</lexicon>', 1, "undefined"),
    ],
)
def test_what_is_no_lexicon_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    path = tmp_path / "bad.pls"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read(path)
    assert caught.value.where == f"{path}:{line}"
    assert words in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path)
    (tmp_path / "a.pls").write_bytes(b"\xff\xfe\x00\x00" * 100)
    with pytest.raises(InputError, match="not a pronunciation lexicon"):
        read(tmp_path / "a.pls")
    (tmp_path / "deep.pls").write_text(f'{HEAD} xml:lang="en">' + "<metadata>" * 100_000, encoding="utf-8")
    with pytest.raises(InputError, match="not a pronunciation lexicon"):
        read(tmp_path / "deep.pls")


def test_faults_are_told_one_by_one(tmp_path: Path) -> None:
    path = pls(
        tmp_path,
        f"{word('a', 'a')}\n{word('b', ' ')}<lexeme><grapheme> </grapheme><alias>x</alias></lexeme>\n"
        '<lexeme><grapheme>c</grapheme><phoneme alphabet="x-sampa">u:</phoneme></lexeme>\n'
        f"{word('a', '', 'ay')}\n{word('d', 'aЖ4')}\n<lexeme><grapheme>e</grapheme><alias/></lexeme>",
    )
    assert [(each.line, each.text) for each in faults(path)] == [
        (3, "“b”: the phonemes are empty."),
        (3, "A grapheme is empty."),
        (4, "“c”: the alphabet “x-sampa” is not known; reader takes ipa."),
        (5, "“a” stands already in line 2, which is the one that counts."),
        (6, "“d”: not in IPA: Ж 4."),
        (7, "“e”: the alias is empty."),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_lexicons_have_no_fault(root: Path, language: str) -> None:
    path = root / "locales" / language / "lexicon.pls"
    assert not list(faults(path))
    found = read(path)
    assert found.language == language.replace("_", "-")
    assert len(found.lexemes) >= (200 if language == "en" else 40)


# -- finding words --------------------------------------------------------------------------------


def found(text: str, *graphemes: str, before: str = "", after: str = "") -> list[str]:
    matcher = Matcher(Lexeme((each,), alias=each) for each in graphemes)
    return [
        f"{text[start:end]}={each.graphemes[0]}" for start, end, each in matcher.found(text, before, after)
    ]


@pytest.mark.parametrize(
    ("text", "graphemes", "words"),
    [
        ("graft", ["graft"], ["graft=graft"]),
        ("Graft GRAFT grAft", ["graft"], ["Graft=graft", "GRAFT=graft"]),
        ("grafts engraft graft_a graft2 graftа", ["graft"], []),
        ("re-graft (graft), graft.", ["graft"], ["graft=graft"] * 3),
        ("Crohn crohn CROHN", ["Crohn"], ["Crohn=Crohn", "CROHN=Crohn"]),
        ("AIDS aids Aids", ["AIDS"], ["AIDS=AIDS"]),
        ("ALL all", ["All"], []),  # three letters in capitals are an abbreviation
        ("US us", ["us", "US"], ["US=US", "us=us"]),
        ("Crohn’s Crohn's", ["Crohn"], []),
        ("Crohn’s Crohn's", ["Crohn", "Crohn's"], ["Crohn’s=Crohn's", "Crohn's=Crohn's"]),
        ("'graft' ‘graft’", ["graft"], ["graft=graft"] * 2),
        (
            "graft versus host disease", ["graft", "graft versus host", "host disease"],
            ["graft versus host=graft versus host"],
        ),
        ("graft versus", ["graft", "graft versus host"], ["graft=graft"]),
        ("Graft Versus Host", ["graft versus host"], ["Graft Versus Host=graft versus host"]),
        ("graft\u00a0versus\nhost", ["graft versus host"], ["graft\u00a0versus\nhost=graft versus host"]),
        ("co‑trimoxazole", ["co-trimoxazole"], ["co‑trimoxazole=co-trimoxazole"]),
        ("CD34+ cells, CD34", ["CD34+"], ["CD34+=CD34+"]),
        ("Sjo\u0308gren", ["Sjo"], []),  # its o bears a mark
        ("STRASSE straße", ["straße"], ["straße=straße"]),
        ("İstanbul istanbul", ["istanbul"], ["istanbul=istanbul"]),
        ("MRI検査とMRIX", ["MRI"], ["MRI=MRI"]),
        ("同種移植の移植", ["移植", "同種移植"], ["同種移植=同種移植", "移植=移植"]),
        ("दवा दवाएँ", ["दवा"], ["दवा=दवा"]),
        ("", ["a"], []),
    ],
)  # fmt: skip
def test_whole_words_in_the_forms_they_may_take(text: str, graphemes: list[str], words: list[str]) -> None:
    assert found(text, *graphemes) == words


def test_what_stands_around_a_piece_decides() -> None:
    assert found("graft", "graft", before="en") == []
    assert found("graft", "graft", after="s") == []
    assert found("graft", "graft", before="(", after=".") == ["graft=graft"]


def test_the_first_lexicon_wins_and_the_longest_word() -> None:
    matcher = Matcher([Lexeme(("a",), "1"), Lexeme(("a",), "2"), Lexeme(("a b",), "3")])
    assert [each.phonemes for _start, _end, each in matcher.found("a, a b")] == ["1", "3"]
    assert not Matcher()
    assert matcher


def test_the_work_grows_with_the_text_alone() -> None:
    """Steps through the trie, counted: neither many words nor many beginnings of them multiply."""
    steps = 0

    class Counted(dict[str, object]):
        def get(self, key: str, default: object = None) -> object:
            nonlocal steps
            steps += 1
            return super().get(key, default)

    def counted(node: dict[str, object]) -> Counted:
        return Counted({k: counted(v) if k and isinstance(v, dict) else v for k, v in node.items()})

    def work(words: int, times: int) -> int:
        nonlocal steps
        matcher = Matcher(Lexeme((f"wort{number}",), "a") for number in range(words))
        matcher._trie = counted(matcher._trie)
        steps = 0
        list(matcher.found("wort7 ein wort wortx " * times))
        return steps

    assert work(1000, 200) <= 2 * work(10, 200)
    assert work(10, 200) == 10 * work(10, 20)


# -- which lexicons -------------------------------------------------------------------------------


def said(matcher: Matcher, text: str) -> list[str]:
    return [each.phonemes or each.alias for _start, _end, each in matcher.found(text)]


def test_the_nearest_lexicon_counts(tmp_path: Path) -> None:
    article = tmp_path / "articles" / "diet.md"
    article.parent.mkdir()
    (tmp_path / "reader.toml").write_text("", encoding="utf-8")
    one = "zzq", "zzr", "zzs", "zzt"

    def at(folder: Path, name: str, number: int, language: str = "en") -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        body = "".join(word(each, "", f"{number}") for each in one[number - 1 :])
        return pls(folder, body, language=language, name=name)

    at(tmp_path / "locales" / "en", "lexicon.pls", 1)
    text = " ".join(one)
    assert said(Lexicons(article).of("en"), text) == ["1"] * 4
    given = at(tmp_path, "house.pls", 2)
    assert said(Lexicons(article, [given]).of("en"), text) == ["1", "2", "2", "2"]
    at(article.parent, "lexicon.pls", 3)
    assert said(Lexicons(article, [given]).of("en"), text) == ["1", "2", "3", "3"]
    at(article.parent, "diet.pls", 4)
    assert said(Lexicons(article, [given]).of("en"), text) == ["1", "2", "3", "4"]
    assert said(Lexicons(article, [given]).of("en-GB"), text) == ["1", "2", "3", "4"]
    assert said(Lexicons(article, [given]).of("es"), text) == []
    at(article.parent, "lexicon.es.pls", 1, "es")
    assert said(Lexicons(article).of("es-MX"), text) == ["1"] * 4
    assert said(Lexicons(article).of("en"), text) == ["1", "1", "3", "4"]
    assert not NONE.of("en")


def test_a_changed_lexicon_is_read_again(tmp_path: Path) -> None:
    article = tmp_path / "a.md"
    pls(tmp_path, word("zzq", "", "one"))
    assert said(Lexicons(article).of("en"), "zzq") == ["one"]
    pls(tmp_path, word("zzq", "", "another"))
    assert said(Lexicons(article).of("en"), "zzq") == ["another"]
    pls(tmp_path, "<oops/>")
    with pytest.raises(InputError, match="oops"):
        Lexicons(article).of("en")
    with pytest.raises(InputError, match=r"missing\.pls: cannot be read"):
        Lexicons(tmp_path / "other" / "a.md", [tmp_path / "missing.pls"]).of("en")


def test_our_own_lexicon_is_found(tmp_path: Path) -> None:
    matcher = Lexicons(tmp_path / "a.md").of("en-US")
    assert said(matcher, "Haematopoietic CYCLOPHOSPHAMIDE") == ["ˌhiːmətoʊˌpɔɪˈɛtɪk", "ˌsaɪkloʊˈfɑːsfəmaɪd"]


# -- the script -----------------------------------------------------------------------------------


@pytest.fixture
def lexicons(tmp_path: Path) -> Lexicons:
    pls(
        tmp_path,
        word("melphalan", "ˈmɛlfəlæn") + word("HSCT", "", "transplant") + word("zzq", "ziː", "zed q"),
    )
    pls(tmp_path, word("melphalan", "", "melfalán"), language="es", name="lexicon.es.pls")
    return Lexicons(tmp_path / "a.md")


def parts(lexicons: Lexicons, *spans: Span) -> list[Part]:
    text = Text("b1", "paragraph", spans, "en")
    return [part for each in utterances_of(text, "en", lambda _span: "", lexicons=lexicons) for part in each]


def test_a_sentence_stays_in_one_breath(lexicons: Lexicons) -> None:
    (part,) = parts(
        lexicons, Span("  Give melphalan before HSCT, "), Span("melphalan", emphasis="em"), Span(".")
    )
    assert part.text == "Give melphalan before HSCT, melphalan."
    assert part.spoken == "Give melphalan before transplant, melphalan."
    assert part.why == "lexicon"
    assert [(part.spoken[each.start : each.end], each.phonemes) for each in part.pronunciations] == [
        ("melphalan", "ˈmɛlfəlæn")
    ] * 2
    assert part.phonemes is None


def test_what_the_article_says_itself_wins(lexicons: Lexicons) -> None:
    for span in (
        Span("melphalan", substitute="Alkeran"),
        Span("melphalan", phonemes="a"),
        Span("melphalan", code=True),
    ):
        assert not any(each.pronunciations for each in parts(lexicons, Span("Give "), span, Span(".")))


def test_each_language_has_its_own_lexicon(lexicons: Lexicons) -> None:
    one, other = parts(lexicons, Span("Give melphalan, "), Span("dé melphalan", language="es"))
    assert (one.pronunciations[0].phonemes, one.why) == ("ˈmɛlfəlæn", "")
    assert (other.spoken, other.pronunciations, other.why) == ("dé melfalán", (), "lexicon")


def test_a_word_is_whole_over_the_edge_of_a_span(lexicons: Lexicons) -> None:
    assert not parts(lexicons, Span("melphalan"), Span("s are", emphasis="em"))[0].pronunciations


def test_our_own_phrases_use_it_too(lexicons: Lexicons) -> None:
    frames = Frames("en", Memory("an article", "en"), lexicons)
    said = frames.frame(
        "closing", "You have been listening to: {title}.", 0, title=Words("On melphalan", "en")
    )
    (part,) = said.parts
    assert part.text == "You have been listening to: On melphalan."
    assert [part.spoken[each.start : each.end] for each in part.pronunciations] == ["melphalan"]


def test_the_json_form_keeps_pronunciations() -> None:
    part = Part("a b", "a b", "en", pronunciations=(Pronunciation(2, 3, "biː", "bee"),))
    chapter = Chapter("b1", "T", (Utterance("b1.1", "paragraph", (part,), 0),))
    script = Script("en", "T", (chapter,))
    form = json.loads(json.dumps(script.to_json()))
    assert Script.from_json(form) == script
    del form["chapters"][0]["utterances"][0]["parts"][0]["pronunciations"]
    without = replace(part, pronunciations=())
    assert Script.from_json(form).chapters[0].utterances[0].parts == (without,)


def test_white_space_around_a_part_moves_its_pronunciations() -> None:
    part = Part("", "  a b ", "en", pronunciations=(Pronunciation(4, 5, "b"),))
    assert part.stripped() == Part("", "a b", "en", pronunciations=(Pronunciation(2, 3, "b"),))
    assert part.stripped(left=False).spoken == "  a b"
    spaced = Part("".join(["a", " b"]), " a b ", "en")
    assert spaced.stripped().spoken is spaced.text  # not held twice
