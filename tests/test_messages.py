from __future__ import annotations

import gettext
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest

from reader import assets, messages
from reader.errors import CatalogError

HEADER = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPOT-Creation-Date: 2026-01-01 00:00+0000\\n'
)
SPANISH = (
    HEADER
    + """Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Stop"
msgstr "Alto"

msgctxt "music"
msgid "Stop"
msgstr "Registro"

msgid "{n} chapter"
msgid_plural "{n} chapters"
msgstr[0] "{n} capítulo"
msgstr[1] "{n} capítulos"

msgid "{n} page"
msgid_plural "{n} pages"
msgstr[0] "{n} página"
msgstr[1] ""

#, fuzzy
msgid "Go"
msgstr "Borroso"

msgid "Empty"
msgstr ""
"""
)
POLISH = (
    HEADER
    + """Plural-Forms: nplurals=3; "
"plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

msgid "{n} chapter"
msgid_plural "{n} chapters"
msgstr[0] "{n} rozdział"
msgstr[1] "{n} rozdziały"
msgstr[2] "{n} rozdziałów"
"""
)

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Writes catalogs into a folder that stands for the package's `locales`."""
    monkeypatch.setattr(assets, "locales_dir", lambda: tmp_path / "locales")

    def write(folder: str, text: str) -> Path:
        path = tmp_path / "locales" / folder / "LC_MESSAGES" / "reader.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        messages.phrases.cache_clear()
        return path

    messages.set_ui_language(None)
    yield write
    messages.set_ui_language(None)
    messages.phrases.cache_clear()


def test_phrases_come_in_the_listeners_language(write: Write) -> None:
    write("es", SPANISH)
    spanish = messages.phrases("es-MX")
    assert spanish.gettext("Stop") == "Alto"
    assert spanish.pgettext("music", "Stop") == "Registro"
    assert [spanish.ngettext("{n} chapter", "{n} chapters", n) for n in (0, 1, 2)] == [
        "{n} capítulos", "{n} capítulo", "{n} capítulos",
    ]  # fmt: skip
    assert spanish.language_of("Stop") == "es"
    assert spanish.language_of("Stop", context="music") == "es"
    assert spanish.language_of("{n} chapter", plural="{n} chapters") == "es"


@pytest.mark.parametrize("message", ["Go", "Empty", "Nowhere"])
def test_what_is_untranslated_is_english_and_says_so(write: Write, message: str) -> None:
    write("es", SPANISH)
    spanish = messages.phrases("es")
    assert spanish.gettext(message) == message
    assert spanish.language_of(message) == "en"


def test_a_plural_that_is_half_translated_is_not_used(write: Write) -> None:
    write("es", SPANISH)
    spanish = messages.phrases("es")
    assert [spanish.ngettext("{n} page", "{n} pages", n) for n in (1, 2)] == ["{n} page", "{n} pages"]
    assert spanish.language_of("{n} page", plural="{n} pages") == "en"


def test_each_language_has_its_own_plural_rule(write: Write) -> None:
    write("pl", POLISH)
    polish = messages.phrases("pl")
    forms = [polish.ngettext("{n} chapter", "{n} chapters", n).split()[1] for n in (1, 2, 5, 12, 22)]
    assert forms == ["rozdział", "rozdziały", "rozdziałów", "rozdziałów", "rozdziały"]


def test_each_phrase_falls_back_alone(write: Write) -> None:
    write("es", SPANISH)
    write("es_MX", HEADER + '"\n\nmsgid "Stop"\nmsgstr "Alto ahí"\n')
    mexican = messages.phrases("es-MX")
    assert (mexican.gettext("Stop"), mexican.language_of("Stop")) == ("Alto ahí", "es-MX")
    assert mexican.language_of("{n} chapter", plural="{n} chapters") == "es"


