"""The public API: what it reports, what it refuses, what it never does twice."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reader.casting import Casting
from reader.errors import ArticleError, OutputError, UsageError, VoiceError
from reader.narration import Narration, narrate, prepare, read
from reader.report import ChapterDone, Event, Notice, PackDone, PackFailed, Report
from reader.settings import Settings
from reader.speech.ledger import Ledger
from reader.studio.pool import Pool

ARTICLE = """\
---
title: Blood
language: en
date: 2024-05-01
---

## Where it flows

Blood flows in the body. It never rests.

## What it carries

It carries air. It carries food.
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "blood.md"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def run(*paths: Path, output: Path, **given: object) -> tuple[Report, list[Event]]:
    events: list[Event] = []
    settings = {"output": str(output), "workers": 1, **given}
    return narrate(paths, settings, listener=events.append), events


def below(folder: Path) -> dict[str, bytes]:
    """All that a folder holds."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
    }


def test_events_and_report_tell_the_same(article: Path, tmp_path: Path) -> None:
    report, events = run(article, output=tmp_path / "out", languages=("en", "es"))
    packs = [event for event in events if isinstance(event, PackDone)]
    chapters = [event for event in events if isinstance(event, ChapterDone)]
    assert report.packs == packs
    assert report.failures == []
    assert [(pack.language, pack.chapters, pack.current) for pack in packs] == [
        ("en", 3, False), ("es", 3, False),
    ]  # fmt: skip
    for pack in packs:
        own = [event for event in chapters if event.language == pack.language]
        assert [event.number for event in own] == [1, 2, 3]
        assert sum(event.seconds for event in own) == pytest.approx(pack.seconds)
        assert events.index(own[-1]) < events.index(pack)
    assert len([event for event in events if isinstance(event, Notice)]) == 1
    assert report.tally.parts >= report.tally.spoken > 0
    assert report.tally.encoded == 6


def test_nothing_is_done_twice(article: Path, tmp_path: Path) -> None:
    first, _events = run(article, output=tmp_path / "out")
    again, _events = run(article, output=tmp_path / "out")
    assert [pack.current for pack in again.packs] == [True]
    assert again.packs[0].seconds == first.packs[0].seconds
    assert (again.tally.spoken, again.tally.encoded) == (0, 0)
    elsewhere, _events = run(article, output=tmp_path / "other")
    assert (elsewhere.tally.spoken, elsewhere.tally.encoded) == (0, 0)
    assert [pack.current for pack in elsewhere.packs] == [False]


def test_a_changed_word_is_all_that_is_spoken(article: Path, tmp_path: Path) -> None:
    run(article, output=tmp_path / "out")
    article.write_text(ARTICLE.replace("carries food", "carries heat"), encoding="utf-8")
    report, _events = run(article, output=tmp_path / "out")
    assert (report.tally.spoken, report.tally.encoded) == (1, 1)


LONG = ARTICLE + "".join(f"\n## Part {number}\n\nBlood of part {number} flows.\n" for number in range(5))
"""Of more chapters than there are workers."""


def test_an_edited_pack_is_that_of_an_empty_cache(
    article: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for edit in ("of part 3 flows", "of part 3 stands", "of part 0 flows"):
        article.write_text(LONG.replace("of part 3 flows", edit), encoding="utf-8")
        report, _events = run(article, output=tmp_path / "out", workers=2)
    assert (report.tally.spoken, report.tally.encoded) == (0, 1)
    monkeypatch.setenv("READER_CACHE", str(tmp_path / "empty"))
    fresh, _events = run(article, output=tmp_path / "fresh", workers=2)
    assert fresh.tally.encoded == 8
    assert below(tmp_path / "out") == below(tmp_path / "fresh")


def test_workers_start_early_and_but_one_where_a_pack_lies(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []
    start = Pool.start

    def count(self: Pool) -> None:
        start(self)
        started[-1] += 1

    monkeypatch.setattr(Pool, "start", count)
    for text in (LONG, LONG.replace("of part 3 flows", "of part 3 stands")):
        started.append(0)
        article.write_text(text, encoding="utf-8")
        run(article, output=tmp_path / "out", workers=2)
    assert started == [2, 1]


@pytest.mark.parametrize("when", [1, 8])
def test_an_interruption_leaves_the_pack_that_is_there_and_nothing_else(
    article: Path, tmp_path: Path, when: int
) -> None:
    article.write_text(LONG, encoding="utf-8")
    run(article, output=tmp_path / "out")
    before = below(tmp_path / "out")
    article.write_text(LONG.replace("part 4 flows", "part 4 stands"), encoding="utf-8")

    def interrupt(event: Event) -> None:
        if isinstance(event, ChapterDone) and event.number == when:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        narrate([article], {"output": str(tmp_path / "out"), "workers": 2}, listener=interrupt)
    assert below(tmp_path / "out") == before


ENDED = """
import os, sys
from reader.narration import narrate
from reader.report import ChapterDone

