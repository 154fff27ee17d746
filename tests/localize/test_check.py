"""What `reader catalog check` finds, in single messages and in whole catalogs that were mutated."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import regex
from babel.messages.catalog import Message

from reader.errors import CatalogError
from reader.localize import markup, po
from reader.localize.catalog_check import CatalogCheck
from reader.localize.check import Checker, answered, marked_for_review
from reader.localize.placeholders import placeholders
from reader.localize.terms import Term, Terms

TERMS = Terms(
    [
        Term("Bone marrow", ("Médula ósea",)),
        Term("Stem cell", ("Célula madre",)),
        Term("Autologous transplantation", ("Trasplante autólogo",)),
    ],
    "en",
)


def kinds(source: str, target: str, tag: str = "es", *, of: str = "all") -> set[str]:
    checker = Checker("en", tag, TERMS)
    msgid = markup.source(source)
    msgstr = markup.parse(target, msgid).spans
    faults = checker.faults(msgid, msgstr) if of != "doubts" else []
    doubts = checker.doubts(msgid, msgstr) if of != "faults" else []
    assert all(each.error for each in faults)
    assert not any(each.error for each in doubts)
    return {each.kind for each in (*faults, *doubts)}


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("Take 5 mg.", "Tome 5 mg.", set()),
        ("Take 5 mg.", "Tome 6 mg.", {"number"}),
        ("Stem cells are in bone marrow.", "Las células madre están en la médula ósea.", set()),
        ("Stem cells are in bone marrow.", "Las células madre están en el tuétano.", {"term"}),
        ("It does not hurt.", "No duele.", set()),
        ("It does not hurt.", "Duele.", {"negation"}),
        ("It hurts.", "Nunca duele.", {"negation"}),
        ("Ask your doctor about it today.", "Ask your doctor about it today.", {"source"}),
        ("See it. Ask your doctor about it today.", "Véalo. Ask your doctor about it today.", {"source"}),
        ("Lupus", "Lupus", set()),
        ("MRI is safe.", "La MRI es segura.", set()),
        ("It is safe.", "Es seguro, дорогой.", {"script"}),
        ("One two three. " * 8, "Uno.", {"length", "number"}),
        ("See [here](1) and [there](2).", "Vea [aquí](1).", {"markup"}),
        ("See [here](1).", "Vea [aquí](1).", set()),
        ("A note[^1].", "Una nota.", {"markup"}),
        ("It is *very* hot.", "Hace mucho calor.", {"emphasis"}),
        ("Two tablets.", "Tres comprimidos.", {"number"}),
        ("Two tablets.", "Dos comprimidos.", set()),
    ],
)
def test_one_message(source: str, target: str, found: set[str]) -> None:
    assert kinds(source, target) == found


@pytest.mark.parametrize(
    ("tag", "source", "target", "found"),
    [
        ("ru", "Rest well.", "Отдыхайте.", set()),
        ("ru", "Rest well.", "Sleep хорошо.", {"script"}),
        ("hi", "It does not hurt.", "दिन में दर्द होता है।", {"negation"}),
        ("ja", "Rest well and drink.", "よく休んで、飲んでください。", set()),
        ("zh-Hans", "Rest well and drink.", "好好休息，よく休んで。", {"script"}),
        ("ar", "Rest well.", "استرح جيدًا.", set()),
    ],
)
def test_other_scripts(tag: str, source: str, target: str, found: set[str]) -> None:
    assert kinds(source, target, tag) == found


def test_what_makes_a_message_unfit_and_what_does_not() -> None:
    assert kinds("Take 5 mg, not 6.", "Tome 5 mg.", of="faults") == {"number"}
    assert kinds("It does not hurt.", "Duele.", of="faults") == set()


def test_placeholders_of_programs() -> None:
    assert not placeholders("{path}: {n} of {n}; `reader say`", "{n}/{path} (`reader say`)")
    texts = [each.text for each in placeholders("{path!r}: see --voice", "{pfad!r}: siehe --stimme")]
    assert texts == [
        "The placeholder {path!r} is missing.", "The placeholder {pfad!r} is not in the source.",
        "“--stimme” must stand in both, as it is.", "“--voice” must stand in both, as it is.",
    ]  # fmt: skip
    assert placeholders("%(prog)s {x}", "{x") != []


def test_answers_and_marks_of_translators() -> None:
    assert answered(["ok: term, Negation (we say so here)", "nothing"]) == {"term", "negation"}
    assert answered(["review: ok: term"]) == frozenset()
    assert marked_for_review(["review: is it?", "Review:", "no"]) == "is it? ?"
    assert marked_for_review(["no review: here"]) == ""


CATALOG = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: es\\n"
"X-Article-Id: a\\n"
"X-Source-Language: en\\n"

{comments}msgid "It does not hurt."
msgstr "Duele."

msgctxt "term"
msgid "Graft"
msgstr "Injerto"

# also: implantes, implante
msgctxt "term"
msgid "Implant"
msgstr "Prótesis"

msgid "The graft and the implants."
msgstr "{text}"

#, fuzzy
msgid "Take 5 mg."
msgstr "Tome 6 mg."
"""


