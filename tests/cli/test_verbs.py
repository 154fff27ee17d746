"""The verbs that make no sound: help, version, outline, script, voices, config."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from reader import __version__
from reader.document import load
from reader.speech import Script
from tests.cli.conftest import ARTICLE
from tests.conftest import ROOT, Command

HEAVY = [
    "anyascii", "babel", "charset_normalizer", "espeakng_loader", "gtts", "lameenc", "langcodes",
    "markdown_it", "mutagen", "numpy", "onnx", "onnxruntime", "opencc", "pedalboard", "piper", "platformdirs",
    "py3langid", "pydub", "pyopenjtalk", "pypinyin", "requests", "rjieba", "sentencex", "soundfile", "soxr",
    "tenacity", "urllib3", "yaml",
]  # fmt: skip
TEXT = ROOT / "articles" / "stem-cell-transplantation.txt"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["narrate", "--help"],
        ["catalog", "update", "--help"],
        ["config", "show", "-h"],
        ["say", "--help"],
        ["voices", "install", "--help"],
    ],
)
def test_help_loads_nothing_heavy(environment: dict[str, str], arguments: list[str]) -> None:
    code = (
        "import sys\n"
        "from reader.cli.main import main\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    assert end.code == 0, end.code\n"
        "print('loaded:', *sorted({name.partition('.')[0] for name in sys.modules}))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=environment, capture_output=True, encoding="utf-8",
        timeout=60, check=True,
    )  # fmt: skip
    loaded = run.stdout.rpartition("loaded: ")[2].split()
    assert "click" in loaded
    assert sorted(set(HEAVY) & set(loaded)) == []


def test_help_names_every_verb(reader: Command) -> None:
    run = reader("--help")
    assert (run.returncode, run.stderr) == (0, "")
    for verb in ("narrate", "say", "outline", "script", "catalog", "voices", "config"):
        assert f"\n  {verb} " in run.stdout
        one = reader(verb, "--help")
        assert (one.returncode, one.stderr) == (0, "")


def test_version(reader: Command) -> None:
    assert reader("--version").stdout == f"reader {__version__}\n"


def test_a_verb_that_does_not_exist(reader: Command) -> None:
    run = reader("narate", "a.md")
    assert (run.returncode, run.stdout) == (2, "")
    assert "narate" in run.stderr


def test_the_checkout_need_not_be_the_current_folder(reader: Command, tmp_path: Path) -> None:
    (tmp_path / "reader").mkdir()
    (tmp_path / "reader" / "__init__.py").write_text("raise SystemExit('the wrong one')", encoding="utf-8")
    run = reader("outline", ARTICLE)
    assert run.returncode == 0, run.stderr


# -- outline --------------------------------------------------------------------------------------


def test_outline_of_the_sample_article(reader: Command) -> None:
    run = reader("outline", ARTICLE, "-l", "en", "-l", "es")
    assert (run.returncode, run.stderr) == (0, "")
    lines = run.stdout.splitlines()
    assert len(lines) == 20
    assert lines[0].startswith(
        "Stem Cell Transplantation: How It Works for Autoimmune Diseases (English): 9 ch"
    )
    assert lines[9].startswith("9. Glossary: ")
    assert lines[19].startswith("9. Glosario: ")


def test_titles_of_the_text_without_headings(reader: Command) -> None:
    run = reader("outline", TEXT)
    titles = [line.partition(". ")[2].partition(":")[0] for line in run.stdout.splitlines()[1:]]
    words = " ".join(TEXT.read_text(encoding="utf-8").split()).casefold()
    assert titles[0] == "Introduction"
    assert len(titles) >= 4
    assert len(set(titles)) == len(titles)
    for title in titles[1:]:
        assert title.casefold() in words
        assert 2 <= len(title.split()) <= 10


def test_outline_writes_what_reads_back_the_same(reader: Command, tmp_path: Path) -> None:
    run = reader("outline", TEXT, "--write", "made.md")
    assert (run.returncode, run.stdout) == (0, "made.md\n")
    titles = [
        [section.title.text for section in load(path).sections if section.title]
        for path in (TEXT, tmp_path / "made.md")
    ]
    assert titles[0] == titles[1]
    assert len(titles[0]) >= 4
    before = (tmp_path / "made.md").read_bytes()
    again = reader("outline", TEXT, "--write", "made.md")
    assert again.returncode == 4
    assert "made.md" in again.stderr
    assert (tmp_path / "made.md").read_bytes() == before


# -- articles of odd shapes -----------------------------------------------------------------------


def long_text(words: int) -> str:
    """Paragraphs of made-up prose, all of different words."""
    chance = random.Random(words)
    stock = (TEXT.read_text(encoding="utf-8")).lower().replace(".", "").replace(",", "").split()
    paragraphs, said = [], 0
    while said < words:
        sentences = []
        for _sentence in range(chance.randint(3, 7)):
            picked = [chance.choice(stock) for _word in range(chance.randint(6, 20))]
            said += len(picked)
            sentences.append(" ".join(picked).capitalize() + ".")
        paragraphs.append(" ".join(sentences))
    return "\n\n".join(paragraphs)


def test_fifty_thousand_words(reader: Command, tmp_path: Path) -> None:
    text = long_text(50_000)
    (tmp_path / "long.txt").write_text(text, encoding="utf-8")
    run = reader("script", "long.txt", "--format", "json")
    assert run.returncode == 0, run.stderr
    script = Script.from_json(json.loads(run.stdout))
    said = " ".join(each.text for chapter in script.chapters for each in chapter.utterances if each.source)
    assert said.split() == text.split()
    titles = [chapter.title for chapter in script.chapters]
    assert len(titles) > 20
    assert len(set(titles)) > 0.9 * len(titles)  # a title comes from its own paragraphs alone
    lengths = [sum(len(each.text.split()) for each in chapter.utterances) for chapter in script.chapters[1:]]
    assert max(lengths) < 1500


@pytest.mark.parametrize(
    ("name", "content", "titles", "said"),
    [
        (
            "line.txt",
            b"Stem cell transplantation is a treatment for autoimmune diseases.",
            ["Introduction"],
            "Stem cell transplantation is a treatment for autoimmune diseases.",
        ),
        ("title.txt", b"Stem cells\n", ["Introduction"], "Stem cells"),
        ("title.md", b"# Stem cells\n", ["Introduction"], "Stem cells"),
        ("front.md", b"---\ntitle: Stem cells\n---\n", ["Introduction"], "Stem cells"),
        (
            "latin.txt",
            "Mañana\r\n\r\nEl niño vive en España con su tía. ¿Qué más?\r\n".encode("latin-1"),
            ["Introducción"],
            "Mañana El niño vive en España con su tía. ¿Qué más?",
        ),
        (
            "latin.md",
            "# Diät\r\n\r\n## Äpfel\r\n\r\nEin Kind ißt täglich größere Äpfel.\r\n".encode("latin-1"),
            ["Einleitung", "Äpfel"],
            "Diät Äpfel Ein Kind ißt täglich größere Äpfel.",
        ),
    ],
)
def test_articles_of_odd_shapes(
    reader: Command, tmp_path: Path, name: str, content: bytes, titles: list[str], said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    language = {"latin.txt": "es", "latin.md": "de"}.get(name, "en")
    run = reader("script", name, "--source-language", language, "--format", "json")
    assert run.returncode == 0, run.stderr
    script = Script.from_json(json.loads(run.stdout))
    assert script.language == language
    assert [chapter.title for chapter in script.chapters] == titles
    own = [each.text for chapter in script.chapters for each in chapter.utterances if each.source]
    assert " ".join(own) == said


# -- script, voices, config -----------------------------------------------------------------------


def test_the_script_as_text_and_as_json_say_the_same(reader: Command) -> None:
    text = reader("script", ARTICLE, "-l", "es").stdout
    form = json.loads(reader("script", ARTICLE, "-l", "es", "--format", "json").stdout)
    assert form["version"] == 1
    utterances = [each for chapter in form["chapters"] for each in chapter["utterances"]]
    lines = [line for line in text.splitlines() if line.startswith("[")]
    assert len(lines) == len(utterances) > 100
    for line, utterance in zip(lines, utterances, strict=True):
        assert line.startswith(f"[{utterance['role']}] ")
        assert line.endswith(f"<{utterance['pause_after_ms']} ms>")
    assert len({each["id"] for each in utterances}) == len(utterances)


def test_voices_of_a_language(reader: Command) -> None:
    run = reader("voices", "list", "-l", "es")
    assert run.returncode == 0
    rows = [line.split("\t") for line in run.stdout.splitlines()]
    assert rows
    assert all(len(row) == 5 and row[1].partition("-")[0] == "es" for row in rows)
    everything = {line.split("\t")[0] for line in reader("voices", "list").stdout.splitlines()}
    assert {row[0] for row in rows} < everything
    assert len(everything) > 50


def test_voices_of_a_language_that_none_speaks(reader: Command) -> None:
    run = reader("voices", "list", "-l", "kaa")
    assert (run.returncode, run.stdout) == (3, "")
    assert "Kara-Kalpak" in run.stderr


def test_config_says_where_each_value_comes_from(reader: Command, tmp_path: Path) -> None:
    file = tmp_path / "reader.toml"
    file.write_text(
        'languages = ["en", "es"]\n[language.es]\npace = 0.9\n[pauses]\ntail = 2000\n', encoding="utf-8"
    )
    run = reader("config", "show", "blood.md", "-l", "es")
    assert (run.returncode, run.stderr) == (0, "")
    lines = run.stdout.splitlines()
    assert f'languages = ["en", "es"] ({file})' in lines
    assert f"pace = 0.9 ({file} [language.es])" in lines
    assert f"pauses.tail = 2000 ({file})" in lines
    assert "strict = false (the default)" in lines
    assert "voice = [] (the default)" in lines


def test_a_setting_that_is_wrong_is_an_error_of_usage(reader: Command, tmp_path: Path) -> None:
    (tmp_path / "reader.toml").write_text("pase = 1\n", encoding="utf-8")
    (tmp_path / "a.md").write_text("Hello", encoding="utf-8")
    for arguments in (["narrate", "a.md"], ["outline", "a.md"], ["config", "show"]):
        run = reader(*arguments)
        assert (run.returncode, run.stdout) == (2, "")
        assert run.stderr.startswith(f"Error: {tmp_path / 'reader.toml'}: “pase” is not an option; ")
        assert run.stderr.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "reader.toml"]


@pytest.mark.parametrize("value", ["1", "true", "yes"])
def test_offline_by_the_environment(reader: Command, value: str) -> None:
    run = reader("outline", ARTICLE, env={"READER_OFFLINE": value})
    assert run.returncode == 0, run.stderr


def test_debug_shows_where_an_error_came_from(reader: Command) -> None:
    run = reader("--debug", "outline", "gone.md")
    assert run.returncode == 1
    assert "Traceback" in run.stderr


def test_every_installed_voice_is_listed(reader: Command) -> None:
    run = reader("voices", "list")
    assert (run.returncode, run.stderr) == (0, "")
    assert "silent:tone\tund\tany language" in run.stdout
    assert len(run.stdout.splitlines()) > 100


def test_settings_of_an_article_count_by_its_id(reader: Command, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nid: mine\nlanguage: en\n---\n# T\n", encoding="utf-8")
    (tmp_path / "reader.toml").write_text("[article.mine]\npace = 2.0\n", encoding="utf-8")
    assert "pace = 2.0 (" in reader("config", "show", "a.md", cwd=tmp_path).stdout


def test_a_catalog_is_made_by_the_settings_of_the_project(reader: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ja.", encoding="utf-8")
    (tmp_path / "reader.toml").write_text('source_language = "de"\n', encoding="utf-8")
    run = reader("catalog", "extract", "a.txt", "-o", "-", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "X-Source-Language: de" in run.stdout