def end(event):
    if isinstance(event, ChapterDone) and event.number == 8:
        os._exit(9)  # nothing is tidied up

narrate([sys.argv[1]], {"output": sys.argv[2], "workers": 2}, listener=end)
"""


def test_what_was_laid_down_when_a_run_ended_at_once_is_gone_after_the_next(
    article: Path, tmp_path: Path
) -> None:
    article.write_text(LONG, encoding="utf-8")
    run(article, output=tmp_path / "out")
    before = below(tmp_path / "out" / "blood" / "en")
    article.write_text(LONG.replace("part 4 flows", "part 4 stands"), encoding="utf-8")
    ended = subprocess.run([sys.executable, "-c", ENDED, article, tmp_path / "out"], check=False)
    assert ended.returncode == 9
    assert below(tmp_path / "out" / "blood" / "en") == before
    again, _events = run(article, output=tmp_path / "out")
    assert (again.tally.spoken, again.tally.encoded) == (0, 0)
    run(article, output=tmp_path / "other")
    assert below(tmp_path / "out") == below(tmp_path / "other")


def test_whoever_hands_out_the_work_needs_no_numpy(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It takes as long to load as an article takes to read; workers load it meanwhile.
    monkeypatch.setenv("READER_ENGINES", "espeak")
    code = (
        "import sys; from reader.narration import narrate; "
        "report = narrate([sys.argv[1]], {'output': sys.argv[2], 'source_language': 'en'}); "
        "print(report.tally.encoded > 0, 'numpy' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(article), str(tmp_path / "out")]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["True", "False"]


def test_an_article_that_cannot_be_accounted_for_leaves_the_pack_that_is_there(
    article: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    article.write_text(LONG, encoding="utf-8")
    run(article, output=tmp_path / "out")
    before = below(tmp_path / "out")

    def fails(_narration: Narration) -> Ledger:
        raise ArticleError("This archive is damaged.")

    monkeypatch.setattr(Narration, "ledger", fails)
    for text in (LONG, LONG.replace("part 4 flows", "part 4 stands")):
        article.write_text(text, encoding="utf-8")
        report, events = run(article, output=tmp_path / "out", workers=2)
        assert [type(failure.error) for failure in report.failures] == [ArticleError]
        assert not any(isinstance(event, PackDone) for event in events)
        assert below(tmp_path / "out") == before


def test_the_same_words_are_spoken_once(article: Path, tmp_path: Path) -> None:
    article.write_text(ARTICLE.replace("It carries air.", "It never rests."), encoding="utf-8")
    report, _events = run(article, output=tmp_path / "out")
    script = json.loads((tmp_path / "out" / "blood" / "en" / "script.json").read_text(encoding="utf-8"))
    parts = [part for c in script["chapters"] for u in c["utterances"] for part in u["parts"]]
    assert report.tally.spoken == report.tally.parts == len(parts) - 1


def test_one_failure_does_not_stop_the_others(article: Path, tmp_path: Path) -> None:
    missing = tmp_path / "gone.md"
    report, events = run(missing, article, output=tmp_path / "out", languages=("ja", "en"))
    assert [type(failure.error) for failure in report.failures] == [ArticleError, VoiceError]
    assert report.failures == [event for event in events if isinstance(event, PackFailed)]
    assert [pack.language for pack in report.packs] == ["en"]
    above = ["index.html", "languages.js"]
    assert sorted(path.name for path in (tmp_path / "out" / "blood").iterdir()) == ["en", *above]


def test_a_folder_that_cannot_be_written_costs_no_speaking(article: Path, tmp_path: Path) -> None:
    report, _events = run(article, output=article / "below")
    assert [type(failure.error) for failure in report.failures] == [OutputError]
    assert report.tally.parts == 0


@pytest.mark.parametrize("same", ["blood", "Blood"])
def test_two_articles_of_one_id(article: Path, tmp_path: Path, same: str) -> None:
    other = tmp_path / "other.md"
    other.write_text(ARTICLE.replace("title:", f"id: {same}\ntitle:"), encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        run(article, other, output=tmp_path / "out")
    assert str(article) in str(caught.value)
    assert str(other) in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_settings_of_the_project_hold(article: Path, tmp_path: Path) -> None:
    (tmp_path / "reader.toml").write_text(
        'languages = ["es", "en"]\nglossary = "off"\n[language.es]\npace = 2.0\n', encoding="utf-8"
    )
    taken = read(article)
    assert taken.languages == ("es", "en")
    assert prepare(taken, "es").settings.pace == 2.0
    assert prepare(taken, "en").settings.pace == 1.0
    assert read(article, {"languages": ("pt_BR", "pt-BR")}).languages == ("pt-BR",)


def test_settings_that_make_no_sense(article: Path, tmp_path: Path) -> None:
    for given in ({"pase": 1}, {"pace": 10.0}):
        with pytest.raises(UsageError):
            narrate([article], given | {"output": str(tmp_path / "out")})
    assert not (tmp_path / "out").exists()


def test_the_voice_that_was_named_speaks_its_language_and_its_engine_the_others(article: Path) -> None:
    article.write_text(ARTICLE.replace("air", "[aire]{lang=es}"), encoding="utf-8")
    chosen = read(article)
    default = prepare(chosen, "en").casting
    named = default.voice("es")
    casting = prepare(read(article, {"voice": named.id}), "es").casting
    assert casting.main.id == named.id
    assert casting.voice("en").id == default.main.id


def test_whatever_became_of_the_cache_the_same_comes_out(
    article: Path, tmp_path: Path, isolated: Path
) -> None:
    run(article, output=tmp_path / "out")
    pack = tmp_path / "out" / "blood" / "en"
    before = {path.name: path.read_bytes() for path in pack.iterdir()}
    entries = sorted(path for path in (isolated / "cache").rglob("*") if path.is_file())
    assert len(entries) > 10
    for place, entry in enumerate(entries):
        if place % 3 == 0:
            entry.write_bytes(entry.read_bytes()[: place * 50])
        elif place % 3 == 1:
            entry.unlink()
    for path in pack.iterdir():
        path.unlink()
    report, _events = run(article, output=tmp_path / "out")
    assert report.tally.spoken > 0
    assert {path.name: path.read_bytes() for path in pack.iterdir()} == before


def test_a_pack_without_its_manifest_is_left_as_it_is(article: Path, tmp_path: Path) -> None:
    run(article, output=tmp_path / "out")
    manifest = tmp_path / "out" / "blood" / "en" / "reader.json"
    manifest.write_bytes(b"{")
    report, _events = run(article, output=tmp_path / "out")
    assert [type(failure.error) for failure in report.failures] == [OutputError]
    assert manifest.read_bytes() == b"{"


def test_the_way_an_article_is_named_changes_nothing(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(article, output=tmp_path / "out")
    monkeypatch.chdir(article.parent)
    for other in (Path("blood.md"), Path("..") / article.parent.name / "blood.md"):
        report, _events = run(other, output=tmp_path / "out")
        assert [pack.current for pack in report.packs] == [True]
    assert str(tmp_path) not in (tmp_path / "out" / "blood" / "en" / "script.json").read_text(
        encoding="utf-8"
    )


def test_a_namesake_in_another_folder_does_not_replace_the_pack(article: Path, tmp_path: Path) -> None:
    run(article, output=tmp_path / "out")
    (tmp_path / "other").mkdir()
    namesake = tmp_path / "other" / "blood.md"
    namesake.write_text(ARTICLE.replace("Blood flows", "Water flows"), encoding="utf-8")
    report, _events = run(namesake, output=tmp_path / "out")
    (failure,) = report.failures
    assert isinstance(failure.error, UsageError)
    assert str(article) in str(failure.error)
    assert str(namesake) in str(failure.error)


@pytest.mark.parametrize("tag", ["zh", "ko", "th", "ar", "fi", "hi", "en", "es", "fr", "pt-BR"])
def test_no_language_is_spoken_absurdly_fast(tag: str) -> None:
    assert 0.5 < Casting(tag, Settings()).main.tempo < 1.3


def test_what_is_written_into_a_pack_meanwhile_is_kept(article: Path, tmp_path: Path) -> None:
    run(article, output=tmp_path / "out")
    article.write_text(ARTICLE.replace("never rests", "rests"), encoding="utf-8")
    notes = tmp_path / "out" / "blood" / "en" / "my-notes.txt"

    def write(event: Event) -> None:
        if isinstance(event, ChapterDone):
            notes.write_text("mine", encoding="utf-8")

    report = narrate([article], {"output": str(tmp_path / "out"), "workers": 1}, listener=write)
    assert [type(failure.error) for failure in report.failures] == [OutputError]
    assert notes.read_text(encoding="utf-8") == "mine"
    above = ["index.html", "languages.js"]
    assert sorted(path.name for path in (tmp_path / "out" / "blood").iterdir()) == ["en", *above]


GLOSSARY = (
    ARTICLE
    + """
