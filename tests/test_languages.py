from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import langcodes
import pytest
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st

from reader import assets, languages
from reader.errors import UsageError


@pytest.mark.parametrize(
    ("given_as", "standard"),
    [
        ("ES", "es"), ("pt_BR", "pt-BR"), ("zh-cn", "zh-CN"), ("zh-hans", "zh-Hans"), (" fr ", "fr"),
        ("iw", "he"), ("cmn", "zh"), ("cmn-Hant", "zh-Hant"), ("arb", "ar"), ("yue", "yue"), ("nb", "nb"),
        ("es-419", "es-419"), ("en-Latn-US", "en-US"), ("tl", "fil"),
    ],
)  # fmt: skip
def test_tags_are_brought_into_their_standard_form(given_as: str, standard: str) -> None:
    assert languages.standardize(given_as) == standard


@pytest.mark.parametrize(
    "nonsense", ["", "C", "english", "xx", "zzz", "und", "mul", "x-mine", "es_", "a" * 300]
)
def test_nonsense_is_refused_in_one_clear_sentence(nonsense: str) -> None:
    with pytest.raises(UsageError) as caught:
        languages.standardize(nonsense)
    assert f"“{nonsense}” is not a known language." in str(caught.value)


@pytest.mark.parametrize(
    ("tag", "order"),
    [
        ("es-MX", "es-MX es-419 es"),
        ("es-ES", "es-ES es"),
        ("zh-CN", "zh-CN zh-Hans-CN zh-Hans zh"),
        ("zh-TW", "zh-TW zh-Hant-TW zh-Hant"),
        ("zh-HK", "zh-HK zh-Hant-HK zh-Hant"),
        ("zh-MO", "zh-MO zh-Hant-MO zh-Hant-HK zh-HK zh-Hant"),
        ("pt-PT", "pt-PT pt"),
        ("pt-AO", "pt-AO pt-PT pt"),
        ("en-GB", "en-GB en-001 en"),
        ("sr-ME", "sr-ME sr-Latn-ME sr-Latn"),
        ("nb", "nb nb-NO no"),
        ("ht", "ht ht-HT"),
        ("ca-valencia", "ca-valencia ca"),
        ("en-x-clinic", "en-x-clinic en"),
        ("tlh", "tlh"),
    ],
)
def test_search_order(tag: str, order: str) -> None:
    assert languages.fallbacks(tag) == tuple(order.split())


@pytest.mark.parametrize(
    ("asked", "accepted"),
    [("pt", "pt-BR"), ("zh", "zh-Hans"), ("zh", "zh-CN"), ("zh-CN", "zh-Hans"), ("zh-Hans", "zh"),
     ("zh-SG", "zh-Hans"), ("zh-Hant", "zh-TW"), ("es", "es-ES"), ("no", "nb"), ("sr", "sr-Cyrl")],
)  # fmt: skip
def test_what_stands_in(asked: str, accepted: str) -> None:
    assert accepted in languages.fallbacks(asked)


@pytest.mark.parametrize(
    ("asked", "refused"),
    [("pt-PT", "pt-BR"), ("zh-Hant", "zh-Hans"), ("zh-TW", "zh"), ("zh-HK", "zh"), ("zh", "zh-Hant"),
     ("sr-Latn", "sr"), ("hi-Latn", "en-IN"), ("ht", "fr"), ("es-MX", "es-ES"), ("az-Cyrl", "az"),
     ("nb", "nn"), ("es", "es-MX")],
)  # fmt: skip
def test_what_does_not(asked: str, refused: str) -> None:
    assert refused not in languages.fallbacks(asked)


CLDR = st.sampled_from(
    ["en", "es", "zh", "sr", "pa", "uz", "az", "pt", "nb", "nn", "yue", "hi", "ks", "tlh", "qaa"]
)
SCRIPTS = st.sampled_from(["", "Latn", "Cyrl", "Hans", "Hant", "Arab", "Deva"])
REGIONS = st.sampled_from(["", "US", "MX", "TW", "CN", "419", "001", "PK", "RS", "ME", "AQ"])


@given(CLDR, SCRIPTS, REGIONS)
def test_no_search_order_crosses_scripts_or_repeats_itself(language: str, script: str, region: str) -> None:
    tag = "-".join(filter(None, (language, script, region)))
    order = languages.fallbacks(tag)
    assert order[0] == languages.standardize(tag)
    assert len(set(order)) == len(order)
    assert len({languages.script(each) for each in order}) == 1


@given(st.text(max_size=12) | st.from_regex(r"[a-z]{2,3}([-_][A-Za-z0-9]{1,8}){0,4}", fullmatch=True))
def test_whatever_is_given_is_understood_or_refused(tag: str) -> None:
    try:
        standard = languages.standardize(tag)
    except UsageError:
        return
    assert languages.standardize(standard) == standard
    assert languages.fallbacks(standard)[0] == standard
    assert languages.display_name(standard)
    assert len(languages.iso639_2(standard)) == 3


