"""What is said, by tables of cases written before the rules, and read a second time: cases/<lang>.txt.

``== class ==`` opens a class; a sentence as it is printed is followed by ``> `` and the words that are said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path

import pytest

from reader.document import Span, Text
from reader.languages import standardize
from reader.speech.parts import utterances_of
from reader.speech.verbalizer.language import Language, language
from reader.speech.verbalizer.patterns import patterns, there
from reader.speech.verbalizer.verbalizer import readings

CASES = Path(__file__).with_name("cases")
LANGUAGES = sorted(path.stem for path in CASES.glob("*.txt"))
CLASSES = frozenset(
    """cardinal decimal thousands sign ordinal fraction range comparator percent ratio score power roman date
    time phone age currency dose unit pressure schedule lab greek formula gene drug acronym abbreviation
    address symbol unchanged""".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Case:
    kind: str
    text: str
    said: str


def cases(name: str) -> Iterator[Case]:
    kind = text = ""
    for line in (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            kind = line.strip("= ")
        elif line.startswith("> "):
            yield Case(kind, text, line[2:])
        elif line and not line.startswith("#"):
            text = line


def said(text: str, rules: Language) -> str:
    pieces, at = [], 0
    for each in readings(text, rules):
        pieces += [text[at : each.start], each.words]
        at = each.end
    return "".join(pieces) + text[at:]


def rules_of(name: str) -> Language:
    return language(standardize(name.replace("_", "-")))


@pytest.mark.parametrize("name", LANGUAGES)
def test_the_words_are_those_of_the_table(name: str) -> None:
    rules = rules_of(name)
    wrong = [
        (each.text, each.said, words)
        for each in cases(name)
        if (words := said(each.text, rules)) != each.said
    ]
    assert wrong == []


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_narration_cuts_a_case_where_its_words_would_be_cut(name: str) -> None:
    """The full stop of "3. Tag", "9 p. m." or "mm рт. ст." ends no sentence."""
    tag = standardize(name.replace("_", "-"))
    wrong = []
    for each in cases(name):
        cut, expected = (
            list(utterances_of(Text("p", "paragraph", (Span(words),), tag), tag, lambda _span: ""))
            for words in (each.text, each.said)
        )
        if len(cut) != len(expected):
            wrong.append(["".join(part.spoken for part in parts) for parts in cut])
    assert wrong == []


@pytest.mark.parametrize("name", LANGUAGES)
def test_the_tables_are_as_wide_as_they_have_to_be(name: str) -> None:
    found = list(cases(name))
    counts = Counter(each.kind for each in found)
    assert set(counts) == CLASSES
    assert min(counts.values()) >= 2
    assert len(found) >= (200 if name == "en" else 80)
    assert len({each.text for each in found}) == len(found)


@pytest.mark.parametrize("name", LANGUAGES)
def test_each_pattern_has_a_case_that_needs_it(name: str) -> None:
    rules = rules_of(name)
    table = list(cases(name))
    idle = []
    for pattern in patterns(rules):
        without = replace(rules, say={key: value for key, value in rules.say.items() if key != pattern.name})
        if not any(
            said(each.text, without) != each.said for each in table if pattern.expression.search(each.text)
        ):
            idle.append(pattern.name)
    assert idle == []


FIELDS = [each.name for each in fields(Language) if each.name != "tag"]
TABLES = {
    "units": "unit", "read": "abbreviation", "acronyms": "acronym", "greek": "greek",
    "symbols": "symbol", "mail": "address",
}  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("name", LANGUAGES)
def test_each_table_is_needed(name: str, table: str) -> None:
    rules = rules_of(name)
    without = Language(rules.tag, **{field: getattr(rules, field) for field in FIELDS if field != table})
    assert any(said(each.text, without) != each.said for each in cases(name) if each.kind == TABLES[table])


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_pattern_is_looked_for_where_it_may_be(name: str) -> None:
    rules = rules_of(name)
    for each in cases(name):
        text = rules.narrow(each.text)
        found = [pattern for pattern in patterns(rules) if pattern.expression.search(text)]
        assert all(pattern.needs <= there(text) for pattern in found)


@pytest.mark.parametrize("name", LANGUAGES)
def test_what_is_read_otherwise_is_never_passed_over(name: str) -> None:
    """Most sentences are not looked at; those with a word of the tables are."""
    rules = rules_of(name)
    words = {*rules.read, *(f"{each} 5" for each in rules.read_before_number)}
    passed = [
        word for word in words if said(f"x {word} x", rules) == f"x {word} x" != f"x {rules.read.get(word)} x"
    ]
    assert passed == []