## Glossary

Air
: What we breathe. It is a gas.

Blood
: What flows.
"""
)


def test_a_glossary_alone_is_a_pack_beside_that_of_the_article(tmp_path: Path) -> None:
    article = tmp_path / "blood.md"
    article.write_text(GLOSSARY, encoding="utf-8")
    report, _events = run(article, output=tmp_path / "out", glossary="only")
    assert [pack.folder for pack in report.packs] == [tmp_path / "out" / "blood-glossary" / "en"]
    form = json.loads((tmp_path / "out" / "blood-glossary" / "en" / "publication.json").read_text("utf-8"))
    assert form["name"] == "Glossary: Blood"
    assert [each["name"] for each in form["readingOrder"]] == ["Glossary: Blood"]
    whole, _events = run(article, output=tmp_path / "out", glossary="inline")
    assert whole.packs[0].folder == tmp_path / "out" / "blood" / "en"
    other = json.loads((whole.packs[0].folder / "publication.json").read_text("utf-8"))
    assert other["id"] != form["id"]
    again, _events = run(article, output=tmp_path / "out", glossary="only")
    assert again.packs[0].current


def test_a_glossary_file_of_the_project_holds(article: Path, tmp_path: Path) -> None:
    (tmp_path / "reader.toml").write_text(
        '[article.blood]\nglossary_file = "terms/t.csv"\n', encoding="utf-8"
    )
    (tmp_path / "terms").mkdir()
    (tmp_path / "terms" / "t.csv").write_text("Air,What we breathe.\n", encoding="utf-8")
    assert [entry.terms[0].text for entry in read(article).document.glossary] == ["Air"]
    prepared = prepare(read(article), "en")
    assert prepared.script.chapters[-1].slug == "glossary"
    account = prepared.ledger()
    assert not account.lost
    assert not account.beyond


def test_a_language_more_leaves_the_other_packs_as_they_are(article: Path, tmp_path: Path) -> None:
    run(article, output=tmp_path / "out", languages=("en",))
    folder = tmp_path / "out" / "blood"
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (folder / "en").iterdir()}
    listed = (folder / "languages.js").read_bytes()
    run(article, output=tmp_path / "out", languages=("es",))
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before} == before
    assert (folder / "languages.js").read_bytes() != listed
    # Gone by hand, it is no longer offered, although nothing is made.
    shutil.rmtree(folder / "es")
    run(article, output=tmp_path / "out", languages=("en",))
    assert (folder / "languages.js").read_bytes() == listed


def test_a_page_above_the_packs_that_is_not_ours_stays_and_is_told_once(
    article: Path, tmp_path: Path
) -> None:
    (tmp_path / "out" / "blood").mkdir(parents=True)
    mine = tmp_path / "out" / "blood" / "index.html"
    mine.write_text("mine", encoding="utf-8")
    report, events = run(article, output=tmp_path / "out", languages=("en", "es"))
    assert report.failures == []
    assert [each for each in events if isinstance(each, Notice) and str(mine) in each.text] == [
        Notice(f"{mine} was not made by reader and is left as it is: no language can be chosen there.")
    ]
    assert mine.read_text(encoding="utf-8") == "mine"


def test_what_lies_above_the_packs_is_looked_at_once(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many languages there are: each look reads all packs of the article."""
    looked: list[Path] = []

    def arrange(folder: Path) -> tuple[str, ...]:
        looked.append(folder)
        return ()

    monkeypatch.setattr("reader.narration.arrange", arrange)
    run(article, output=tmp_path / "out", languages=("en", "es"))
    assert looked == [tmp_path / "out" / "blood"]
