"""`reader verify`: nothing to find in real packs, and each of many faults found by the check that it is for.

A fault is injected as one of ours would be: the manifest has the hashes of the faulty files, so that none is
found by its hash alone, but for those of the files themselves.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mutagen.id3 import ID3, TLAN

from reader.errors import InputError
from reader.publish.audit import audit
from reader.publish.audit.audit import CHECKS
from tests.packs.making import LANGUAGES

Fault = Callable[[Path], object]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pack_as_it_was_made_has_no_fault(shelf: Path, language: str) -> None:
    found = audit(shelf / "hay-fever" / language)
    assert found.findings == ()
    assert [name for name, _found in found.checks] == list(CHECKS)


def chapters(pack: Path) -> list[Path]:
    return sorted(pack.glob("0*.mp3"))


def edit(pack: Path, name: str, change: Callable[[Any], object]) -> None:
    path = pack / name
    form = json.loads(path.read_text(encoding="utf-8"))
    change(form)
    path.write_text(json.dumps(form, ensure_ascii=False), encoding="utf-8")


def replaced(pack: Path, name: str, before: str, after: str, count: int = 1) -> None:
    path = pack / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, count), encoding="utf-8")


def swap(pack: Path) -> None:
    one, two = chapters(pack)[:2]
    first = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(first)


def cut_short(pack: Path) -> None:
    path = chapters(pack)[1]
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])


def other_language_tag(pack: Path) -> None:
    path = chapters(pack)[0]
    tags = ID3(path)
    tags["TLAN"] = TLAN(encoding=0, text="deu")
    tags.save(path, v2_version=3)


def shift(pack: Path, samples: int) -> None:
    def change(form: Any) -> None:
        one, two = form["chapters"][1]["spans"][:2]
        one["end"] = two["start"] = two["start"] + samples

    edit(pack, "timeline.json", change)


def quieter(pack: Path) -> None:
    """Some decibels quieter, by the gain of each frame (MPEG-2 layer III, mono, without CRC)."""
    path = chapters(pack)[1]
    data = bytearray(path.read_bytes())
    at = data.index(b"\xff\xf3")
    while data[at : at + 2] == b"\xff\xf3":
        size = 72 * 64000 // 24000 + ((data[at + 2] >> 1) & 1)
        # Before the gain stand main_data_begin 8, private 1, part2_3_length 12, big_values 9 bits.
        bits = int.from_bytes(data[at + 4 : at + 13], "big")
        shift_by = 72 - (8 + 1 + 12 + 9) - 8
        gain = (bits >> shift_by) & 0xFF
        bits = bits & ~(0xFF << shift_by) | (max(0, gain - 8) << shift_by)
        data[at + 4 : at + 13] = bits.to_bytes(9, "big")
        at += size
    path.write_bytes(bytes(data))


def cut(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def moved_mark(pack: Path) -> None:
    path = pack / "hay-fever.en.mp3"
    data = bytearray(path.read_bytes())
    # After the second CHAP's element id come start and end in ms, four bytes each.
    second = data.index(b"CHAP", data.index(b"CHAP") + 4)
    start = data.index(b"\0", second + 10) + 1
    data[start : start + 4] = (1234).to_bytes(4, "big")
    path.write_bytes(bytes(data))


def renamed_mark(path: Path) -> None:
    data = path.read_bytes()
    title = b"What helps"
    assert title in data
    path.write_bytes(data.replace(title, b"What hurts"))


def in_daisy(pack: Path, before: str, after: str, count: int = 1) -> None:
    path = sorted((pack / "daisy").glob("*.smil"))[1]
    text, number = re.subn(before, after, path.read_text(encoding="utf-8"), count=count)
    assert number
    path.write_text(text, encoding="utf-8")


def in_epub(pack: Path, suffix: str, before: str, after: str) -> None:
    """A change in the first file of that kind that has the pattern."""
    path = pack / "hay-fever.en.epub"
    with zipfile.ZipFile(path) as book:
        files = {name: book.read(name) for name in book.namelist()}
    name = next(each for each in files if each.endswith(suffix) and re.search(before, files[each].decode()))
    files[name] = re.sub(before, after, files[name].decode(), count=1).encode()
    with zipfile.ZipFile(path, "w") as book:
        for each, data in files.items():
            book.writestr(each, data)


def spans(form: Any) -> Any:
    return form["chapters"][1]["spans"]


def utterances(form: Any) -> Any:
    return form["chapters"][1]["utterances"]


FAULTS: dict[str, tuple[str, Fault]] = {
    "a file that is missing": ("files", lambda pack: (pack / "transcripts" / "01-introduction.vtt").unlink()),
    "a file of someone else": ("files", lambda pack: (pack / "notes.txt").write_text("mine")),
    "two chapters swapped": ("tags", swap),
    "two chapters swapped, heard": ("sound", swap),
    "a chapter cut short": ("sound", cut_short),
    "a chapter that is quieter": ("sound", quieter),
    "a chapter that is no sound": ("sound", lambda pack: chapters(pack)[0].write_bytes(b"x" * 4000)),
    "another language in the tags": ("tags", other_language_tag),
    "a sentence shifted by 0.3 s": ("sound", lambda pack: shift(pack, 7200)),
    "a pause too long": ("pauses", lambda pack: shift(pack, 7200)),
    "a pause changed in the script": (
        "pauses",
        lambda pack: edit(pack, "script.json", lambda f: utterances(f)[0].update(pause_after_ms=100)),
    ),
    "a sentence without a time": (
        "timeline",
        lambda pack: edit(pack, "timeline.json", lambda f: spans(f).pop(1)),
    ),
    "a time without a sentence": (
        "timeline",
        lambda pack: edit(pack, "script.json", lambda f: utterances(f).pop(1)),
    ),
    "a sentence past the sound": (
        "timeline",
        lambda pack: edit(pack, "timeline.json", lambda f: spans(f)[-1].update(end=10**9)),
    ),
    "sentences in another order": (
        "timeline",
        lambda pack: edit(pack, "timeline.json", lambda f: spans(f).insert(0, spans(f).pop(1))),
    ),
    "a sentence twice": (
        "timeline",
        lambda pack: edit(pack, "script.json", lambda f: utterances(f).append(utterances(f)[0])),
    ),
    "a sentence missing from the transcript": (
        "words",
        lambda pack: replaced(pack, "transcript.txt", "Hay fever", ""),
    ),
    "a cue shifted": ("words", lambda pack: replaced(pack, "hay-fever.en.vtt", "00:00:0", "00:00:1")),
    "a cue's language": ("words", lambda pack: replaced(pack, "hay-fever.en.vtt", "<lang la>", "<lang fr>")),
    "another language in the manifest": (
        "languages",
        lambda pack: edit(pack, "publication.json", lambda f: f.update(inLanguage=["fr"])),
    ),
    "a language that no voice speaks": (
        "languages",
        lambda pack: edit(pack, "script.json", lambda f: utterances(f)[0]["parts"][0].update(language="fi")),
    ),
    "a length in the manifest": (
        "publication",
        lambda pack: edit(pack, "publication.json", lambda f: f["readingOrder"][1].update(duration="PT1S")),
    ),
    "a resource that is not there": (
        "publication",
        lambda pack: edit(pack, "publication.json", lambda f: f["resources"][0].update(url="absent.txt")),
    ),
    "a sentence missing from a page": (
        "pages",
        lambda pack: replaced(pack, "transcript.html", 'class="sentence"', 'class="nothing"'),
    ),
    "a word changed in a page": (
        "pages",
        lambda pack: replaced(pack, "transcript.html", "pollen", "dust", 9),
    ),
    "a language in a page": (
        "pages",
        lambda pack: replaced(pack, "transcript.html", 'lang="la"', 'lang="it"'),
    ),
    "a link that leads nowhere": (
        "pages",
        lambda pack: replaced(pack, "transcript.html", 'href="#b', 'href="#absent-b'),
    ),
    "a chapter mark at another time": ("marks", moved_mark),
    "a chapter mark with another title": ("marks", lambda pack: renamed_mark(pack / "hay-fever.en.m4b")),
    "a single file that is cut short": (
        "marks",
        lambda pack: cut(pack / "hay-fever.en.mp3"),
    ),
    "a clip past its audio": (
        "overlays",
        lambda pack: in_daisy(pack, r'clip-end="npt=[\d.]+s"', 'clip-end="npt=999.000s"'),
    ),
    "a clip shifted": (
        "overlays",
        lambda pack: in_daisy(pack, r'clip-begin="npt=\d+\.', 'clip-begin="npt=1.', 2),
    ),
    "a clip of another file": ("overlays", lambda pack: in_daisy(pack, r'(<audio src=")', r"\1absent-")),
    "a sentence without a clip": ("overlays", lambda pack: in_daisy(pack, r"(?s)<audio [^>]*/>", "")),
    "a sentence missing from the EPUB": (
        "pages",
        lambda pack: in_epub(pack, ".xhtml", r'<span id="(b[^"]*)" class="sentence">[^<]*</span>', ""),
    ),
    "a clip shifted in the EPUB": (
        "overlays",
        lambda pack: in_epub(pack, ".smil", r'clipEnd="[\d.]+s"', 'clipEnd="0.100s"'),
    ),
    "an EPUB that is no ZIP": (
        "pages",
        lambda pack: (pack / "hay-fever.en.epub").write_bytes(b"PK no more"),
    ),
    "a page that loads from elsewhere": (
        "pages",
        lambda pack: replaced(pack, "transcript.html", "<body", '<link rel="x" href="https://e.org/x"><body'),
    ),
}
"""What is wrong: the check that must find it, and how to bring it about."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(shelf: Path, tmp_path: Path, fault: str) -> None:
    pack = tmp_path / "en"
    shutil.copytree(shelf / "hay-fever" / "en", pack)
    check, inject = FAULTS[fault]
    inject(pack)
    if check != "files":
        rehash(pack)
    found = dict(audit(pack, {check, "files"}).checks)
    assert found[check]
    if check != "files":
        assert not found["files"]


