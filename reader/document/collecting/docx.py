"""All that a Word document shows, read with expat as a stream of tags: no tree, no styles, no importer.

Where it cannot know what is seen without what an importer knows (a field's code, an item of a menu), the
run is not `certain`. A line is the number of the paragraph in its part.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import unquote
from xml.parsers import expat

from reader.document.collecting.run import Run
from reader.document.importers.base import Source
from reader.document.importers.word.symbols import in_font, symbol
from reader.document.model import Place
from reader.document.place import error_at, shown
from reader.errors import ArticleError
from reader.messages import _

_SPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
}
_GONE = frozenset({"w:del", "w:moveFrom", "w:sdtPr"})
_SHAPES = frozenset(
    {"v:shape", "v:rect", "v:roundrect", "v:oval", "v:line", "v:polyline", "v:group", "v:arc", "v:curve"}
)
_SIGNS = frozenset({"m:chr", "m:begChr", "m:endChr", "m:sepChr"})
_LARGEST = 50 * 2**20
_CHUNK = 2**16
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(slots=True)
class _Drawing:
    """A drawing that is being read."""

    depth: int
    words: list[str] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)
    boxes: int = 0
    rule: bool = False
    own: str = ""


def collect(source: Source) -> Iterator[Run]:
    """The runs of a Word document: its text, then notes, comments, page headers and footers.

    Raises:
        ArticleError: it is no archive, or a part is missing, too large, or not well-formed.
    """
    try:
        with zipfile.ZipFile(BytesIO(source.data)) as archive:
            yield from _Parts(archive, source.file).runs()
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise ArticleError(_("This archive is damaged."), where=source.file) from error


class _Parts:
    def __init__(self, archive: zipfile.ZipFile, file: str) -> None:
        self.archive, self.file = archive, file
        names = [name.replace("\\", "/") for name in archive.namelist()]
        self.names = {
            name.casefold(): written for name, written in zip(names, archive.namelist(), strict=True)
        }
        self.labels: dict[tuple[str, str], str] = {}
        self.counted: Counter[str] = Counter()

    def runs(self) -> Iterator[Run]:
        starts = [target for kind, target in self.relations("").values() if kind == "officeDocument"]
        main = starts[0] if starts else "word/document.xml"
        relations = self.relations(main)
        yield from self.part(main, self.file, relations)
        for kinds in (("footnotes",), ("endnotes",), ("comments",), ("header",), ("footer",)):
            for name in dict.fromkeys(target for kind, target in relations.values() if kind in kinds):
                if name.casefold() in self.names:
                    written = shown(self.names[name.casefold()].replace("\\", "/"))
                    yield from self.part(name, f"{self.file}/{written}", self.relations(name))

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part points to: the kind and the target, by id."""
        folder, name = posixpath.split(part)
        written = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, tuple[str, str]] = {}
        if written.casefold() not in self.names:
            return found

        def start(tag: str, given: dict[str, str]) -> None:
            if tag.endswith("}Relationship"):
                target = given.get("Target", "")
                if given.get("TargetMode") != "External":
                    target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
                found[given.get("Id", "")] = (given.get("Type", "").rpartition("/")[2], target)

        parser = _parser()
        parser.StartElementHandler = start
        for _chunk in self.parsed(parser, written, self.file):
            pass
        return found

    def part(self, name: str, file: str, relations: dict[str, tuple[str, str]]) -> Iterator[Run]:
        """The runs of one part."""
        collector = _Collector(self, file, relations)
        parser = _parser()
        parser.StartElementHandler = collector.start
        parser.EndElementHandler = collector.end
        parser.CharacterDataHandler = collector.characters
        for _chunk in self.parsed(parser, name, f"{self.file}/{shown(name)}"):
            yield from collector.runs
            collector.runs.clear()

    def parsed(self, parser: expat.XMLParserType, name: str, where: str) -> Iterator[None]:
        """Give a member to a parser, piece by piece."""
        if name.casefold() not in self.names:
            raise ArticleError(_("This part is missing."), where=where)
        size = 0
        try:
            with self.archive.open(self.names[name.casefold()]) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    if size > _LARGEST:
                        raise ArticleError(
                            _("This part is larger than {size} MiB when unpacked.").format(
                                size=_LARGEST // 2**20
                            ),
                            where=where,
                        )
                    parser.Parse(chunk, False)
                    yield
            parser.Parse(b"", True)
            yield
        except expat.ExpatError as error:
            raise error_at(
                where,
                error.lineno,
                _("This part is not well-formed XML ({problem}).").format(
                    problem=expat.errors.messages.get(error.code, "?")
                ),
            ) from error
        except LookupError as error:
            raise error_at(
                where, 1, _("This part is not well-formed XML ({problem}).").format(problem=error)
            ) from error


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def refuse(*_declared: object) -> None:
        raise ArticleError(_("This part declares entities, which can be used to attack a reader."))

    parser.EntityDeclHandler = refuse
    return parser


