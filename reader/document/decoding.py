"""Bytes into text: byte order marks, UTF-8 where it fits, else the most likely older encoding.

charset-normalizer is good from a few sentences on; in a short Western text it finds too little to
tell Windows-1252 from its neighbours (``mañana`` came out as Windows-1250's ``mańana``). So a text
whose accented letters all belong to one Western language is taken for Windows-1252 first.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

import regex

from reader.document.place import error_at
from reader.errors import ArticleError
from reader.messages import _

_MARKS = (  # UTF-32 first: its little-endian mark begins with UTF-16's.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_LEGACY = [
    "cp1252", "cp1250", "iso8859_2", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "cp874", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "mac_roman",
]  # fmt: skip
"""Encodings in which texts are still found; rarer ones only win by accident."""

_WESTERN = (
    "áéíóúüñï",  # Spanish
    "àâçéèêëîïôùûüœæÿ",  # French
    "äöüßéèàêç",  # German, with its loanwords
    "áâãàçéêíóôõúü",  # Portuguese
    "àèéìíîòóùú",  # Italian
    "åäöéæøüàôòó",  # Danish, Norwegian, Swedish, Finnish
    "àçèéíïòóúü",  # Catalan
    "áéëïíóöúèêü",  # Dutch
    "áéíóúýðþæö",  # Icelandic
)
_SIGNS = frozenset("€‚ƒ„…†‡‰‹‘’“”•–—™›\xa0¡¢£¤¥¦§¨©ª«¬\xad®¯°±²³´µ¶·¸¹º»¼½¾¿×÷")

_BINARY = (b"%PDF-", b"PK\x03\x04", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"ID3", b"OggS", b"RIFF")
"""How files begin that are no text, though some of them hold no NUL early on."""

_CONTROLS = dict.fromkeys([*range(9), *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xAD, 0xFEFF, 0xFFFE, 0xFFFF])
"""Characters without any mark in print: control characters, soft hyphens, stray byte order marks."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_STRAY = 3
"""Control characters that any text may hold."""
_TERMINAL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|_\x08(?=[^\n])|(?<=[^\n_])\x08_|(?<=([^\n]))\x08\1")
"""A terminal's colours, underlined letters (``_`` struck over) and bold ones (struck twice)."""
_MARKS_ON_ONE = regex.compile(r"\p{M}{30}")
_ENDS = re.compile(r"[ \n\r.,\u3001\u3002\uff0c]")
"""What parts words, sentences and lines, in most scripts."""


def decode(data: bytes, file: str) -> str:
    r"""The text of a file: NFC, lines ended by ``\n`` alone, characters that print nothing removed.

    Raises:
        ArticleError: the file is binary, damaged, or in no encoding that we know.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return _clean(data.decode(encoding), file)
            except UnicodeDecodeError as error:
                raise _damaged(data, error.start, encoding, file) from error
    if data.startswith(_BINARY):
        raise _binary(file)
    if b"\0" in data and (text := _unmarked_utf16(data)) is not None:
        return _clean(text, file)
    if re.search(rb"\x1b\$[@B]", data):
        try:
            return _clean(data.decode("iso2022_jp"), file)
        except UnicodeDecodeError:
            pass  # Other escapes, or a damaged file.
    try:
        return _clean(data.decode("utf-8"), file)
    except UnicodeDecodeError as error:
        if _mostly_utf8(data):
            raise _damaged(data, error.start, "utf-8", file) from error
    _refuse_binary(data.decode("latin-1"), file)  # Before anybody looks for its language.
    western = _western(data)
    return _clean(_guess(data, file) if western is None else western, file)


def clean(text: str) -> str:
    """NFC without the characters that print nothing."""
    return unicodedata.normalize("NFC", _apart(text)).translate(_CONTROLS)


def _apart(text: str) -> str:
    """The text with a joiner, which shows nothing, in each run of absurdly many marks on one character.

    To bring marks into their order takes the square of their number (Unicode's Stream-Safe Text Format,
    UAX #15, section 13).
    """
    return text if text.isascii() else _MARKS_ON_ONE.sub("\\g<0>\u034f", text)


def _clean(text: str, file: str) -> str:
    text = re.sub(r"\r\n|[\r\f\v\x85\u2028\u2029]", "\n", _TERMINAL.sub("", text))
    _refuse_binary(text, file)
    return clean(text)


def _refuse_binary(text: str, file: str) -> None:
    """Bear with a few stray control characters, which print nothing; no text is full of them."""
    controls = len(_CONTROL.findall(text))
    if (controls > _STRAY and controls * 100 > len(text)) or controls * 4 > len(text):
        first = _CONTROL.search(text)
        raise _binary(file, text.count("\n", 0, first.start()) + 1 if first else 1)


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a byte order mark, in the order that gives more ends of words and lines."""
    best: str | None = None
    most = 0
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        ends = len(_ENDS.findall(text))
        odd = sum(unicodedata.category(character) in ("Cc", "Cn", "Co") for character in text) - len(
            re.findall(r"[\t\n\f\r]", text)
        )
        if ends > most and odd * 50 <= len(text):
            best, most = text, ends
    return best


def _mostly_utf8(data: bytes) -> bool:
    """Whether a file that is not valid UTF-8 was meant to be: a damaged one, not an older encoding."""
    whole = len(
        re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}", data)
    )
    # Every byte that is replaced shows as U+FFFD.
    broken = data.decode("utf-8", "replace").count("\ufffd")
    return whole >= 10 * broken


def _western(data: bytes) -> str | None:
    """The text in Windows-1252, if its accented letters are those of one Western language."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    if re.search(r"[^\W\d_][¿¡]|[^\W\d_][¹²³][^\W\d_]|[a-zß-ÿ][À-Þ][a-zß-ÿ]", text):
        return None  # Polish and Turkish letters show as these.
    letters = [character for character in text if character.isalpha() and character not in _SIGNS]
    accented = {character.lower() for character in letters if not character.isascii()}
    count = sum(1 for character in letters if not character.isascii())
    if count * 3 > len(letters):
        return None
    if accented & set("ýðþ") and accented <= set("ýðþçöüâîû"):
        return data.decode("cp1254")  # Turkish ı, ğ and ş stand in the place of Icelandic letters.
    return text if any(accented <= set(alphabet) for alphabet in _WESTERN) else None


def _guess(data: bytes, file: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_LEGACY).best()
    if best is None:
        raise ArticleError(
            _("The encoding of this file is not known."),
            where=file,
            advice=_("Save it as UTF-8 and try again."),
        )
    return str(best)


def _damaged(data: bytes, position: int, encoding: str, file: str) -> ArticleError:
    # In UTF-16 and UTF-32 a line feed is one byte among NULs.
    return error_at(
        file,
        data.count(b"\n", 0, position) + 1,
        _("This line is damaged: it is not valid {encoding}.").format(encoding=encoding.upper()),
        _("Save the file as UTF-8 and try again."),
    )


def _binary(file: str, line: int = 1) -> ArticleError:
    problem, advice = (
        _("This is not a text file."),
        _("Give an EPUB, DOCX, HTML, Markdown or plain text file."),
    )
    # What is no text from its first line on has no lines.
    return (
        error_at(file, line, problem, advice)
        if line > 1
        else ArticleError(problem, where=file, advice=advice)
    )
