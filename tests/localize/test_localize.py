from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.document.model import Document, Span, texts
from reader.errors import CatalogError, UsageError
from reader.localize import catalog, localize

Translate = Callable[..., Path]
FIRST = "This treatment is not safe for everybody, ask your doctor."
LINKED = "Read [these pages](1) about [in vitro]{lang=la} tests."


def said(document: Document) -> dict[str, list[tuple[str, str]]]:
    """(words, language) of each text, by role."""
    found: dict[str, list[tuple[str, str]]] = {}
    for text in texts(document):
        found.setdefault(text.role, []).append((text.text, text.language))
    return found


def test_what_is_translated_changes_words_and_language_alone(
    document: Document, translate: Translate
) -> None:
    path = translate("es", {"Risks": "Riesgos", FIRST: "Pregunte."})
    done = localize(document, "es")
    assert said(done.document)["title"] == [("Riesgos", "es")]
    assert said(done.document)["heading"] == [("Riesgos", "es"), ("Your doctor", "en")]
    assert said(done.document)["paragraph"][0] == ("Pregunte.", "es")
    before, after = list(texts(document)), list(texts(done.document))
    assert [(t.id, t.role, t.place, t.made, t.level) for t in before] == [
        (t.id, t.role, t.place, t.made, t.level) for t in after
    ]
    assert (done.document.language, done.document.source_language) == ("es", "en")
    coverage = done.coverage
    assert (coverage.messages, coverage.translated) == (13, 4)
    assert (coverage.words, coverage.words_translated) == (34, 13)
    assert [text.role for text in coverage.untranslated] == [
        "summary", "paragraph", "item", "cell", "cell", "alt", "heading", "term", "definition",
    ]  # fmt: skip
    assert coverage.catalogs == (str(path),)
    assert not coverage.complete


def test_the_same_words_in_another_role_are_another_message(document: Document, translate: Translate) -> None:
    path = translate("es", {})
    text = path.read_text(encoding="utf-8")
    text = text.replace(
        'msgctxt "term"\nmsgid "Fever"\nmsgstr ""', 'msgctxt "term"\nmsgid "Fever"\nmsgstr "Fiebre"'
    )
    path.write_text(text, encoding="utf-8")
    found = said(localize(document, "es").document)
    assert found["term"] == [("Fiebre", "es")]
    assert found["alt"] == [("Fever", "en")]
    assert ("Fever", "en") in found["item"]


def test_markup_brings_links_and_languages_along(document: Document, translate: Translate) -> None:
    translate("es", {LINKED: "Ensayos [in vitro]{lang=la}: [aquí](1) y [ADN]{sub=adeene}."})
    paragraph = [text for text in texts(localize(document, "es").document) if text.role == "paragraph"][1]
    assert paragraph.spans == (
        Span("Ensayos "),
        Span("in vitro", language="la"),
        Span(": "),
        Span("aquí", link="https://a.example"),
        Span(" y "),
        Span("ADN", substitute="adeene"),
        Span("."),
    )


def test_translations_are_folded_and_composed(document: Document, translate: Translate) -> None:
    translate("es", {FIRST: " Pregu\u0301ntele\n a  su me\u0301dico. "})
    assert said(localize(document, "es").document)["paragraph"][0][0] == "Pregúntele a su médico."


def test_fuzzy_empty_blank_and_obsolete_are_not_used(document: Document, translate: Translate) -> None:
    path = translate("es", {FIRST: "Borroso.", "Your doctor": " "}, fuzzy=(FIRST,))
    with path.open("a", encoding="utf-8") as file:
        file.write('\n#~ msgctxt "summary"\n#~ msgid "What may go wrong."\n#~ msgstr "Viejo"\n')
    done = localize(document, "es")
    assert {language for pairs in said(done.document).values() for _words, language in pairs} == {"en"}
    assert done.coverage.translated == 0
    assert done.coverage.fuzzy == 1
    assert done.coverage.catalogs == ()


def test_without_a_catalog_everything_stays_in_the_source_language(document: Document) -> None:
    done = localize(document, "de")
    assert list(texts(done.document)) == list(texts(document))
    assert done.document.language == "de"
    assert (done.coverage.messages, done.coverage.translated, done.coverage.catalogs) == (13, 0, ())
    assert len(done.coverage.untranslated) == 13