def _short(name: str) -> str:
    space, _brace, local = name.rpartition("}")
    return f"{_SPACES.get(space, '?')}:{local}" if space else local


class _Collector:
    def __init__(self, parts: _Parts, file: str, relations: dict[str, tuple[str, str]]) -> None:
        self.runs: list[Run] = []
        self._parts, self._file, self._relations = parts, file, relations
        self._path: list[str] = []
        self._paragraphs: list[int] = []
        self._count = 0
        self._gone = 0
        self._chosen: list[bool] = []
        self._fields: list[tuple[list[str], bool]] = []
        self._coded = 0
        self._font = ""
        """Of the run."""
        self._words: list[str] | None = None
        self._formula: list[str] | None = None
        self._drawings: list[_Drawing] = []
        self._custom: tuple[str, str] | None = None

    def add(self, kind: str, text: str, *, certain: bool = True, extra: str = "") -> None:
        line = self._paragraphs[-1] if self._paragraphs else self._count + 1
        self.runs.append(Run(kind, text, Place(self._file, line), certain, extra))  # type: ignore[arg-type]

    def start(self, written: str, given: dict[str, str]) -> None:
        name = _short(written)
        if name == "w:p":
            self._count += 1
            self._paragraphs.append(self._count)
        if self._gone or self._goes(name):
            self._gone += 1
            return
        self._path.append(name)
        attributes = {_short(key): said for key, said in given.items()}
        val = attributes.get("w:val", "")
        if name in ("w:t", "m:t", "w:instrText"):
            self._words = []
        elif name == "m:oMath" and self._formula is None:
            self._formula = []
        elif name in _SIGNS and self._formula is not None:
            self._formula.append(attributes.get("m:val", ""))
        elif name == "w:r":
            self._font = ""
        elif name == "w:rFonts":
            self._font = attributes.get("w:ascii", "")
        elif name == "w:sym":
            self._symbol(attributes)
        elif name in ("w:footnoteReference", "w:endnoteReference"):
            self._reference(name, attributes)
        elif name in ("w:footnote", "w:endnote"):
            if attributes.get("w:type", "normal") == "normal":
                self.add("note", self._parts.labels.get((name[2:], attributes.get("w:id", "")), ""))
        elif name == "w:tbl":
            self.add("table", "")
        elif name in ("w:tblCaption", "w:tblDescription", "w:listEntry") and val.strip():
            self.add("text", val.strip(), certain=False)
        elif name == "w:fldChar":
            self._field(attributes.get("w:fldCharType", ""))
        elif name == "w:checkBox":
            self.add("text", "☐", certain=False)
        elif name == "w:checked" and val not in _OFF:
            self.add("text", "☒", certain=False)
        elif name == "w:altChunk":
            self.add("image", "", extra=self._target(attributes.get("r:id", "")))
        else:
            self._picture(name, attributes)

    def end(self, written: str) -> None:
        name = _short(written)
        if name == "w:p":
            self._paragraphs.pop()
        if self._gone:
            self._gone -= 1
            return
        self._path.pop()
        if name == "mc:AlternateContent":
            self._chosen.pop()
        elif name in ("w:t", "m:t", "w:instrText") and self._words is not None:
            words, self._words = "".join(self._words), None
            self._text(name, words)
        elif name == "m:oMath" and "m:oMath" not in self._path and self._formula is not None:
            words, self._formula = "".join(self._formula), None
            if words.strip():
                self.add("formula", words)
        elif name == "w:r":
            self._custom = None
        if self._drawings and len(self._path) < self._drawings[-1].depth:
            self._drawn(self._drawings.pop())

    def characters(self, words: str) -> None:
        if self._words is not None and not self._gone:
            self._words.append(words)

    def _goes(self, name: str) -> bool:
        """Whether an element, with all that is in it, is not seen."""
        if name == "mc:AlternateContent":
            self._chosen.append(False)
        elif name in ("mc:Choice", "mc:Fallback") and self._chosen:
            if self._chosen[-1]:
                return True
            self._chosen[-1] = True
        elif name == "w:del" and self._path and self._path[-1] in ("w:trPr", "w:rPr"):
            if self._path[-1] == "w:trPr":
                self._gone_row()
            return True
        return name in _GONE

    def _gone_row(self) -> None:
        """A deleted row: what follows in it is not seen; its end tags balance the count."""
        while self._path and self._path[-1] != "w:tr":
            self._path.pop()
            self._gone += 1
        if self._path:
            self._path.pop()
            self._gone += 1

    def _text(self, name: str, words: str) -> None:
        if name == "w:instrText":
            if self._fields and self._fields[-1][1]:
                self._fields[-1][0].append(words)
        elif self._formula is not None:
            self._formula.append(words)
        elif words.strip():
            if self._custom:
                if not self._parts.labels.get(self._custom):
                    self._parts.labels[self._custom] = words.strip()
                self.add("text", words.strip(), certain=False)
                return
            self.add("text", in_font(words, self._font or "symbol"), certain=not self._coded)

    def _symbol(self, attributes: dict[str, str]) -> None:
        # Which character a font draws is a fact that both sides have to know, not a way of walking.
        if character := symbol(attributes.get("w:char", ""), attributes.get("w:font", "")):
            self.add("text", character)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(([], True))
            self._coded += 1
        elif kind == "separate" and self._fields and self._fields[-1][1]:
            self._coded -= 1
            self._fields[-1] = (self._fields[-1][0], False)
        elif kind == "end" and self._fields:
            code, in_code = self._fields.pop()
            self._coded -= in_code
            words = "".join(code).split()
            if in_code and words and words[0].upper() == "EQ":
                self.add("formula", " ".join(words[1:]), certain=False)

    def _reference(self, name: str, attributes: dict[str, str]) -> None:
        kind = name[2:].removesuffix("Reference")
        key = (kind, attributes.get("w:id", ""))
        if attributes.get("w:customMarkFollows", "0").lower() not in _OFF:
            self._custom = key
        elif key not in self._parts.labels:
            self._parts.counted[kind] += 1
            number = self._parts.counted[kind]
            self._parts.labels[key] = str(number) if kind == "footnote" else _roman(number)

    def _target(self, identifier: str) -> str:
        return self._relations.get(identifier, ("", ""))[1]

    def _picture(self, name: str, attributes: dict[str, str]) -> None:
        drawing = self._drawings[-1] if self._drawings else None
        described = [attributes.get("title", "").strip(), attributes.get("descr", "").strip()]
        words = ". ".join(dict.fromkeys(word for word in described if word))
        if name == "w:drawing" or (name in _SHAPES and self._path[-2] in ("w:pict", "w:object", "mc:Choice")):
            drawing = _Drawing(len(self._path))
            self._drawings.append(drawing)
            if name != "w:drawing":
                drawing.words.append(attributes.get("alt", "").strip())
                drawing.rule = attributes.get("o:hr", "") in ("t", "true")
        elif drawing is None:
            return
        elif name == "wp:docPr":
            drawing.words.append(words)
        elif name == "pic:cNvPr":
            drawing.own = words
        elif name == "a:blip":
            target = self._target(attributes.get("r:embed", "") or attributes.get("r:link", ""))
            drawing.pictures.append((drawing.own, target))
            drawing.own = ""
        elif name == "v:imagedata":
            drawing.pictures.append(("", self._target(attributes.get("r:id", ""))))
        elif name == "w:txbxContent":
            drawing.boxes += 1

    def _drawn(self, drawing: _Drawing) -> None:
        words = "".join(drawing.words)
        if drawing.rule:
            return
        if words or not drawing.pictures:
            if words or not drawing.boxes:
                self.add("image", words, extra=drawing.pictures[0][1] if drawing.pictures else "")
        else:
            for own, address in drawing.pictures:
                self.add("image", own, extra=address)


def _roman(number: int) -> str:
    letters = ""
    for worth, written in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    ):
        letters += written * (number // worth)
        number %= worth
    return letters