def checked(tmp_path: Path, comments: str = "", text: str = "El injerto y los implantes.") -> list[str]:
    path = tmp_path / "a.po"
    path.write_text(CATALOG.format(comments=comments, text=text), encoding="utf-8")
    found = CatalogCheck(po.read(path, name="a.po")).findings()
    return [f"{each.where}: {each.kind}" for each in found]


def test_a_catalog_names_lines_and_honours_comments(tmp_path: Path) -> None:
    assert checked(tmp_path) == ["a.po, line 8: negation"]
    assert checked(tmp_path, "# ok: negation\n") == []
    assert checked(tmp_path, "# ok: term\n") == ["a.po, line 9: negation"]
    assert checked(tmp_path, "# ok: negation\n", "El tejido y la prótesis.") == ["a.po, line 21: term"]


def test_a_header_without_a_known_language_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_text(
        CATALOG.format(comments="", text="").replace("Language: es", "Language: xx"), encoding="utf-8"
    )
    with pytest.raises(CatalogError, match=r"a\.po: “xx” is not a known language"):
        CatalogCheck(po.read(path, name="a.po"))


# --- whole catalogs, mutated

MEDICINE = Path(__file__).parent / "medicine"
Mutate = Callable[[random.Random, list[Message], po.PoCatalog], Message | None]


def digits(chance: random.Random, messages: list[Message], _catalog: po.PoCatalog) -> Message | None:
    """Change a digit."""
    message = chance.choice(messages)
    places = [match.start() for match in regex.finditer(r"\d", str(message.string))]
    if not places:
        return None
    at = chance.choice(places)
    old = str(message.string)
    new = chance.choice([each for each in "0123456789" if each != old[at]])
    message.string = old[:at] + new + old[at + 1 :]
    return message


def mark(chance: random.Random, messages: list[Message], _catalog: po.PoCatalog) -> Message | None:
    """Drop a placeholder, or the markup of a link or a note."""
    message = chance.choice(messages)
    found = list(regex.finditer(r"\{\w+\}|\]\(\d+\)|\[\^\d+\]", str(message.string)))
    if not found or not isinstance(message.id, str):
        return None
    match = chance.choice(found)
    message.string = str(message.string)[: match.start()] + str(message.string)[match.end() :]
    return message


def swap(chance: random.Random, messages: list[Message], catalog: po.PoCatalog) -> Message | None:
    """Swap two terms wherever they stand in one message."""
    terms = [str(each.string) for each in catalog.messages() if each.context == "term"]
    message = chance.choice(messages)
    present = [term for term in terms if term.casefold() in str(message.string).casefold()]
    if message.context == "term" or not present:
        return None
    one = chance.choice(present)
    other = chance.choice([term for term in terms if term != one])
    if one.casefold() in other.casefold() or other.casefold() in one.casefold():
        return None
    pieces = {one.casefold(): other, other.casefold(): one}
    either = "|".join(regex.escape(each) for each in (one, other))
    message.string = regex.sub(
        either, lambda match: pieces[match[0].casefold()], str(message.string), flags=regex.IGNORECASE
    )
    return message


def leave(chance: random.Random, messages: list[Message], _catalog: po.PoCatalog) -> Message | None:
    """Leave a paragraph in English."""
    message = chance.choice(messages)
    if not isinstance(message.id, str) or len(message.id.split()) < 4:
        return None
    message.string = message.id
    return message


def catalogs(root: Path, language: str) -> Iterator[Path]:
    yield from sorted((root / "locales" / language / "LC_MESSAGES").glob("*.po"))
    yield MEDICINE / f"{language}.po"


@pytest.mark.parametrize("language", ["es", "de"])
def test_a_whole_catalog_is_clean(root: Path, language: str) -> None:
    for path in catalogs(root, language):
        found = [f"{each.where}: {each.text}" for each in CatalogCheck(po.read(path)).findings()]
        assert found == []


@pytest.mark.parametrize("language", ["es", "de"])
def test_mutations_are_found(root: Path, language: str) -> None:
    chance = random.Random(language)
    read = [po.read(path) for path in catalogs(root, language)]
    tried: dict[str, int] = {}
    found: dict[str, int] = {}
    mutations: list[Mutate] = [digits, mark, swap, leave]
    missed = []
    while sum(tried.values()) < 100:
        mutate = mutations[sum(tried.values()) % 4]
        catalog = chance.choice(read)
        messages = [each for each in catalog.messages() if isinstance(each.string, str) and each.string]
        whole = {id(each): each.string for each in messages}
        mutated = mutate(chance, messages, catalog)
        if mutated is None:
            continue
        name = mutate.__name__
        tried[name] = tried.get(name, 0) + 1
        check = CatalogCheck(catalog)
        problems = check.faults(mutated) or check.doubts(mutated)
        found[name] = found.get(name, 0) + bool(problems)
        if not problems:
            missed.append((name, mutated.string))
        mutated.string = whole[id(mutated)]
    assert found["digits"] == tried["digits"], missed
    assert found["mark"] == tried["mark"], missed
    assert sum(found.values()) >= 0.95 * sum(tried.values()), missed
