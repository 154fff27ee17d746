"""What was found in the last run is looked up, but never when what it depends on has changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader import assets, messages, notes
from reader.localize import po
from reader.localize.catalog_check import CatalogCheck
from reader.localize.check import Checker
from reader.problems import Problem

CATALOG = """\
msgid ""
msgstr ""
"Language: es\\n"
"X-Source-Language: en\\n"
"X-Article-Id: blood\\n"

msgctxt "term"
msgid "Bone marrow"
msgstr "Médula ósea"

msgid "The bone marrow makes blood."
msgstr "El tuétano hace sangre."

msgid "Take it with water."
msgstr "Tómelo con agua."

msgid "It does not hurt."
msgstr "Duele."
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the package's `locales`."""
    copied = tmp_path / "locales"
    shutil.copytree(assets.locales_dir(), copied)
    monkeypatch.setattr(assets, "locales_dir", lambda: copied)
    yield copied
    messages.set_ui_language(None)


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The translations that were compared with their sources."""
    found: list[str] = []
    plain = Checker.doubts

    def doubts(self: Checker, msgid: list, msgstr: list, **more: bool) -> list[Problem]:  # type: ignore[type-arg]
        found.append("".join(span.text for span in msgstr))
        return plain(self, msgid, msgstr, **more)

    monkeypatch.setattr(Checker, "doubts", doubts)
    return found


def problems(path: Path, text: str = CATALOG) -> list[Problem]:
    path.write_text(text, encoding="utf-8")
    return list(CatalogCheck(po.read(path)).findings())


def test_only_what_changed_is_compared_again(tmp_path: Path, compared: list[str]) -> None:
    path = tmp_path / "blood.po"
    first = problems(path)
    assert [each.kind for each in first] == ["term", "negation"]
    assert len(compared) == 4
    assert problems(path) == first
    assert len(compared) == 4
    # Another line, another answer: the same doubts, told in another way.
    moved = problems(path, CATALOG.replace('msgid "The bone', '#  Here.\nmsgid "The bone'))
    assert [each.text for each in moved] == [each.text for each in first]
    assert [each.where for each in moved] != [each.where for each in first]
    answer = CATALOG.replace('msgid "The bone', '# ok: term\nmsgid "The bone')
    assert [each.kind for each in problems(path, answer)] == ["negation"]
    assert len(compared) == 4
    assert [each.kind for each in problems(path, CATALOG.replace("Duele", "No duele"))] == ["term"]
    assert compared[4:] == ["No duele."]


def test_faults_are_remembered_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, text = (
        tmp_path / "blood.po",
        CATALOG.replace("with water", "3 times").replace("con agua", "4 veces"),
    )
    first = problems(path, text)
    assert [(each.kind, each.error) for each in first if each.error] == [("number", True)] * 2
    monkeypatch.setattr(Checker, "faults", lambda *_given: pytest.fail("compared again"))
    assert problems(path, text) == first


def test_a_changed_glossary_counts_anew(tmp_path: Path, compared: list[str]) -> None:
    path = tmp_path / "blood.po"
    problems(path)
    changed = problems(path, CATALOG.replace("Médula ósea", "Tuétano"))
    assert [each.kind for each in changed] == ["negation"]
    assert len(compared) == 8


@pytest.mark.parametrize("file", ["es/speech.toml", "en/speech.toml"])
def test_changed_rules_count_anew(tmp_path: Path, folder: Path, compared: list[str], file: str) -> None:
    path = tmp_path / "blood.po"
    problems(path)
    rules = folder / file
    rules.write_text(rules.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    problems(path)
    assert len(compared) == 8


def test_changed_code_counts_anew(
    tmp_path: Path, compared: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "blood.po"
    problems(path)
    monkeypatch.setattr(notes, "code", lambda *_paths, packages: f"other {packages}")
    problems(path)
    assert len(compared) == 8


def test_they_are_told_in_the_language_of_the_user(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "blood.po"
    english = problems(path)
    messages.set_ui_language("es")
    spanish = problems(path)
    assert [each.kind for each in english] == [each.kind for each in spanish]
    assert all(one.text != other.text for one, other in zip(english, spanish, strict=True))
    phrases = folder / "es" / "LC_MESSAGES" / "reader.po"
    phrases.write_text(
        phrases.read_text(encoding="utf-8").replace("En el glosario", "Según el glosario"), encoding="utf-8"
    )
    messages.set_ui_language("es")
    assert problems(path) != spanish
