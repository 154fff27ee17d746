"""Every option: where its value comes from, and what is refused."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import UsageError
from reader.settings import Project, Resolved, Settings, option_names
from reader.speech.pauses import Pauses

LAYERS = {
    "": "pace = 1.1",
    "language": "[language.es]\npace = 1.2",
    "article": "[article.blood]\npace = 1.3",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    return tmp_path


def resolve(folder: Path, toml: str, language: str = "es", **given_values: Any) -> Resolved:
    (folder / "reader.toml").write_text(toml, encoding="utf-8")
    project = Project.of(folder / "articles" / "blood.md")
    return project.resolve(article="blood", language=language, given=given_values)


def refused(folder: Path, toml: str) -> str:
    with pytest.raises(UsageError) as caught:
        resolve(folder, toml)
    assert caught.value.where == str(folder / "reader.toml")
    return caught.value.problem


@pytest.mark.parametrize("command_line", [True, False])
@pytest.mark.parametrize("article", [True, False])
@pytest.mark.parametrize("language", [True, False])
@pytest.mark.parametrize("project", [True, False])
def test_the_nearest_value_wins(
    folder: Path, project: bool, language: bool, article: bool, command_line: bool
) -> None:
    here = [text for text, there in zip(LAYERS.values(), (project, language, article), strict=True) if there]
    resolved = resolve(folder, "\n".join(here), pace=1.4 if command_line else None)
    file = str(folder / "reader.toml")
    expected = (
        (1.4, "the command line") if command_line
        else (1.3, f"{file} [article.blood]") if article
        else (1.2, f"{file} [language.es]") if language
        else (1.1, file) if project
        else (1.0, "the default")
    )  # fmt: skip
    assert (resolved.settings.pace, resolved.origins["pace"]) == expected


def test_other_languages_and_articles_keep_the_projects_value(folder: Path) -> None:
    assert resolve(folder, "\n".join(LAYERS.values()), language="fr").settings.pace == 1.3
    toml = "\n".join([LAYERS[""], "[language.fr]", "pace = 2.0", "[article.other]", "pace = 0.5"])
    assert resolve(folder, toml).settings.pace == 1.1


def test_languages_are_named_in_any_spelling(folder: Path) -> None:
    assert resolve(folder, "[language.pt_BR]\npace = 2", language="pt-BR").settings.pace == 2.0


def test_a_value_of_the_command_line_that_says_nothing(folder: Path) -> None:
    assert resolve(folder, "strict = true", strict=None).settings.strict
    assert not resolve(folder, "strict = true", strict=False).settings.strict


def test_pauses_are_settings_of_their_own(folder: Path) -> None:
    toml = "[pauses]\nsentence = 100\nitem = 0\n[language.es.pauses]\nsentence = 200\n"
    resolved = resolve(folder, toml)
    assert resolved.settings.pauses == Pauses(sentence=200, item=0)
    assert resolved.origins["pauses.sentence"].endswith("[language.es]")
    assert resolved.origins["pauses.item"] == str(folder / "reader.toml")
    assert resolved.origins["pauses.tail"] == "the default"


def test_the_podcast_is_a_table_of_its_own(folder: Path) -> None:
    toml = '[podcast]\ntitle = "Leaflets"\ncategory = "Science"\nintro = "a.wav"\n'
    toml += '[language.es.podcast]\ntitle = "Folletos"\n'
    resolved = resolve(folder, toml)
    show = resolved.settings.podcast
    assert (show.title, show.category) == ("Folletos", ("Science",))
    assert Path(show.intro) == folder / "a.wav"
    assert resolved.origins["podcast.title"].endswith("[language.es]")
    assert resolve(folder, toml, language="fr").settings.podcast.title == "Leaflets"


@pytest.mark.parametrize(
    ("toml", "named"),
    [
        ('[podcast]\nname = "x"', "podcast.name"),
        ("[podcast]\ntitle = 3", "podcast.title"),
        ('[podcast]\ncategory = "health & fitness"', "podcast.category"),
        ('[podcast]\nexplicit = "no"', "podcast.explicit"),
        ('[article.blood.podcast]\ntitle = "x"', "article.blood.podcast"),
        ("podcast = 3", "podcast"),
    ],
)
def test_what_makes_no_sense_of_a_podcast(folder: Path, toml: str, named: str) -> None:
    assert f"“{named}”" in refused(folder, toml)


def test_every_option_has_an_origin(folder: Path) -> None:
    origins = resolve(folder, "").origins
    assert set(origins) == set(option_names())
    assert set(origins.values()) == {"the default"}


def test_the_nearest_file_is_the_project(folder: Path, tmp_path: Path) -> None:
    (folder / "articles" / "reader.toml").write_text("pace = 2", encoding="utf-8")
    resolved = resolve(folder, "pace = 3")
    assert resolved.settings.pace == 2.0
    project = Project.of(folder / "articles" / "blood.md")
    assert project.root == folder / "articles"


def test_without_a_file_everything_is_the_default(tmp_path: Path) -> None:
    project = Project(None)
    assert project.root is None
    assert project.resolve().settings == Settings()


def test_paths_count_from_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "articles")
    settings = resolve(folder, 'output = "packs"\nlocales = "po"').settings
    assert (settings.output, settings.locales) == (str(folder / "packs"), str(folder / "po"))
    absolute = folder.parent / "elsewhere"
    assert resolve(folder, f"output = '{absolute}'").settings.output == str(absolute)
    assert resolve(folder, 'output = "packs"', output="here").settings.output == "here"
    assert resolve(folder, "").settings.output == "audio"


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_utf_8_with_and_without_a_mark(folder: Path, bom: bytes) -> None:
    (folder / "reader.toml").write_bytes(bom + 'voice = "ñ"\r\npace = 2\r\n'.encode())
    settings = Project.of(folder / "articles" / "blood.md").resolve().settings
    assert (settings.voice, settings.pace) == (("ñ",), 2.0)


@pytest.mark.parametrize(
    ("toml", "key"),
    [
        ("pase = 1.0", "pase"),
        ("[language.es]\npase = 1.0", "language.es.pase"),
        ("[article.blood]\npase = 1.0", "article.blood.pase"),
        ("[pauses]\nsentance = 3", "pauses.sentance"),
        ("[article.blood.pauses]\nsentance = 3", "article.blood.pauses.sentance"),
        ("pauses = 3", "pauses"),
        ("[project]\npace = 1.0", "project"),
    ],
)
def test_unknown_keys_are_named_and_the_known_ones_too(folder: Path, toml: str, key: str) -> None:
    problem = refused(folder, toml)
    assert problem.startswith(f"“{key}” is not an option; ")
    assert all(name in problem for name in option_names())


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        ('pace = "fast"', "“pace” must be a number."),
        ("pace = true", "“pace” must be a number."),
        ("pace = 9", "“pace” must lie between 0.5 and 3.0."),
        ("pace = nan", "“pace” must lie between 0.5 and 3.0."),
        ("strict = 1", "“strict” must be true or false."),
        ("workers = 1.5", "“workers” must be a whole number."),
        ("workers = true", "“workers” must be a whole number."),
        ("workers = -1", "“workers” must lie between 0 and 1024."),
        ("cache_size = 3", "“cache_size” must be a text."),
        *(
            (f'cache_size = "{size}"', "“cache_size” must be a size, such as 500 MB or 10 GB, or 0.")
            for size in ("", "much", "-1", "1 PB", "1e9", "10 GB more")
        ),
        ('[language.es]\ncache = "x"', "“language.es.cache” can be set for the whole project only."),
        ("voice = 3", "“voice” must be a list of texts."),
        ('languages = "es"', "“languages” must be a list of texts."),
        ("languages = [1]", "“languages” must be a list of texts."),
        ('glossary = "middle"', "“glossary” must be one of: end, inline, both, only, or off."),
        (
            '[language.es]\nglossary = "middle"',
            "“language.es.glossary” must be one of: end, inline, both, only, or off.",
        ),
        ("[pauses]\nsentence = -1", "“pauses.sentence” must be milliseconds, 0 to 60000."),
        ("[pauses]\nsentence = 1.5", "“pauses.sentence” must be milliseconds, 0 to 60000."),
        ("[pauses]\nsentence = true", "“pauses.sentence” must be milliseconds, 0 to 60000."),
        ('languages = ["en", "klingonish"]', "“klingonish” is not a known language."),
        ('source_language = "klingonish"', "“klingonish” is not a known language."),
        ("[language.klingonish]\npace = 1", "“klingonish” is not a known language."),
        ("language = 3", "“language” must hold tables, such as [language.es]."),
        ("article.blood = 3", "“article” must hold tables, such as [article.es]."),
    ],
)
def test_values_that_make_no_sense(folder: Path, toml: str, problem: str) -> None:
    assert refused(folder, toml) == problem


def test_toml_that_is_none(folder: Path) -> None:
    assert "line 1" in refused(folder, "pace = = 1")
    (folder / "reader.toml").write_bytes(b'voice = "\xf1"')
    with pytest.raises(UsageError, match="is not valid TOML"):
        Project.of(folder / "articles" / "blood.md")


def test_what_a_program_gives_is_held_to_the_same_bounds() -> None:
    for given_values in ({"pace": 9}, {"glossary": "middle"}, {"pase": 1}, {"languages": ["klingonish"]}):
        with pytest.raises(UsageError):
            Project(None).resolve(given=given_values)


@given(st.dictionaries(st.sampled_from([each.name for each in fields(Pauses)]), st.integers(0, 60_000)))
def test_given_pauses_are_kept_and_others_are_the_default(pauses: dict[str, int]) -> None:
    resolved = Project(None).resolve(given={f"pauses.{name}": value for name, value in pauses.items()})
    assert resolved.settings.pauses == Pauses(**pauses)


def test_a_region_takes_what_is_set_for_its_language(tmp_path: Path) -> None:
    (tmp_path / "reader.toml").write_text(
        "[language.es]\npace = 0.9\nvoice = 'espeak'\n[language.es-MX]\npace = 1.1\n", encoding="utf-8"
    )
    project = Project(tmp_path / "reader.toml")
    settings = project.resolve(language="es-MX").settings
    assert (settings.pace, settings.voice) == (1.1, ("espeak",))
    assert project.resolve(language="es").settings.pace == 0.9


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        ("0", 0),
        ("500 MB", 500_000_000),
        ("1.5GB", 1_500_000_000),
        ("2t", 2 * 10**12),
        ("7 kB", 7000),
    ],
)
def test_sizes(size: str, wanted: int) -> None:
    assert Project(None).resolve(given={"cache_size": size}).settings.cache_bytes == wanted


def test_the_size_of_the_cache_by_the_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "reader.toml").write_text('cache_size = "1 GB"\n')
    project = Project(folder / "reader.toml")
    assert project.resolve().settings.cache_bytes == 10**9
    monkeypatch.setenv("READER_CACHE_SIZE", "2 GB")
    resolved = project.resolve()
    assert (resolved.settings.cache_bytes, resolved.origins["cache_size"]) == (2 * 10**9, "READER_CACHE_SIZE")
    assert project.resolve(given={"cache_size": "3 GB"}).settings.cache_bytes == 3 * 10**9
    monkeypatch.setenv("READER_CACHE_SIZE", "much")
    with pytest.raises(UsageError, match="READER_CACHE_SIZE"):
        project.resolve()


@pytest.mark.parametrize("place", ["s3://bucket/cache", "memory://cache"])
def test_a_shared_cache_counts_from_the_file_unless_it_is_a_url(folder: Path, place: str) -> None:
    file = folder / "reader.toml"
    file.write_text(f'cache = "{place}"\n')
    assert Project(file).resolve().settings.cache == place
    file.write_text('cache = "shared"\n')
    assert Project(file).resolve().settings.cache == str(folder / "shared")