@pytest.mark.parametrize(
    ("asked", "there", "expected"),
    [
        ("es-MX", {"es": "es", "es-419": "latam"}, "latam"),
        ("es-MX", {"es": "es", "es-MX": "mx", "es-419": "latam"}, "mx"),
        ("es-MX", {"es-ES": "spain"}, None),
        ("zh-TW", {"zh-Hant": "hant", "zh": "zh"}, "hant"),
        ("zh-TW", {"zh-Hans": "hans", "zh": "zh"}, None),
        ("zh-Hant", {"zh-Hans": "hans"}, None),
        ("zh", {"zh-Hans": "hans"}, "hans"),
        ("pt", {"pt-BR": "br"}, "br"),
        ("pt-PT", {"pt-BR": "br"}, None),
    ],
)
def test_languages_stand_in_for_each_other_by_cldr(
    document: Document, translate: Translate, asked: str, there: dict[str, str], expected: str | None
) -> None:
    for language, words in there.items():
        translate(language, {FIRST: words})
    words, language = said(localize(document, asked).document)["paragraph"][0]
    if expected is None:
        assert (words, language) == (FIRST, "en")
    else:
        assert words == expected
        assert there[language] == expected


def test_each_message_falls_back_alone(document: Document, translate: Translate) -> None:
    near = translate("es-MX", {FIRST: "mexicano"})
    far = translate("es", {FIRST: "español", "Your doctor": "Su médico"})
    done = localize(document, "es-MX")
    assert said(done.document)["paragraph"][0] == ("mexicano", "es-MX")
    assert said(done.document)["heading"][1] == ("Su médico", "es")
    assert done.coverage.catalogs == (str(near), str(far))


def test_the_nearest_folder_wins_message_by_message(
    document: Document, translate: Translate, tmp_path: Path
) -> None:
    translate("es", {FIRST: "proyecto", "Your doctor": "Su médico"})
    translate("es", {FIRST: "dado"}, locales=tmp_path / "given")
    done = localize(document, "es", locales=tmp_path / "given")
    assert said(done.document)["paragraph"][0][0] == "dado"
    assert said(done.document)["heading"][1][0] == "Su médico"


def test_the_articles_own_language_needs_no_catalog(document: Document) -> None:
    for tag in ("en", "en-GB"):
        done = localize(document, tag)
        assert done.coverage.complete
        assert done.coverage.translated == 13
        assert {text.language for text in texts(done.document)} == {tag}
        assert [text.spans for text in texts(done.document)] == [text.spans for text in texts(document)]


def test_what_stays_as_it_is_is_not_held_twice(document: Document) -> None:
    found = localize(document, document.language).document
    assert all(one is other for one, other in zip(texts(document), texts(found), strict=True))
    assert found.sections is document.sections


def test_a_variant_of_the_articles_language_may_have_a_catalog(
    document: Document, translate: Translate
) -> None:
    translate("en-GB", {FIRST: "Ask your GP."})
    done = localize(document, "en-GB")
    assert said(done.document)["paragraph"][0] == ("Ask your GP.", "en-GB")
    assert done.coverage.complete


def test_translator_and_review_come_from_the_header(document: Document, translate: Translate) -> None:
    translate("es", {FIRST: "Sí."}, headers={"Last-Translator": "Ana Ruiz <ana@a.example>"})
    translate("fr", {FIRST: "Oui."}, headers={"X-Reviewed": "yes"})
    spanish, french = (localize(document, tag).document.metadata for tag in ("es", "fr"))
    assert (spanish.translator, spanish.reviewed) == ("Ana Ruiz", False)
    assert (french.translator, french.reviewed) == ("", True)


def test_a_broken_catalog_is_refused_with_its_line(document: Document, translate: Translate) -> None:
    path = translate("es", {FIRST: "Sí."})
    lines = path.read_text(encoding="utf-8").split("\n")
    at = lines.index('msgstr "Sí."')
    lines[at] = "msgstr Sí"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        localize(document, "es")
    assert caught.value.where == f"{path}, line {at + 1}"


