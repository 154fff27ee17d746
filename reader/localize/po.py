"""PO files: strict reading, and writing as the gettext tools write them.

Babel parses; but it reads some garbage without a word (text outside quotes, a message twice), and
it drops headers that it does not know. Both are mended here.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser, denormalize, normalize
from babel.util import TextWrapper

from reader.document.place import contents, shown
from reader.errors import CatalogError
from reader.messages import _

_WIDTH = 76

_LINE = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr(?:\[)?)(?:\d+\])?\s+)?"(?:[^"\\]|\\.)*"')
_AFTER = {
    "msgctxt": ("", "msgstr", "msgstr["),
    "msgid": ("", "msgctxt", "msgstr", "msgstr["),
    "msgid_plural": ("msgid",),
    "msgstr": ("msgid",),
    "msgstr[": ("msgid_plural", "msgstr["),
}
"""After which keywords each may stand; the empty one is the start of the file."""

_CHARSET = re.compile(rb"charset=([\w.:-]+)")


class PoCatalog(Catalog):
    """A Babel catalog that keeps every header, in order, and the comment above them."""

    def __init__(self) -> None:
        super().__init__(charset="utf-8", fuzzy=False)
        self.headers: dict[str, str] = {}
        """As in the file; `render` writes these and no others."""
        self.comment: list[str] = []
        """Lines above the headers, without ``#``."""
        self.file: str = ""
        """Where it was read, as the user would name it; empty if it is new."""

    def __setitem__(self, id: Any, message: Message) -> None:  # noqa: A002 (Babel's name)
        if not id:
            header = str(message.string)
            self.headers = dict(_header_line(line) for line in header.splitlines() if line.strip())
            self.comment = message.user_comments
            plural = self.headers.get("Plural-Forms")
            if plural:
                self.mime_headers = [("Plural-Forms", plural)]
            return
        if super().get(id, message.context) is not None:
            raise PoFileError("duplicate message", self, "", (message.lineno or 1) - 1)
        _take_previous(message)
        if "X-Article-Id" in self.headers:
            # An article that says "100% safe" is no format string, whatever Babel guesses.
            message.flags -= {"python-format", "python-brace-format"}
        super().__setitem__(id, message)

    def messages(self) -> Iterator[Message]:
        """Its messages in order, the header left out."""
        return (message for message in self if message.id)


def _header_line(line: str) -> tuple[str, str]:
    name, _colon, value = line.partition(":")
    return name.strip(), value.strip()


def _take_previous(message: Message) -> None:
    """Babel takes ``#|`` lines for a translator's comments: make them the previous msgid again."""
    previous = [line[1:].strip() for line in message.user_comments if line.startswith("|")]
    if previous:
        message.user_comments = [line for line in message.user_comments if not line.startswith("|")]
        start = next((n for n, line in enumerate(previous) if line.startswith("msgid ")), None)
        if start is not None:
            message.previous_id = [denormalize("\n".join([previous[start][6:], *previous[start + 1 :]]))]


def where(file: str, line: int) -> str:
    """The place of an error in a catalog, as errors name it."""
    return _("{file}, line {line}").format(file=file, line=line)


def read(path: Path, *, name: str = "") -> PoCatalog:
    """Read a PO file; `name` is how errors call it (default: the path).

    Raises:
        CatalogError: it cannot be read, is no file or too large, or something in it is not PO; names
            file and line.
    """
    name = shown(name or str(path))
    try:
        data = contents(path, CatalogError, name)
    except OSError as error:
        raise CatalogError(
            _("The catalog cannot be read: {reason}.").format(reason=error.strerror), where=name
        ) from error
    lines = _decode(data, name).split("\n")
    _check(lines, name)
    catalog = PoCatalog()
    catalog.file = name
    try:
        # Babel does not know "#~|", the former msgid of an obsolete message.
        PoFileParser(catalog, abort_invalid=True).parse(
            "" if line.lstrip().startswith("#~|") else line for line in lines
        )
    except PoFileError as error:
        raise CatalogError(
            _("The catalog is broken here."), where=where(name, error.lineno + 1), advice=_advice()
        ) from error
    except (ValueError, IndexError, SyntaxError) as error:
        raise CatalogError(_("The catalog is broken."), where=name, advice=_advice()) from error
    return catalog


def _decode(data: bytes, name: str) -> str:
    named = _CHARSET.search(data)
    charset = named[1].decode() if named and named[1] != b"CHARSET" else "utf-8"
    try:
        return data.removeprefix(b"\xef\xbb\xbf").decode(charset)
    except LookupError as error:
        raise CatalogError(
            _("The catalog names an unknown encoding, {charset}.").format(charset=charset),
            where=name,
            advice=_("Save it as UTF-8."),
        ) from error
    except UnicodeDecodeError as error:
        raise CatalogError(
            _("The catalog is not valid {charset} here.").format(charset=charset),
            where=where(name, error.object.count(b"\n", 0, error.start) + 1),
            advice=_("Save it as UTF-8."),
        ) from error


