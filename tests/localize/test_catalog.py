from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.plurals import get_plural

from reader.document.model import Document
from reader.errors import CatalogError
from reader.localize import catalog, po

Build = Callable[..., Document]
FIRST = "This treatment is not safe for everybody, ask your doctor."


def translated(document: Document) -> po.PoCatalog:
    """A complete Spanish catalog: each msgid in capitals."""
    template = catalog.extract(document)
    made, _changes = catalog.update(catalog.create(template, "es"), template)
    for message in made.messages():
        message.string = str(message.id).upper()
        message.user_comments = [f"on {message.id}"]
    return made


def entries(made: po.PoCatalog) -> dict[tuple[object, str | None], tuple[object, bool]]:
    return {(each.id, each.context): (each.string, each.fuzzy) for each in made.messages()}


def test_one_message_per_different_text_in_reading_order(document: Document) -> None:
    assert [(message.msgid, message.context) for message in catalog.messages(document)] == [
        ("Risks", "title"),
        ("What may go wrong.", "summary"),
        ("Risks", "heading"),
        (FIRST, None),
        ("Read [these pages](1) about [in vitro]{lang=la} tests.", None),
        ("Risks", None),
        ("Fever", None),
        ("Risk", "cell"),
        ("Fever", "cell"),
        ("Fever", "alt"),
        ("Your doctor", "heading"),
        ("Fever", "term"),
        ("A high temperature.", "definition"),
    ]


def test_the_template_tells_role_place_and_maker(document: Document, project: Path) -> None:
    template = po.render(catalog.extract(document, root=project))
    assert '#. heading, level 2\n#: articles/risks.md:4\nmsgctxt "heading"\nmsgid "Risks"\n' in template
    assert '#. heading, level 2, made by reader\nmsgctxt "heading"\nmsgid "Your doctor"\n' in template
    assert '"X-Article-Id: risks\\n"\n"X-Source-Language: en\\n"\n' in template


def test_the_template_is_the_same_wherever_the_project_lies(document: Document, project: Path) -> None:
    assert str(project) not in po.render(catalog.extract(document))
    assert "#: risks.md:4\n" in po.render(catalog.extract(document, root=project / "elsewhere"))


def test_no_date_comes_from_the_clock(
    document: Document, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert catalog.extract(document).headers["POT-Creation-Date"] == "2024-05-01 00:00+0000"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert catalog.extract(document).headers["POT-Creation-Date"] == "1970-01-02 00:00+0000"


def test_percent_signs_and_braces_do_not_make_a_format_string(build: Build) -> None:
    template = po.render(catalog.extract(build("It is 100% safe, {really}.")))
    assert "format" not in template


def test_a_new_catalog_is_of_its_language(document: Document) -> None:
    made = catalog.create(catalog.extract(document), "pt-BR")
    assert made.headers["Language"] == "pt_BR"
    # Two forms or three, as the installed Babel knows it.
    assert made.headers["Plural-Forms"] == get_plural("pt_BR").plural_forms
    assert made.headers["X-Reviewed"] == "no"
    assert "nplurals=6" in catalog.create(catalog.extract(document), "ar").headers["Plural-Forms"]
    assert catalog.create(catalog.extract(document), "tlh").headers["Language"] == "tlh"


def test_updating_without_a_change_changes_nothing(document: Document) -> None:
    made = translated(document)
    again, changes = catalog.update(made, catalog.extract(document))
    assert po.render(again) == po.render(made)
    assert changes == catalog.Changes(total=13, new=0, changed=0, revived=0, obsolete=0)


def test_one_changed_word_touches_one_message(document: Document, build: Build) -> None:
    made = translated(document)
    before = entries(made)
    changed = FIRST.replace("doctor", "nurse")
    updated, changes = catalog.update(made, catalog.extract(build(changed)))
    assert changes == catalog.Changes(total=13, new=0, changed=1, revived=0, obsolete=0)
    after = entries(updated)
    assert after.pop((changed, None)) == (FIRST.upper(), True)
    assert before.pop((FIRST, None)) == (FIRST.upper(), False)
    assert after == before
    text = po.render(updated)
    assert f'#, fuzzy\n#| msgid "{FIRST}"\nmsgid "{changed}"\n' in text
    assert f"# on {FIRST}\n" in text
    assert "#~" not in text


def test_a_fuzzy_message_stays_fuzzy_until_it_is_checked(
    document: Document, build: Build, tmp_path: Path
) -> None:
    changed = build(FIRST.replace("doctor", "nurse"))
    fuzzy, _changes = catalog.update(translated(document), catalog.extract(changed))
    po.write(tmp_path / "a.po", po.render(fuzzy))
    again, changes = catalog.update(po.read(tmp_path / "a.po"), catalog.extract(changed))
    assert po.render(again) == po.render(fuzzy)
    assert changes.changed == 0


def test_what_is_gone_is_kept_and_comes_back(document: Document, build: Build, tmp_path: Path) -> None:
    other = build("Storms are forecast along every northern coast tonight.")
    updated, changes = catalog.update(translated(document), catalog.extract(other))
    assert changes == catalog.Changes(total=13, new=1, changed=0, revived=0, obsolete=1)
    po.write(tmp_path / "a.po", po.render(updated))
    buried = po.read(tmp_path / "a.po")
    assert f'#~ msgid "{FIRST}"\n#~ msgstr "{FIRST.upper()}"' in po.render(buried)
    still, changes = catalog.update(buried, catalog.extract(other))
    assert (changes.obsolete, po.render(still)) == (0, po.render(buried))
    back, changes = catalog.update(buried, catalog.extract(document))
    assert changes == catalog.Changes(total=13, new=0, changed=0, revived=1, obsolete=0)
    assert entries(back)[FIRST, None] == (FIRST.upper(), False)
    assert po.render(back) == po.render(translated(document))


def test_headers_of_the_translator_are_kept(document: Document) -> None:
    made = translated(document)
    made.headers |= {"Last-Translator": "Ana <a@b.example>", "X-Generator": "Weblate", "X-Reviewed": "yes"}
    updated, _changes = catalog.update(made, catalog.extract(document))
    assert list(updated.headers.items()) == list(made.headers.items())


def test_another_articles_catalog_is_refused_by_name(document: Document) -> None:
    made = translated(document)
    catalog.check_article(made, "risks")
    with pytest.raises(CatalogError, match="“risks”, not for “other”"):
        catalog.check_article(made, "other")
    del made.headers["X-Article-Id"]
    catalog.check_article(made, "other")


def test_the_translators_name_goes_without_the_address() -> None:
    def by(name: str) -> po.PoCatalog:
        made = po.PoCatalog()
        made.headers = {"Last-Translator": name}
        return made

    given = [by("Ana Ruiz <a@b.example>"), by("FULL NAME <EMAIL@ADDRESS>"), by("Bo"), by("Ana Ruiz <c@d>")]
    assert catalog.translators(given) == "Ana Ruiz, Bo"
    assert catalog.translators([]) == ""


def test_words_of_scripts_without_spaces_are_characters() -> None:
    assert catalog.words("The patient's 5 mg") == ["The", "patient", "s", "5", "mg"]
    assert len(catalog.words("干细胞 MRI")) == 4
