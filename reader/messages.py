"""Our own phrases through gettext: the user interface, and the frames spoken around an article.

`locales/<lang>/LC_MESSAGES/reader.po` is the source. A wheel carries the compiled catalog inside
the package; in a checkout it is compiled into the cache, by content hash, so that it never goes
stale. Reading is the standard library's: Babel is imported only to compile.

The user interface speaks the language of LANGUAGE, LC_ALL, LC_MESSAGES or LANG, as gettext does.
Spoken frames speak the listener's: `phrases`.
"""

from __future__ import annotations

import gettext as _gettext
import hashlib
import os
import struct
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from reader import assets
from reader.errors import CatalogError, ReaderError, UsageError

DOMAIN = "reader"

_COMPILED_FORMAT = b"1"
"""Part of a compiled catalog's hash: raise it when `compile_catalog` writes something else."""


class _Interface:
    """The language in which the user is spoken to, once it is decided."""

    translations: _gettext.NullTranslations | None = None


def gettext(message: str) -> str:
    """`message` in the user's language."""
    return _translations().gettext(message)


_ = gettext


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form for `n` things, in the user's language."""
    return _translations().ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    """`message` as it is meant in `context`, in the user's language."""
    return _translations().pgettext(context, message)


def quoted(text: str) -> str:
    """The text between the quotation marks of the user's language."""
    return _("“{text}”").format(text=text)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """`message` itself: marks a phrase that is translated later, by `phrases`."""
    return message


def ui_language() -> str:
    """BCP 47 tag of the language in which the user is spoken to."""
    return _translations().info().get("language", "en").replace("_", "-")


def set_ui_language(name: str | None) -> None:
    """Speak to the user in this language (a POSIX name such as ``es_MX``); None: decide again."""
    _Interface.translations = None if name is None else _ui_translations([name])


def _translations() -> _gettext.NullTranslations:
    if _Interface.translations is None:
        # What is said while the catalog loads is said in English.
        _Interface.translations = _gettext.NullTranslations()
        _Interface.translations = _ui_translations(_environment())
    return _Interface.translations


def _environment() -> list[str]:
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return value.split(":") if variable == "LANGUAGE" else [value]
    return []


def _ui_translations(names: list[str]) -> _gettext.NullTranslations:
    """The catalogs of the user's languages, chained; English when there is none.

    A catalog of ours that is broken must not take the error messages with it: it is passed over.
    """
    chain = _gettext.NullTranslations()
    found: list[_gettext.GNUTranslations] = []
    for name in names:
        if name.partition(".")[0].partition("_")[0] in ("C", "POSIX", "en", ""):
            break  # The phrases in the code are the English ones.
        for folder in _ui_folders(name):
            with suppress(ReaderError, OSError, ValueError):
                found += filter(None, [_load(folder)])
    for translations in reversed(found):
        translations.add_fallback(chain)
        chain = translations
    return chain


def _ui_folders(name: str) -> list[str]:
    """Folders of catalogs for a POSIX name, best first.

    Where the language alone has a catalog, as in nearly every case, this is plain gettext and
    costs nothing; the full search order, which needs Babel, is left to languages with variants.
    """
    plain = name.partition(".")[0].partition("@")[0]
    language = plain.partition("_")[0]
    variants = {folder.name for folder in assets.locales_dir().glob(f"{language}_*")}
    if variants <= {plain} and "@" not in name:
        return list(dict.fromkeys((plain, language)))
    from reader import languages

    try:
        return [languages.to_posix(tag) for tag in languages.fallbacks(languages.from_posix(name))]
    except UsageError:
        return []