def _check(lines: list[str], name: str) -> None:
    """Refuse every line that is neither comment nor keyword nor string, and keywords out of order."""
    last = {"": "", "#~": ""}  # The last keyword, among live and among obsolete messages ...
    at = {"": 0, "#~": 0}  # ... and its line.
    for number, raw in enumerate(lines, start=1):
        kind = "#~" if raw.lstrip().startswith("#~") else ""
        line = raw.strip().removeprefix(kind).strip()
        if not line or line.startswith(("#", "|")):
            continue
        match = _LINE.fullmatch(line)
        if match and match[1]:
            fits = last[kind] in _AFTER[match[1]]
            last[kind], at[kind] = match[1], number
        else:
            fits = match is not None and last[kind] != ""
        if not fits:
            raise CatalogError(_("The catalog is broken here."), where=where(name, number), advice=_advice())
    for kind, keyword in last.items():
        if keyword and not keyword.startswith("msgstr"):
            raise CatalogError(
                _("This message of the catalog has no end."), where=where(name, at[kind]), advice=_advice()
            )


def _advice() -> str:
    return _("Correct the file, or restore an earlier one.")


def render(catalog: PoCatalog) -> str:
    """The catalog as text: wrapped at 76, in the template's order, obsolete messages last."""
    header = "".join(f"{name}: {value}\n" for name, value in catalog.headers.items())
    lines = [f"# {line}".rstrip() for line in catalog.comment]
    lines += ['msgid ""', f"msgstr {normalize(header, width=_WIDTH)}", ""]
    for message in catalog.messages():
        lines += [*_comments(message), *_entry(message, ""), ""]
    for message in catalog.obsolete.values():
        lines += [*_wrapped("# ", message.user_comments), *_entry(message, "#~ "), ""]
    return "\n".join(lines)


def _comments(message: Message) -> Iterator[str]:
    yield from _wrapped("# ", message.user_comments)
    yield from _wrapped("#. ", message.auto_comments)
    places = dict.fromkeys(_place(file, line) for file, line in message.locations)
    yield from _wrapped("#: ", [" ".join(places)])
    if message.flags:
        yield "#, " + ", ".join(sorted(message.flags))
    if message.fuzzy and message.previous_id:
        yield "#| msgid " + normalize(message.previous_id[0], width=_WIDTH - 3).replace("\n", "\n#| ")


def _place(file: str, line: int | None) -> str:
    if re.search(r"\s", file):
        file = f"\u2068{file}\u2069"  # gettext's own way to write a name with spaces
    return f"{file}:{line}" if line else file


def _wrapped(prefix: str, comments: list[str]) -> Iterator[str]:
    wrapper = TextWrapper(width=_WIDTH, break_long_words=False)
    for comment in comments:
        for line in wrapper.wrap(comment) or ([""] if prefix == "# " else []):
            yield (prefix + line.strip()).rstrip()


def _entry(message: Message, prefix: str) -> Iterator[str]:
    def line(keyword: str, string: str) -> str:
        return f"{prefix}{keyword} {normalize(string, prefix=prefix, width=_WIDTH)}"

    if message.context:
        yield line("msgctxt", message.context)
    if isinstance(message.id, (tuple, list)):
        yield line("msgid", message.id[0])
        yield line("msgid_plural", message.id[1])
        for index, string in enumerate(message.string or ("", "")):
            yield line(f"msgstr[{index}]", string)
    else:
        yield line("msgid", message.id)
        yield line("msgstr", str(message.string or ""))


def write(path: Path, text: str) -> bool:
    """Write atomically, as UTF-8 with LF; False if that very text was there already.

    Raises:
        OSError: it cannot be written.
    """
    data = text.encode()
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink()
        raise
    return True


def at_line(catalog: PoCatalog, path: Path, line: int) -> Message | None:
    """The message whose entry holds a line of the catalog's file, comments included; None: there is none.

    Raises:
        OSError: the file cannot be read.
    """
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    if not 1 <= line <= len(lines):
        return None
    # Entries are divided by empty lines.
    first = next((at for at in range(line, 0, -1) if not lines[at - 1].strip()), 0) + 1
    last = next((at for at in range(line, len(lines) + 1) if not lines[at - 1].strip()), len(lines) + 1) - 1
    inside = [each for each in catalog.messages() if first <= (each.lineno or 0) <= last]
    before = [each for each in inside if (each.lineno or 0) <= line]
    if before:
        return before[-1]
    return inside[0] if inside else None
