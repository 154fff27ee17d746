"""The spoken glossary: where terms are heard, glosses on the way, the closing chapter."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from reader import narration
from reader.document import Document, load
from reader.errors import ArticleError
from reader.localize import localize
from reader.speech import Options, Script, narrate
from reader.speech.glossary import Glossary
from reader.speech.ledger import Ledger
from reader.speech.script import Utterance

ARTICLE = """\
---
title: The stem cell
language: en
summary: About lupus.
---

## Donors

A donor is needed. Two donors are better.

- Give stem cells.

```
donor = 1
```

## Marrow

The donor's marrow. Then bone marrow.

## Glossary

Bone marrow
: Soft tissue. It makes cells.

Donor
: Who gives.

Lupus
: A disease.

Stem cell
: A cell that divides.
"""


def read(folder: Path, text: str, name: str = "a.md") -> Document:
    path = folder / name
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return load(path, source_language="en")


def script(document: Document, glossary: str) -> Script:
    return narrate(document, document, Options(glossary=glossary))


def utterances(made: Script) -> list[Utterance]:
    return [utterance for chapter in made.chapters for utterance in chapter.utterances]


def after_glosses(made: Script) -> dict[str, str]:
    """What was said before each gloss, by the gloss."""
    said = utterances(made)
    return {
        each.text: next(b.text for b in reversed(said[:at]) if b.role != "gloss")
        for at, each in enumerate(said)
        if each.role == "gloss"
    }


def test_each_term_is_explained_once_after_the_sentence_where_it_is_first_heard(tmp_path: Path) -> None:
    made = script(read(tmp_path, ARTICLE), "inline")
    assert after_glosses(made) == {
        "Lupus: A disease.": "About lupus.",
        "Donor: Who gives.": "A donor is needed.",
        # Not in the title, where it stands first.
        "Stem cell: A cell that divides.": "Give stem cells.",
        # The first sentence of the definition alone.
        "Bone marrow: Soft tissue.": "Then bone marrow.",
    }


def test_a_gloss_has_a_cue_and_pauses(tmp_path: Path) -> None:
    made = script(read(tmp_path, ARTICLE), "inline")
    said = utterances(made)
    at = next(at for at, each in enumerate(said) if each.text.startswith("Donor:"))
    assert [(each.cue, each.pause_after_ms) for each in said[at - 1 : at + 2]] == [
        ("", 600), ("gloss", 600), ("", 800),
    ]  # fmt: skip
    assert [(part.text, part.pause_after_ms) for part in said[at].parts] == [
        ("Donor: ", 450),
        ("Who gives.", 0),
    ]
    assert said[at].id == f"{glossary_of(made, 'Donor')}.gloss.1"
    # After the last sentence of a paragraph comes the pause of the paragraph.
    assert next(each for each in said if each.text.startswith("Stem cell:")).pause_after_ms == 800
    again = Script.from_json(made.to_json())
    assert again == made


def glossary_of(made: Script, term: str) -> str:
    return next(each.id for each in utterances(made) if (each.role, each.text) == ("term", term)).partition(
        "."
    )[0]


def test_several_glosses_after_one_sentence_have_one_cue(tmp_path: Path) -> None:
    text = """\
    # A

    Lupus and donor.

    ## Glossary

    Donor
    : Who gives.

    Lupus
    : A disease.
    """
    said = utterances(script(read(tmp_path, text), "inline"))
    assert [(each.text, each.cue) for each in said if each.role == "gloss"] == [
        ("Lupus: A disease.", "gloss"), ("Donor: Who gives.", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("mode", "glosses", "terms", "closing", "references"),
    [
        ("end", 0, 4, True, 3),
        ("both", 4, 4, True, 3),
        ("inline", 4, 4, False, 0),
        ("off", 0, 4, False, 0),
    ],
)
def test_what_each_way_says(
    tmp_path: Path, mode: str, glosses: int, terms: int, closing: bool, references: int
) -> None:
    made = script(read(tmp_path, ARTICLE), mode)
    roles = [each.role for each in utterances(made)]
    assert (roles.count("gloss"), roles.count("term")) == (glosses, terms)
    assert (made.chapters[-1].cue == "glossary") is closing
    assert roles.count("reference") == references


def test_what_the_article_defines_itself_is_not_explained_again(tmp_path: Path) -> None:
    text = """\
    # A

    <dfn>Lupus</dfn> is a disease of the body. A donor.

    ## Glossary

    Donor
    : Who gives.

    Lupus
    : A disease.
    """
    assert list(after_glosses(script(read(tmp_path, text), "inline"))) == ["Donor: Who gives."]


def test_what_the_article_explains_on_the_way_joins_its_glossary(tmp_path: Path) -> None:
    text = """\
    # T

    ## A

    Multiple sclerosis (MS) and rheumatoid arthritis (RA). A <dfn>graft</dfn> is what is given.

    ## B

    The <abbr title="World Health Organization">WHO</abbr>; RA again, and MS.

    ## Glossary

    Multiple sclerosis
    : A disease.
    """
    made = script(read(tmp_path, text), "both")
    closing = [(each.role, each.text) for each in made.chapters[-1].utterances if each.role != "closing"]
    assert closing == [
        ("heading", "Glossary"),
        ("term", "graft"), ("definition", "A graft is what is given."),
        ("reference", "Heard in chapter 2: A."),
        # MS is another name of what the glossary has.
        ("term", "Multiple sclerosis"), ("definition", "A disease."), ("reference", "Heard in chapter 2: A."),
        ("term", "RA"), ("definition", "rheumatoid arthritis"), ("reference", "Heard in chapter 2: A."),
        ("term", "WHO"), ("definition", "World Health Organization"), ("reference", "Heard in chapter 3: B."),
    ]  # fmt: skip
    assert list(after_glosses(made)) == ["Multiple sclerosis: A disease."]


def test_an_acronym_that_was_taught_is_not_explained_again(tmp_path: Path) -> None:
    text = """\
    # A

    Multiple sclerosis (MS). <abbr title="multiple sclerosis">MS</abbr> is rare, the
    <abbr title="World Health Organization">WHO</abbr> says.
    """
    spoken = " ".join(
        part.spoken for each in utterances(script(read(tmp_path, text), "end")) for part in each.parts
    )
    assert "M S is rare" in " ".join(spoken.split())
    assert "W H O, World Health Organization" in spoken


def test_a_single_abbreviation_makes_no_chapter_and_three_do(tmp_path: Path) -> None:
    one = read(tmp_path, "# A\n\nRheumatoid arthritis (RA).\n")
    assert not Glossary(one, one).worth_hearing
    assert script(one, "end").chapters[-1].cue == "chapter"
    three = read(tmp_path, "# A\n\nRed cells (RC), white cells (WC) and bone marrow (BM).\n", "b.md")
    made = script(three, "end")
    assert (made.chapters[-1].title, made.chapters[-1].cue) == ("Glossary", "glossary")
    assert [each.text for each in made.chapters[-1].utterances if each.role == "term"] == ["BM", "RC", "WC"]


def test_a_glossary_in_another_order_keeps_it(tmp_path: Path) -> None:
    text = "# A\n\nWords.\n\n## Glossary\n\nStomach\n: One.\n\nColon\n: Two.\n"
    made = script(read(tmp_path, text), "end")
    assert [each.text for each in made.chapters[-1].utterances if each.role == "term"] == ["Stomach", "Colon"]


TRANSLATED = {
    # The translation of each term has no form in common with the dictionary's where it is first heard.
    "es": ("Célula madre", "Dé células madre.", "Médula ósea", "Luego la médula ósea."),
    "ar": ("الخلايا الجذعية", "تبرَّعوا بالخلايا الجذعية.", "نخاع العظم", "ثم لنخاع العظم."),
    "ru": ("Стволовая клетка", "Сдайте стволовых клеток.", "Костный мозг", "Затем в костном мозге."),
    "ja": ("幹細胞", "幹細胞を提供します。", "骨髄", "そして骨髄です。"),
    "hi": ("कोशिका", "कोशिकाओं को दें।", "मज्जा", "फिर मज्जा में।"),
}


@pytest.mark.parametrize("language", TRANSLATED)
def test_in_a_translation_the_terms_are_found_as_it_has_them(tmp_path: Path, language: str) -> None:
    cell, give, marrow, then = TRANSLATED[language]
    document = read(tmp_path, ARTICLE)
    folder = tmp_path / "locales" / language / "LC_MESSAGES"
    folder.mkdir(parents=True)
    messages = [("term", "Stem cell", cell), ("", "Give stem cells.", give), ("term", "Bone marrow", marrow),
                ("", "The donor's marrow. Then bone marrow.", then)]  # fmt: skip
    header = f"Content-Type: text/plain; charset=UTF-8\\nX-Article-Id: a\\nLanguage: {language}\\n"
    po = [f'msgid ""\nmsgstr "{header}"\n']
    po += [
        (f'msgctxt "{context}"\n' if context else "") + f'msgid "{source}"\nmsgstr "{target}"\n'
        for context, source, target in messages
    ]
    (folder / "a.po").write_text("\n".join(po), encoding="utf-8")
    translated = localize(document, language, locales=tmp_path / "locales").document
    made = narrate(document, translated, Options(glossary="both"))
    before = {gloss.partition(":")[0]: said for gloss, said in after_glosses(made).items()}
    assert (before[cell], before[marrow]) == (give, then)
    # The rest is in English, and found in English.
    assert before["Donor"] == "A donor is needed."


def test_the_forms_that_a_translator_lists_count(tmp_path: Path) -> None:
    document = read(tmp_path, "# A\n\nThe atria.\n\n## Glossary\n\nAtria\n: Parts.\n")
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "a.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nX-Article-Id: a\\nLanguage: de\\n"\n\n'
        'msgid "The atria."\nmsgstr "Beide Herzkammern."\n\n'
        '# also: Herzkammern\nmsgctxt "term"\nmsgid "Atria"\nmsgstr "Vorhöfe"\n',
        encoding="utf-8",
    )
    translated = localize(document, "de", locales=tmp_path).document
    made = narrate(document, translated, Options(glossary="inline"))
    assert list(after_glosses(made).values()) == ["Beide Herzkammern."]


def test_a_form_that_no_rule_makes_is_told_where_the_source_has_the_term(tmp_path: Path) -> None:
    document = read(tmp_path, "# A\n\nWith the mother.\n\nA mat.\n\n## Glossary\n\nMother\n: She.\n")
    folder = tmp_path / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "a.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nX-Article-Id: a\\nLanguage: ru\\n"\n\n'
        'msgid "With the mother."\nmsgstr "Вместе. Рядом с матерью."\n\n'
        # It begins like the term, and the source has none there.
        'msgid "A mat."\nmsgstr "Материал."\n\n'
        'msgctxt "term"\nmsgid "Mother"\nmsgstr "Мать"\n',
        encoding="utf-8",
    )
    translated = localize(document, "ru", locales=tmp_path).document
    made = narrate(document, translated, Options(glossary="inline"))
    assert list(after_glosses(made).values()) == ["Рядом с матерью."]


@pytest.mark.parametrize(
    "language", ["ar", "de", "en", "es", "fr", "hi", "it", "ja", "pt-BR", "ru", "zh-Hans"]
)
def test_all_terms_of_the_sample_are_explained_in_every_language(root: Path, language: str) -> None:
    path = root / "articles" / "stem-cells-explained.md"
    article = narration.read(path, {"glossary": "both", "voice": ["silent:silence"]})
    prepared = narration.prepare(article, language)
    said = utterances(prepared.script)
    glosses = [each.id.partition(".")[0] for each in said if each.role == "gloss"]
    assert len(glosses) == len(set(glosses)) == sum(each.role == "term" for each in said) == 22
    assert sum(each.role == "reference" for each in said) == 22
    assert not prepared.ledger().lost


def test_the_glossary_alone_is_a_pack_for_learners(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(ARTICLE + "\n![](x.png)\n", encoding="utf-8")
    article = narration.read(path, {"glossary": "only", "voice": ["silent:silence"]})
    prepared = narration.prepare(article, "en")
    assert prepared.name == "a-glossary"
    assert prepared.script.title == "Glossary: The stem cell"
    (chapter,) = prepared.script.chapters
    assert chapter.title == "Glossary: The stem cell"
    assert [(each.role, each.text, each.pause_after_ms) for each in chapter.utterances][:6] == [
        ("title", "Glossary: The stem cell", 900),
        ("introduction", "You are listening to a glossary of 4 terms.", 400),
        ("introduction", "It takes about 1 minute.", 800),
        ("term", "Bone marrow", 2000),
        ("definition", "Soft tissue.", 400),
        ("definition", "It makes cells.", 900),
    ]
    assert "reference" not in {each.role for each in chapter.utterances}
    account = prepared.ledger()
    assert not account.lost
    assert not account.counts["announced"]
    unspoken = account.unspoken
    assert {each.why for each in unspoken if each.fate == "rule"} >= {"glossary only"}
    assert "Two donors are better." in " ".join(each.run.text for each in unspoken)


def test_an_article_without_a_glossary_has_no_pack_of_it(tmp_path: Path) -> None:
    document = read(tmp_path, "# A\n\nWords.\n")
    with pytest.raises(ArticleError, match="no glossary"):
        script(document, "only")


def test_a_glossary_alone_lists_the_acronyms(tmp_path: Path) -> None:
    document = read(tmp_path, "# A\n\nRheumatoid arthritis (RA).\n")
    (chapter,) = script(document, "only").chapters
    assert [each.text for each in chapter.utterances if each.role in ("term", "definition")] == [
        "RA",
        "Rheumatoid arthritis",
    ]


@pytest.mark.parametrize(
    "page",
    [
        '<section role="doc-glossary"><h2>Words</h2><dl><dt>Donor<dd>Who gives.</dl></section>',
        '<h2>Words</h2><dl role="doc-glossary"><dt>Donor<dd>Who gives.</dl>',
        '<section epub:type="glossary"><h2>Words</h2><dl><dt>Donor<dd>Who gives.</dl></section>',
    ],
)
def test_a_list_that_says_that_it_is_a_glossary_is_one(tmp_path: Path, page: str) -> None:
    document = read(tmp_path, f"<h1>T</h1><h2>A</h2><p>A donor.</p>{page}<h2>B</h2><p>End.</p>", "a.html")
    made = script(document, "both")
    assert (made.chapters[-1].title, made.chapters[-1].cue) == ("Words", "glossary")
    assert after_glosses(made) == {"Donor: Who gives.": "A donor."}


def test_one_among_other_words_is_read_where_it_stands_and_explains_what_follows(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "<h1>T</h1><h2>A</h2><p>The marrow. <dl role=doc-glossary><dt>Donor<dd>Gives.<dt>Marrow<dd>Soft.</dl>"
        "<p>A donor.",
        "a.html",
    )
    made = script(document, "both")
    assert [chapter.title for chapter in made.chapters] == ["Introduction", "A"]
    # The donor was explained by the list.
    assert after_glosses(made) == {"Marrow: Soft.": "The marrow."}
    assert not narrated_ledger(tmp_path / "a.html").lost


def narrated_ledger(path: Path) -> Ledger:
    given = {"glossary": "both", "voice": ["silent:silence"], "source_language": "en"}
    return narration.prepare(narration.read(path, given), "en").ledger()


def test_a_file_beside_the_article_explains_its_terms(tmp_path: Path) -> None:
    (tmp_path / "a.glossary.csv").write_text("Donor,Who gives.\nMarrow,Soft.\n", encoding="utf-8")
    document = read(tmp_path, "# T\n\n## A\n\nTwo donors.\n")
    made = script(document, "both")
    assert after_glosses(made) == {"Donor: Who gives.": "Two donors."}
    closing = [
        each.text for each in made.chapters[-1].utterances if each.role in ("heading", "term", "reference")
    ]
    assert closing == ["Glossary", "Donor", "Heard in chapter 2: A.", "Marrow"]
    account = narrated_ledger(tmp_path / "a.md")
    assert not account.lost
    assert not account.beyond


def test_its_entries_join_those_of_the_article(tmp_path: Path) -> None:
    (tmp_path / "a.glossary.csv").write_text("Cell,Smallest part.\n", encoding="utf-8")
    made = script(read(tmp_path, ARTICLE), "end")
    terms = [each.text for each in made.chapters[-1].utterances if each.role == "term"]
    assert terms == ["Bone marrow", "Cell", "Donor", "Lupus", "Stem cell"]