@dataclass(frozen=True, slots=True)
class Phrases:
    """Our phrases in a listener's language; what it lacks comes in the next one, at last in English."""

    language: str
    """BCP 47 tag asked for."""
    catalogs: tuple[tuple[str, _gettext.GNUTranslations], ...]
    """(BCP 47 tag, catalog), nearest first; English is not among them."""

    def gettext(self, message: str) -> str:
        """`message`, best translated."""
        return self._best(lambda each: each.gettext(message), message)[1]

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The form for `n` things, by the plural rule of the language it comes in."""
        return self._best(lambda each: each.ngettext(singular, plural, n), singular if n == 1 else plural)[1]

    def pgettext(self, context: str, message: str) -> str:
        """`message` as it is meant in `context`."""
        return self._best(lambda each: each.pgettext(context, message), message)[1]

    def language_of(self, message: str, *, plural: str = "", context: str = "") -> str:
        """BCP 47 tag of the language in which `message` comes out: whose voice must say it."""
        if plural:
            return self._best(lambda each: each.ngettext(message, plural, 1), "")[0]
        if context:
            return self._best(lambda each: each.pgettext(context, message), "")[0]
        return self._best(lambda each: each.gettext(message), "")[0]

    def _best(self, ask: Callable[[_gettext.GNUTranslations], str], english: str) -> tuple[str, str]:
        for tag, catalog in self.catalogs:
            try:
                return tag, ask(catalog)
            except _Missing:
                continue
        # The English of the code serves any English that is asked for.
        return (self.language if self.language.partition("-")[0] == "en" else "en"), english


class _Missing(LookupError):
    """A catalog does not translate the message."""


class _Stop(_gettext.NullTranslations):
    """The fallback at the end of each catalog, so that a missing message shows."""

    def gettext(self, message: str) -> str:
        raise _Missing(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        raise _Missing(msgid1)

    def pgettext(self, context: str, message: str) -> str:
        raise _Missing(message)


@lru_cache(maxsize=64)
def phrases(tag: str) -> Phrases:
    """Our phrases for a listener of `tag`, searched along `languages.fallbacks`.

    Raises:
        UsageError: the tag names no known language.
        CatalogError: a catalog of ours is broken.
    """
    from reader import languages

    tag = languages.standardize(tag)
    return Phrases(tag, tuple(_chain(languages.fallbacks(tag))))


def _chain(tags: tuple[str, ...]) -> Iterator[tuple[str, _gettext.GNUTranslations]]:
    from reader import languages

    for tag in tags:
        if tag == "en":
            return
        catalog = _load(languages.to_posix(tag))
        if catalog is not None:
            catalog.add_fallback(_Stop())
            yield tag, catalog


def _load(folder: str) -> _gettext.GNUTranslations | None:
    """The catalog of one folder below `locales`, or None."""
    po = assets.locales_dir() / folder / "LC_MESSAGES" / f"{DOMAIN}.po"
    packaged = po.with_suffix(".mo")
    # Beside the package, in a checkout, a .mo is somebody's leftover and may be stale.
    if Path(__file__).resolve().parent in packaged.parents and packaged.is_file():
        return _gettext.GNUTranslations(BytesIO(packaged.read_bytes()))
    if not po.is_file():
        return None
    return _compiled(po)


def _compiled(po: Path) -> _gettext.GNUTranslations:
    """A catalog, compiled; its form is kept in the cache by content, if the cache can be written."""
    digest = hashlib.sha256(_COMPILED_FORMAT + b"\0" + po.read_bytes()).hexdigest()
    with suppress(OSError):
        mo = assets.cache_dir() / "catalogs" / f"{digest}.mo"
        # One that the disk has damaged is made again.
        with suppress(OSError, ValueError, struct.error):
            return _gettext.GNUTranslations(BytesIO(mo.read_bytes()))
        mo.parent.mkdir(parents=True, exist_ok=True)
        compile_catalog(po, mo)
        return _gettext.GNUTranslations(BytesIO(mo.read_bytes()))
    return _gettext.GNUTranslations(BytesIO(_mo_bytes(po)))


def compile_catalog(po: Path, mo: Path) -> None:
    """Compile a catalog of ours, atomically; fuzzy and incomplete messages are left out.

    Raises:
        CatalogError: the catalog is broken; says where.
        OSError: `mo` cannot be written.
    """
    data = _mo_bytes(po)
    handle, name = tempfile.mkstemp(dir=mo.parent, prefix=mo.name, suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(0o644)  # mkstemp's 0600 would travel into a wheel.
        temporary.replace(mo)
    except BaseException:
        temporary.unlink()
        raise


def _mo_bytes(po: Path) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    try:
        catalog = read_po(BytesIO(po.read_bytes()), abort_invalid=True)
    except PoFileError as error:
        raise CatalogError(
            _("This catalog of reader’s own phrases is broken."),
            where=_("{file}, line {line}").format(file=po, line=error.lineno + 1),
        ) from error
    except (ValueError, LookupError) as error:
        raise CatalogError(_("This catalog of reader’s own phrases is broken."), where=str(po)) from error
    for message in list(catalog):
        # Babel would fill an empty plural form with English.
        if message.id and message.pluralizable and not all(message.string or [""]):
            catalog.delete(message.id, message.context)
    if catalog.locale is None:
        # Babel leaves out the plural rule of a language that it does not know.
        catalog.locale = "en"
    buffer = BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()