def test_english_of_any_kind_is_the_code(write: Write) -> None:
    write("es", SPANISH)
    assert messages.phrases("en-GB").gettext("Stop") == "Stop"
    assert messages.phrases("en-GB").language_of("Stop") == "en-GB"


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LANG": "es_ES.UTF-8"}, "Alto"),
        ({"LANG": "es"}, "Alto"),
        ({"LANG": "fr_FR.UTF-8"}, "Stop"),
        ({"LANG": "es_ES.UTF-8", "LC_ALL": "C"}, "Stop"),
        ({"LANG": "C", "LC_MESSAGES": "es_ES"}, "Alto"),
        ({"LANG": "C", "LANGUAGE": "xx:fr:es_MX:en"}, "Alto"),
        ({"LANG": "es_ES", "LANGUAGE": "en:es"}, "Stop"),
        ({"LANG": "nonsense@x"}, "Stop"),
        ({}, "Stop"),
    ],
)
def test_the_user_is_spoken_to_as_gettext_decides(
    write: Write, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    write("es", SPANISH)
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    messages.set_ui_language(None)
    assert messages.gettext("Stop") == expected


def test_the_language_of_the_interface_can_be_set(write: Write) -> None:
    write("es", SPANISH)
    messages.set_ui_language("es_MX.UTF-8")
    assert messages._("Stop") == "Alto"
    assert messages.pgettext("music", "Stop") == "Registro"
    assert messages.ngettext("{n} chapter", "{n} chapters", 1) == "{n} capítulo"
    assert messages._("Empty") == "Empty"


def test_traditional_chinese_is_not_spoken_to_in_simplified(write: Write) -> None:
    write("zh_Hans", HEADER + '"\n\nmsgid "Stop"\nmsgstr "停止"\n')
    messages.set_ui_language("zh_CN.UTF-8")
    assert messages._("Stop") == "停止"
    messages.set_ui_language("zh_TW.UTF-8")
    assert messages._("Stop") == "Stop"


def test_a_catalog_is_compiled_once_and_never_stale(write: Write) -> None:
    path = write("es", SPANISH)
    folder = assets.cache_dir() / "catalogs"
    assert messages.phrases("es").gettext("Stop") == "Alto"
    (compiled,) = folder.iterdir()
    stamp = compiled.stat().st_mtime_ns
    messages.phrases.cache_clear()
    assert messages.phrases("es").gettext("Stop") == "Alto"
    assert compiled.stat().st_mtime_ns == stamp
    write("es", SPANISH.replace("Alto", "Detener"))
    (path.parent / "reader.mo").write_bytes(compiled.read_bytes())  # somebody's stale leftover
    assert messages.phrases("es").gettext("Stop") == "Detener"
    assert len(list(folder.iterdir())) == 2


def test_a_cache_that_cannot_be_written_is_no_error(
    write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write("es", SPANISH)
    (tmp_path / "file").touch()
    monkeypatch.setenv("READER_CACHE", str(tmp_path / "file" / "cache"))
    assert messages.phrases("es").gettext("Stop") == "Alto"


def test_a_damaged_compiled_catalog_is_made_again(write: Write) -> None:
    write("es", SPANISH)
    assert messages.phrases("es").gettext("Stop") == "Alto"
    (compiled,) = (assets.cache_dir() / "catalogs").iterdir()
    compiled.write_bytes(b"")
    messages.phrases.cache_clear()
    assert messages.phrases("es").gettext("Stop") == "Alto"


def test_a_broken_catalog_of_ours_spares_the_interface(write: Write) -> None:
    path = write("es", SPANISH + "\nbroken\n")
    messages.set_ui_language("es")
    assert messages._("Stop") == "Stop"
    with pytest.raises(CatalogError) as caught:
        messages.phrases("es")
    line = SPANISH.count("\n") + 2
    assert caught.value.where == f"{path}, line {line}"


def test_compiling_gives_the_same_bytes_and_leaves_nothing_else(write: Write, tmp_path: Path) -> None:
    po = write("es", SPANISH)
    (tmp_path / "out").mkdir()
    for name in ("a.mo", "b.mo"):
        messages.compile_catalog(po, tmp_path / "out" / name)
    first, second = ((tmp_path / "out" / name).read_bytes() for name in ("a.mo", "b.mo"))
    assert first == second
    assert gettext.GNUTranslations(BytesIO(first)).gettext("Stop") == "Alto"
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == ["a.mo", "b.mo"]


def test_a_compiled_catalog_is_read_without_babel(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "es" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "es" / "LC_MESSAGES" / "reader.po").write_text(SPANISH, encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from reader import assets, messages\n"
        f"assets.locales_dir = lambda: Path({str(tmp_path)!r})\n"
        "print(messages.gettext('Stop'), 'babel' in sys.modules)"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", code],
            env=environment | {"LANGUAGE": "", "LANG": "es_ES.UTF-8"},
            capture_output=True, encoding="utf-8", check=True,
        ).stdout.strip()
        for _time in range(2)
    ]  # fmt: skip
    assert said == ["Alto True", "Alto False"]


def test_the_shipped_catalogs_compile() -> None:
    shipped = sorted(assets.locales_dir().glob("*/LC_MESSAGES/reader.po"))
    assert shipped
    for path in shipped:
        messages.phrases(path.parent.parent.name)