@pytest.mark.parametrize(
    "broken", ["[aquí](2)", "[aquí]{lang=xx}", "nota[^3]", "un *énfasis", "[aquí(1)", "`x"]
)
def test_broken_markup_leaves_the_message_untranslated_and_names_its_line(
    document: Document, translate: Translate, broken: str
) -> None:
    path = translate("es", {LINKED: broken, FIRST: "Sí."})
    at = path.read_text(encoding="utf-8").split("\n").index(f'msgid "{LINKED}"')
    coverage = localize(document, "es").coverage
    assert coverage.translated == 1
    assert ("markup", f"{path}, line {at + 1}", True) in {
        (each.kind, each.where, each.error) for each in coverage.faults
    }


def test_a_catalog_of_another_article_is_refused(document: Document, translate: Translate) -> None:
    translate("es", {}, headers={"X-Article-Id": "stem-cells"})
    with pytest.raises(CatalogError, match="“stem-cells”, not for “risks”"):
        localize(document, "es")


@pytest.mark.parametrize(("tag", "options"), [("xx", {}), ("es", {"locales": Path("nowhere")})])
def test_nonsense_is_a_usage_error(document: Document, tag: str, options: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        localize(document, tag, **options)


def test_every_message_of_the_template_is_looked_up_as_it_was_extracted(
    document: Document, translate: Translate
) -> None:
    msgids = {str(message.id) for message in catalog.extract(document).messages()}
    translate("es", {msgid: msgid.replace("e", "é") for msgid in msgids})
    assert localize(document, "es").coverage.complete


@pytest.mark.parametrize(
    ("asked", "there", "expected"),
    [
        ("zh-HK", {"zh-Hans": "hans"}, None),
        ("zh-HK", {"zh-Hant": "hant", "zh-Hans": "hans"}, "hant"),
        ("es-MX", {"es-MX": "", "es-419": "", "es": "es"}, "es"),  # an empty catalog hides nothing
        ("tlh", {"tlh": "tlh"}, "tlh"),  # valid, and CLDR does not know it
    ],
)
def test_more_languages_that_stand_in(
    document: Document, translate: Translate, asked: str, there: dict[str, str], expected: str | None
) -> None:
    for language, words in there.items():
        translate(language, {FIRST: words} if words else {})
    words, language = said(localize(document, asked).document)["paragraph"][0]
    assert words == (expected or FIRST)
    assert language == (next(tag for tag, each in there.items() if each == expected) if expected else "en")


def test_a_translation_that_equals_its_source_on_purpose_is_one(
    document: Document, translate: Translate
) -> None:
    translate("es", {FIRST: FIRST})
    done = localize(document, "es")
    assert said(done.document)["paragraph"][0] == (FIRST, "es")
    assert done.coverage.translated == 1
    assert {each.kind for doubts in done.doubts() for each in doubts} == {"source"}


def test_a_plural_message_translates_no_text(document: Document, translate: Translate) -> None:
    path = translate("es", {})
    text = path.read_text(encoding="utf-8")
    entry = f'msgid "{FIRST}"\nmsgid_plural "{FIRST}s"\nmsgstr[0] "uno"\nmsgstr[1] "dos"\n'
    path.write_text(text.replace(f'msgid "{FIRST}"\nmsgstr ""\n', entry), encoding="utf-8")
    assert "msgid_plural" in path.read_text(encoding="utf-8")
    assert said(localize(document, "es").document)["paragraph"][0] == (FIRST, "en")


def test_what_is_to_review_and_not_approved_is_counted(document: Document, translate: Translate) -> None:
    path = translate("es", {FIRST: "Pregunte.", "Your doctor": "Su médico"})
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f'msgid "{FIRST}"', f'# review: polite?\nmsgid "{FIRST}"'), encoding="utf-8")
    coverage = localize(document, "es").coverage
    assert [(each.msgid, each.why) for each in coverage.to_review] == [(FIRST, "polite?")]
    assert len(coverage.unapproved) == 2
    assert 0 < coverage.seconds_untranslated < coverage.seconds
