"""Where the catalogs of an article are, nearest first, and where its project keeps them.

Read: `--locales DIR`; `locales/` beside the article and in its parents up to the folder with
`reader.toml`; the package's own. Without a `reader.toml`, parents are strangers' folders: then only
beside the article, and beside `articles/` if that is the folder it lies in. Written: the
project's own only.
"""

from __future__ import annotations

from collections.abc import Iterator
from glob import escape
from pathlib import Path

from reader import assets, languages
from reader.document.model import Document
from reader.errors import UsageError
from reader.localize import po
from reader.localize.catalog import check_article
from reader.messages import _

SETTINGS = "reader.toml"


def project_root(article: Path) -> Path | None:
    """The nearest folder above the article that holds a `reader.toml`, or None."""
    for folder in article.absolute().parents:
        if (folder / SETTINGS).is_file():
            return folder
    return None


def near(article: Path) -> Iterator[Path]:
    """The folders of catalogs that a project may have, nearest first; they need not exist."""
    folder = article.absolute().parent
    root = project_root(article)
    if root is not None:
        for parent in (folder, *folder.parents):
            yield parent / "locales"
            if parent == root:
                return
    yield folder / "locales"
    if folder.name == "articles":
        yield folder.parent / "locales"


def folders(article: Path, locales: Path | None = None) -> list[Path]:
    """The existing folders in which an article's catalogs are searched, nearest first.

    Raises:
        UsageError: `locales` is not a folder.
    """
    if locales is not None and not locales.is_dir():
        raise UsageError(
            _("There is no folder “{folder}”.").format(folder=locales),
            advice=_("Name the folder that holds es/LC_MESSAGES, for example."),
        )
    named = [] if locales is None else [locales]
    found: dict[Path, Path] = {}
    for folder in [*named, *near(article), assets.locales_dir()]:
        if folder.is_dir():
            found.setdefault(folder.resolve(), folder)
    return list(found.values())


def project_folder(article: Path) -> Path:
    """Where the project's catalogs are written: beside `reader.toml`, else where they are, else beside
    the article."""
    root = project_root(article)
    if root is not None:
        return root / "locales"
    places = list(near(article))
    return next((folder for folder in places if folder.is_dir()), places[0])


def file_name(folder: Path, tag: str, article: str) -> Path:
    """The catalog of a language in a folder of catalogs."""
    return folder / languages.to_posix(tag) / "LC_MESSAGES" / f"{article}.po"


def find(
    document: Document, tags: tuple[str, ...], locales: Path | None = None
) -> list[tuple[str, po.PoCatalog]]:
    """(language, catalog) in the order in which messages are looked up: by language, then nearest first.

    Raises:
        CatalogError: a catalog is broken, or was made for another article.
        UsageError: `locales` is not a folder.
    """
    found = []
    places = folders(Path(document.file or document.id), locales)
    for tag in tags:
        for folder in places:
            path = file_name(folder, tag, document.id)
            if path.is_file():
                catalog = po.read(path, name=shown(path))
                check_article(catalog, document.id)
                found.append((tag, catalog))
    return found


def available(document: Document, locales: Path | None = None) -> list[str]:
    """The article's own language, and those for which it has a catalog, in the order of their names.

    Raises:
        UsageError: `locales` is not a folder.
    """
    own = languages.standardize(document.source_language or document.language)
    places = folders(Path(document.file or document.id), locales)
    found = {tag for folder in places for tag in languages_in(folder, document.id)}
    return [own, *sorted(found - {own})]


def languages_in(folder: Path, article: str) -> list[str]:
    """BCP 47 tags of the languages for which a folder of catalogs holds one of an article."""
    names = (path.parent.parent.name for path in folder.glob(f"*/LC_MESSAGES/{escape(article)}.po"))
    return sorted(languages.from_posix(name) for name in names if _is_language(name))


def _is_language(name: str) -> bool:
    try:
        languages.from_posix(name)
    except UsageError:
        return False
    return True


def shown(path: Path) -> str:
    """A path as the user would write it: from the current folder if it lies below that."""
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)