@pytest.mark.parametrize(
    ("name", "tag"),
    [("pt_BR", "pt-BR"), ("zh_Hans", "zh-Hans"), ("es_MX.UTF-8", "es-MX"), ("sr@latin", "sr-Latn"),
     ("sr_RS@latin", "sr-Latn-RS"), ("ca_ES.utf8@valencia", "ca-ES-valencia"), ("de_DE@euro", "de-DE")],
)  # fmt: skip
def test_posix_names_are_understood(name: str, tag: str) -> None:
    assert languages.from_posix(name) == tag


@pytest.mark.parametrize("tag", ["pt-BR", "zh-Hans", "es-419", "en"])
def test_folders_are_named_as_gettext_does(tag: str) -> None:
    assert languages.to_posix(tag) == tag.replace("-", "_")
    assert languages.from_posix(languages.to_posix(tag)) == tag


@pytest.mark.parametrize(
    ("tag", "display", "name"),
    [("es", "en", "Spanish"), ("es", "fr", "espagnol"), ("zh-Hant", "en", "Chinese (Traditional)"),
     ("es", "es-MX", "español"), ("tlh", "en", "Klingon"), ("es", "tlh", "Spanish"), ("aaq", "en", "aaq")],
)  # fmt: skip
def test_names_come_from_cldr(tag: str, display: str, name: str) -> None:
    assert languages.display_name(tag, display) == name


@pytest.mark.parametrize(
    ("tag", "code"), [("es", "spa"), ("fr-CA", "fra"), ("zh-Hans", "zho"), ("tlh", "tlh"), ("de", "deu")]
)
def test_iso639_2(tag: str, code: str) -> None:
    assert languages.iso639_2(tag) == code


@pytest.mark.parametrize(("tag", "script"), [("es", "Latn"), ("ru", "Cyrl"), ("zh-TW", "Hant"), ("qaa", "")])
def test_script(tag: str, script: str) -> None:
    assert languages.script(tag) == script


def test_importing_it_imports_neither_babel_nor_langcodes() -> None:
    code = "import sys, reader.languages, reader.messages; print({'babel', 'langcodes'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


def test_usual_tags_of_cldr_are_standard_as_they_are() -> None:
    # `standardize` gives them back without a look into the registry: it must come to the same.
    usual = [
        tag
        for name in locale_identifiers()
        if re.fullmatch("[a-z]{2}(-([A-Z]{2}|[0-9]{3}))?", tag := name.replace("_", "-"))
    ]
    assert len(usual) > 500
    for tag in usual:
        assert languages.standardize(tag) == langcodes.standardize_tag(tag) == tag
        assert langcodes.tag_is_valid(tag)


def test_scripts_that_go_without_saying_are_those_of_the_registry() -> None:
    regions: dict[str, set[str]] = {}
    for name in locale_identifiers():
        language, *others = name.split("_")
        if len(others) == 1 and len(others[0]) != 4:
            regions.setdefault(language, {""}).add(f"-{others[0]}")
    scripts = {script for _language, script in languages._UNSAID} | {"Hans", "Hant"}
    # `_usual` shortens them without a look into the registry: it must come to the same.
    tags = [
        f"{language}-{script}{region}"
        for language in regions
        for script in scripts
        for region in regions[language]
    ]
    assert len(tags) > 5000
    for tag in tags:
        assert not languages._usual(tag) or languages._usual(tag) == langcodes.standardize_tag(tag) != tag


def test_files_are_read_whatever_they_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "locales_dir", lambda: tmp_path)
    (tmp_path / "es").mkdir()
    (tmp_path / "es" / "speech.toml").write_bytes(b"ma\xf1ana")  # not UTF-8: it is told elsewhere
    first = languages.files("es-MX", "speech.toml")
    assert first[:-1] == [""] * (len(languages.fallbacks("es-MX")) - 1)
    (tmp_path / "es" / "speech.toml").write_bytes(b"ma\xf2ana")
    assert languages.files("es-MX", "speech.toml") != first


def test_codes_of_id3_are_those_of_the_registry() -> None:
    tags = {name.split("_")[0] for name in locale_identifiers()} - {"root"}
    assert len(tags) > 200
    for tag in tags:
        try:
            code = langcodes.Language.get(languages.standardize(tag)).to_alpha3()
        except (LookupError, UsageError):
            continue
        assert languages.iso639_2(tag) == code, tag


@pytest.mark.parametrize("tag", ["en", "es-MX", "fr-CA", "ar", "hi", "ja", "ru"])
def test_fallbacks_of_usual_languages_do_without_the_registry(tag: str) -> None:
    code = (
        "import sys; from reader import languages; "
        f"languages.fallbacks({tag!r}); languages.iso639_2('es'); print('langcodes' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