def rehash(pack: Path) -> None:
    def change(form: Any) -> None:
        for name in form["files"]:
            form["files"][name] = hashlib.sha256((pack / name).read_bytes()).hexdigest()

    edit(pack, "reader.json", change)


def test_a_changed_byte_in_any_file_is_found(shelf: Path, tmp_path: Path) -> None:
    pack = tmp_path / "en"
    shutil.copytree(shelf / "hay-fever" / "en", pack)
    names = json.loads((pack / "reader.json").read_text(encoding="utf-8"))["files"]
    for name in names:
        if name in ("script.json", "timeline.json"):
            continue  # It may be read no longer; then that is the error.
        path = pack / name
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    found = dict(audit(pack, {"files"}).checks)["files"]
    assert {each.where for each in found} == {*names} - {"script.json", "timeline.json"}


@pytest.mark.parametrize("name", ["reader.json", "script.json", "timeline.json"])
@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff", b'{"version": 99}'])
def test_a_pack_that_cannot_be_read(shelf: Path, tmp_path: Path, name: str, data: bytes) -> None:
    pack = tmp_path / "en"
    shutil.copytree(shelf / "hay-fever" / "en", pack)
    (pack / name).write_bytes(data)
    with pytest.raises(InputError) as raised:
        audit(pack)
    assert str(pack) in str(raised.value)


def test_the_command(shelf: Path, tmp_path: Path, reader: Any) -> None:
    done = reader("verify", shelf)
    assert done.returncode == 0, done.stdout
    assert len(re.findall(r"(?m)^sound +right$", done.stdout)) == len(LANGUAGES)
    pack = tmp_path / "en"
    shutil.copytree(shelf / "hay-fever" / "en", pack)
    (pack / "transcript.txt").unlink()
    done = reader("verify", pack)
    assert done.returncode == 1
    assert "transcript.txt: is missing." in done.stdout
    form = json.loads(reader("verify", pack, "--format", "json").stdout)
    (told,) = form["packs"]
    assert told["sound"] is False
    assert {"where": "transcript.txt", "problem": "is missing."} in told["checks"][0]["findings"]
    assert reader("verify", tmp_path / "absent").returncode == 1
