"""The law of all formats: the words of an article are the words that are said.

One made-up article is written in each format; what is said has its words, each once, and the ledger is whole.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.document import collect, load
from reader.speech import Options, narrate
from reader.speech.ledger import ledger

Block = tuple[str, list[str]]
"""What kind of block, and its words."""

KINDS = ("paragraph", "heading", "list", "numbers", "table", "quote", "note")

_word = st.text("abcdeéñßжש世क", min_size=1, max_size=6) | st.sampled_from(["3", "5mg", "x"])
_words = st.lists(_word, min_size=1, max_size=5).map(" ".join)


@st.composite
def articles(draw: st.DrawFn) -> list[Block]:
    """Blocks whose words are all different, so that none can stand for another."""
    blocks: list[Block] = []
    count = 0
    for kind in draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=7)):
        texts = []
        for words in draw(st.lists(_words, min_size=2, max_size=4)):
            numbered = []
            for word in words.split():
                count += 1
                numbered.append(f"{word}q{count}q")
            texts.append(" ".join(numbered))
        blocks.append((kind, texts))
    return blocks


def html(blocks: list[Block]) -> str:
    """As HTML; the words in notes behind a mark."""
    written: list[str] = []
    for number, (kind, texts) in enumerate(blocks):
        safe = [escape(text) for text in texts]
        if kind == "heading":
            written.append(f"<h2>{safe[0]}</h2>" + "".join(f"<p>{text}</p>" for text in safe[1:]))
        elif kind in ("list", "numbers"):
            tag = "ul" if kind == "list" else "ol"
            inner = f"<{tag}><li>{safe[-1]}</li></{tag}>"
            items = "".join(f"<li>{text}</li>" for text in safe[:-2])
            written.append(f"<{tag}>{items}<li>{safe[-2]}{inner}</li></{tag}>")
        elif kind == "table":
            heads = "".join(f"<th>{text}</th>" for text in safe[:2])
            cells = "".join(f"<td>{text}</td>" for text in [*safe[2:], *["", ""]][:2])
            written.append(f"<table><tr>{heads}</tr><tr>{cells}</tr></table>")
        elif kind == "quote":
            written.append("<blockquote>" + "".join(f"<p>{text}</p>" for text in safe) + "</blockquote>")
        elif kind == "note":
            mark = f'<a role="doc-noteref" href="#n{number}">{number}</a>'
            written.append(f"<p>{safe[0]}{mark}</p>")
            written.append(f'<aside role="doc-footnote" id="n{number}"><p>{" ".join(safe[1:])}</p></aside>')
        else:
            written += [
                f"<p>{text[:1]}<b>{text[1:]}</b></p>" if text[:1].isalpha() else f"<p>{text}</p>"
                for text in safe
            ]
    return f"<html lang='en'><body>{''.join(written)}</body></html>"


def markdown(blocks: list[Block]) -> str:
    written: list[str] = []
    notes: list[str] = []
    for number, (kind, texts) in enumerate(blocks):
        if kind == "heading":
            written += [f"## {texts[0]}", *texts[1:]]
        elif kind in ("list", "numbers"):
            mark = "- " if kind == "list" else "1. "
            written.append("\n".join(f"{mark}{text}" for text in texts[:-1]) + f"\n   {mark}{texts[-1]}")
            written.append("<!-- -->")
        elif kind == "table":
            cells = [*texts[2:], "", ""][:2]
            written.append(f"| {texts[0]} | {texts[1]} |\n|---|---|\n| {cells[0]} | {cells[1]} |")
        elif kind == "quote":
            written.append("\n>\n".join(f"> {text}" for text in texts))
        elif kind == "note":
            written.append(f"{texts[0]}[^{number}]")
            notes.append(f"[^{number}]: {' '.join(texts[1:])}")
        else:
            written += texts
    return "\n\n".join([*written, *notes]) + "\n"


def text(blocks: list[Block]) -> str:
    return "\n\n".join(".\n\n".join(texts) + "." for _kind, texts in blocks) + "\n"


def epub(blocks: list[Block]) -> bytes:
    """Every other block in a document of its own."""
    halves = [blocks[::2], blocks[1::2]] if len(blocks) > 1 else [blocks]
    # A note and its mark stay in one document.
    items = "".join(
        f'<item id="c{at}" href="c{at}.xhtml" media-type="application/xhtml+xml"/>'
        for at in range(len(halves))
    )
    spine = "".join(f'<itemref idref="c{at}"/>' for at in range(len(halves)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:language>en</dc:language></metadata>'
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
        '<rootfile full-path="a.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    members = {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "a.opf": package}
    for at, half in enumerate(halves):
        members[f"c{at}.xhtml"] = html(half).replace("<html", '<html xmlns="http://www.w3.org/1999/xhtml"')
    return zipped(members)


def docx(blocks: list[Block]) -> bytes:
    body: list[str] = []
    notes: list[str] = []

    def paragraph(words: str, properties: str = "", more: str = "") -> str:
        halves = (words[:2], words[2:])
        runs = "".join(f'<w:r><w:t xml:space="preserve">{half}</w:t></w:r>' for half in halves)
        return f"<w:p><w:pPr>{properties}</w:pPr>{runs}{more}</w:p>"

    for number, (kind, texts) in enumerate(blocks, 1):
        if kind == "heading":
            body.append(paragraph(texts[0], '<w:outlineLvl w:val="1"/>'))
            body += map(paragraph, texts[1:])
        elif kind == "table":
            rows = [texts[:2], [*texts[2:], "", ""][:2]]
            cells = ["".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows]
            body.append(f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>")
        elif kind == "note":
            body.append(paragraph(texts[0], more=f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'))
            notes.append(f'<w:footnote w:id="{number}">{paragraph(" ".join(texts[1:]))}</w:footnote>')
        else:
            body += map(paragraph, texts)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    members = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r" Type="{kinds}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {space}><w:body>{''.join(body)}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="f" '
        f'Type="{kinds}/footnotes" Target="footnotes.xml"/></Relationships>',
        "word/footnotes.xml": f"<w:footnotes {space}>{''.join(notes)}</w:footnotes>",
    }
    return zipped(members)


def zipped(members: dict[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, words in members.items():
            archive.writestr(name, words)
    return held.getvalue()


def kept(words: str) -> list[str]:
    """The words, as they are numbered."""
    return re.findall(r"q\d+q", words)


@pytest.mark.parametrize("suffix", [".html", ".md", ".txt", ".epub", ".docx"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(blocks=articles())
def test_the_words_of_the_source_are_the_words_that_are_said(
    suffix: str, blocks: list[Block], tmp_path: Path
) -> None:
    shown = [text for _kind, texts in blocks for text in texts]
    if suffix != ".txt":  # A table takes four cells of a block, a heading and a note all.
        shown = [
            text for kind, texts in blocks for text in (texts[:4] if kind == "table" else texts)
        ]  # fmt: skip
    writers: dict[str, Callable[[list[Block]], str | bytes]] = {
        ".html": html, ".md": markdown, ".txt": text, ".epub": epub, ".docx": docx,
    }  # fmt: skip
    made = writers[suffix](blocks)
    path = tmp_path / f"article{suffix}"
    path.write_bytes(made if isinstance(made, bytes) else made.encode())
    document = load(path, source_language="en")
    script = narrate(document, document, Options())
    said = Counter(
        word
        for chapter in script.chapters
        for utterance in chapter.utterances
        if utterance.source is not None
        for word in kept("".join(part.spoken for part in utterance.parts))
    )
    assert said == Counter(kept(" ".join(shown)))
    found = ledger(collect(path), document, document, script)
    assert (found.lost, found.beyond) == ((), ())
