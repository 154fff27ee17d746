"""Each rule of docs/reading.md, with the whole script beside what is read, in several languages.

The cases are in ``reading/<language>.txt``: a name (with the verbosity, or where notes are read, behind a
comma), the article's HTML, and what is said: role, what is seen and, where it differs, what is spoken.
After a deliberate change, ``REWRITE_READING=1 pytest tests/speech/test_reading.py`` writes them anew, to be
read by somebody.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from reader.document import load
from reader.speech import Options, Script, narrate

FOLDER = Path(__file__).with_name("reading")
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.txt"))
FRAME = {"title", "introduction", "closing"}


def cases(language: str) -> dict[str, tuple[str, str]]:
    text = (FOLDER / f"{language}.txt").read_text(encoding="utf-8")
    found = {}
    for case in text.removeprefix("== ").split("\n== "):
        name, _line, rest = case.partition("\n")
        source, _mark, expected = f"{rest}\n".partition("\n--\n")
        found[name] = (source, expected.strip("\n"))
    return found


CASES = {language: cases(language) for language in LANGUAGES}


def options(name: str) -> Options:
    given: dict[str, Any] = {}
    for word in name.partition(", ")[2].split(", "):
        if word in ("brief", "full"):
            given["verbosity"] = word
        elif word in ("reference", "chapter"):
            given["notes"] = word
    return Options(**given)


def said(script: Script) -> str:
    lines = []
    for chapter in script.chapters:
        for utterance in chapter.utterances:
            if utterance.role in FRAME:
                continue
            spoken = "".join(part.spoken for part in utterance.parts).strip()
            tags = {part.language for part in utterance.parts} - {script.language}
            words = utterance.text if utterance.text == spoken else f"{utterance.text} = {spoken}"
            words = words.replace("\n", "\\n")
            lines.append(f"{utterance.role}{''.join(f' [{tag}]' for tag in sorted(tags))}: {words}")
    return "\n".join(lines)


def read(tmp_path: Path, language: str, name: str) -> str:
    source, _expected = CASES[language][name]
    article = tmp_path / "article.html"
    article.write_text(
        f'<html lang="{language}"><meta charset="utf-8"><body><h1>T</h1>{source}</body></html>',
        encoding="utf-8",
    )
    document = load(article)
    return said(narrate(document, document, options(name)))


@pytest.mark.parametrize(("language", "name"), [(tag, name) for tag in LANGUAGES for name in CASES[tag]])
def test_what_is_said(tmp_path: Path, language: str, name: str) -> None:
    spoken = read(tmp_path, language, name)
    if os.environ.get("REWRITE_READING"):
        CASES[language][name] = (CASES[language][name][0], spoken)
        text = "\n".join(
            f"== {each}\n{source}\n--\n{expected}\n" for each, (source, expected) in CASES[language].items()
        )
        (FOLDER / f"{language}.txt").write_text(text, encoding="utf-8")
        return
    assert spoken == CASES[language][name][1]


def test_every_rule_is_tested_in_every_language() -> None:
    for language in LANGUAGES:
        assert set(CASES[language]) == set(CASES["en"]), language
