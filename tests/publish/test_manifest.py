"""The form that the W3C's schema of audiobooks asks for is held here by hand: it is not ours to ship."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.model import Document, Metadata, Span, Text
from reader.publish.manifest import (
    VERSION,
    ChapterFile,
    Provenance,
    artist,
    iso_duration,
    json_text,
    publication,
    write_json,
)
from reader.publish.manifest import reader_facts as facts_of
from reader.publish.transcript import TRANSCRIPT
from reader.speech.script import Chapter, Part, Script, Unsaid, Utterance
from reader.studio.timeline import ChapterTime, Timeline
from reader.studio.timeline import Span as Time
from reader.voices.engine import RATE

DURATION = re.compile(r"PT(\d+(\.\d+)?)S")

FILES = (
    ChapterFile("01-one.mp3", Chapter("b1", "Uno", ()), 2 * RATE, "k1", -16.1, -1.4, 0.1, ()),
    ChapterFile(
        "02-two.mp3", Chapter("b2", "Dos", ()), 3 * RATE + 1, "k2", None, -1.2, 0.0, (("v:es", "ꙮ"),)
    ),
)


@pytest.fixture
def facts(made: Any) -> Provenance:
    kept: Provenance = made.facts
    return kept


def bare(facts: Provenance) -> Provenance:
    return replace(facts, document=replace(facts.document, metadata=Metadata()))


def test_required_members(facts: Provenance) -> None:
    form = publication(facts, FILES, ())
    assert form["@context"][:2] == ["https://schema.org", "https://www.w3.org/ns/pub-context"]
    assert form["@context"][2] == {"language": "es"}
    assert form["conformsTo"] == "https://www.w3.org/TR/audiobooks/"
    assert form["type"] == "Audiobook"
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", form["id"])
    assert form["name"] == "Células madre"
    assert form["author"] == ["Ana Pérez", "Bo Li"]
    assert form["readBy"] == ["Tone"]
    assert form["inLanguage"] == ["es"]
    assert form["duration"] == "PT5S"
    assert form["accessMode"] == ["auditory"]
    assert form["accessModeSufficient"] == [{"type": "ItemList", "itemListElement": ["auditory"]}]
    assert form["accessibilityFeature"] == ["structuralNavigation", "transcript"]
    assert form["accessibilityHazard"] == ["none"]


def test_optional_members(facts: Provenance) -> None:
    form = publication(facts, FILES, ())
    assert form["description"] == "De qué trata."
    assert form["publisher"] == ["Sociedad"]
    assert form["translator"] == ["Eva Ruiz"]
    assert form["datePublished"] == "2024-05-17"
    assert not {"description", "publisher", "translator", "datePublished"} & set(
        publication(bare(facts), FILES, ())
    )


def test_nothing_but_the_standard_s_own_terms(facts: Provenance) -> None:
    # https://www.w3.org/TR/pub-manifest/, 2.7.2, and the terms of schema.org it names.
    assert set(publication(facts, FILES, ())) <= {
        "@context", "conformsTo", "type", "id", "name", "author", "readBy", "inLanguage", "accessMode",
        "accessModeSufficient", "accessibilityFeature", "accessibilityHazard", "duration", "readingOrder",
        "resources", "description", "publisher", "translator", "datePublished",
    }  # fmt: skip


def test_reading_order(facts: Provenance) -> None:
    order = publication(facts, FILES, ())["readingOrder"]
    assert [each["url"] for each in order] == ["01-one.mp3", "02-two.mp3"]
    assert [each["name"] for each in order] == ["Uno", "Dos"]
    assert {each["type"] for each in order} == {"LinkedResource"}
    assert {each["encodingFormat"] for each in order} == {"audio/mpeg"}
    lengths = [DURATION.fullmatch(each["duration"]) for each in order]
    assert [float(each[1]) for each in lengths if each] == [2, 3]


def test_transcript_is_a_resource(facts: Provenance) -> None:
    (resource,) = publication(facts, FILES, (TRANSCRIPT,))["resources"]
    assert resource["url"] == "transcript.txt"
    assert resource["encodingFormat"] == "text/plain"
    assert resource["rel"] == ["transcript"]


def test_id_is_that_of_article_and_language(facts: Provenance) -> None:
    def identity(given: Provenance) -> str:
        return str(publication(given, FILES, ())["id"])

    renamed = replace(facts, script=replace(facts.script, title="Otro"), machine="arm64")
    assert identity(renamed) == identity(facts)
    assert identity(replace(facts, script=replace(facts.script, language="fr"))) != identity(facts)
    assert identity(replace(facts, document=replace(facts.document, id="other"))) != identity(facts)


def test_reader_facts(facts: Provenance) -> None:
    form = facts_of(facts, FILES, "a-recipe", {"a.mp3": "00"}, ("mp3",))
    assert form["formats"] == ["mp3"]
    assert next(iter(form)) == "version"
    assert form["version"] == VERSION
    assert form["generator"] == "voice-reader"
    assert form["versions"] == {"lameenc": "1.9.0", "numpy": "2.4.0"}
    assert form["machine"] == "x86_64"
    assert form["recipe"] == "a-recipe"
    assert form["files"] == {"a.mp3": "00"}
    assert form["article"] == {
        "id": "leaflet", "file": "leaflet.md", "language": "en",
        "source": "Hospital General", "date": "2024-05-17",
    }  # fmt: skip
    assert (form["language"], form["title"]) == ("es", "Células madre")
    assert (form["translator"], form["reviewed"]) == ("Eva Ruiz", False)
    assert form["coverage"] == {
        "messages": 9, "translated": 8, "words": 90, "words_translated": 80, "seconds_untranslated": 0.0,
        "faults": 0, "to_review": 0, "unapproved": 0,
    }  # fmt: skip
    assert form["voices"] == [
        {
            "id": "silent:tone", "name": "Tone", "language": "es", "engine_version": "1",
            "gain_db": 0.0, "tempo": 1.0,
        }
    ]  # fmt: skip
    assert form["unvoiced"] == [{"chapter": "b2", "voice": "v:es", "text": "ꙮ"}]
    assert form["rate"] == RATE
    assert form["chapters"][1] == {
        "id": "b2", "file": "02-two.mp3", "title": "Dos", "samples": 72_001, "key": "k2",
        "loudness_lufs": None, "true_peak_dbtp": -1.2,
    }  # fmt: skip
    json.dumps(form, allow_nan=False)


@pytest.mark.parametrize("file", ["leaflet.md", "C:\\texts\\leaflet.md", "/home/me/leaflet.md"])
def test_no_folder_of_the_user_is_told(facts: Provenance, file: str) -> None:
    moved = replace(facts, document=replace(facts.document, file=file))
    assert facts_of(moved, FILES, "", {}, ())["article"]["file"] == "leaflet.md"


def test_artist_is_the_nearest_known() -> None:
    def of(**known: Any) -> str:
        title = Text("b1", "title", (Span("Title"),), "en")
        return artist(Document("id", title, "en", (), metadata=Metadata(**known)))

    everything = {"authors": ("A", "B"), "publisher": "P", "source": "S"}
    assert of(**everything) == "A, B"
    assert of(publisher="P", source="S") == "P"
    assert of(source="S") == "S"
    assert of() == "Title"


@pytest.mark.parametrize(
    ("samples", "written"),
    [(0, "PT0S"), (RATE, "PT1S"), (RATE * 100, "PT100S"), (36_000, "PT1.5S"), (1_739_999, "PT72.5S")],
)
def test_durations(samples: int, written: str) -> None:
    assert iso_duration(samples) == written
    assert DURATION.fullmatch(written)


_forms = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers() | st.none(), inner),
)


@given(_forms)
def test_a_form_is_written_as_python_writes_it(form: object) -> None:
    assert json_text(form) == json.dumps(form, ensure_ascii=False, indent=1) + "\n"


def test_a_book_is_written_in_pieces() -> None:
    form = {"chapters": [{"spans": [["a", number, None] for number in range(500)]} for _ in range(50)]}
    pieces: list[str] = []
    write_json(form, pieces.append)
    assert "".join(pieces) == json_text(form)
    assert max(map(len, pieces)) * 50 < len(json_text(form))


def test_a_dataclass_is_written_as_its_fields() -> None:
    chapters = (Chapter("b1", "Uno", (Utterance("b1.1", "item", (Part("5 mg", "cinco", "es"),), 400),)),)
    script = Script("es", "Título", chapters, (Unsaid("b2", "code", ""),))
    assert json_text(script.fields()) == json_text(script.to_json())
    times = Timeline(RATE, (ChapterTime("b1", 900, (Time("b1.1", 0, 900, 700),)),))
    assert json_text(times.fields()) == json_text(times.to_json())
