"""Whether the words are those of the script, in the right languages, and every link leads somewhere."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree, html
from mutagen import MutagenError
from mutagen.id3 import ID3

from reader import languages
from reader.errors import UsageError
from reader.messages import _
from reader.publish.audit.findings import Audited, Files, Finding, Findings
from reader.publish.captions import Cue, cues, srt, webvtt
from reader.publish.reading import shown
from reader.publish.transcript import transcript

_PAGES = (".html", ".xhtml", ".htm")
_LINKS = ("href", "src")


def tags(pack: Audited) -> Findings:
    """The tags of each chapter's file."""
    count = len(pack.chapters)
    for number, (form, chapter) in enumerate(zip(pack.chapters, pack.script.chapters, strict=False), 1):
        name = str(form["file"])
        if name not in pack.hashes:
            continue
        try:
            found = ID3(pack.folder / name)
        except (OSError, MutagenError):
            yield Finding(name, _("has no tags."))
            continue
        meant = {
            "TIT2": chapter.title,
            "TALB": pack.script.title,
            "TRCK": f"{number}/{count}",
            "TLAN": languages.iso639_2(pack.language),
        }
        for frame, value in meant.items():
            told = str(found.get(frame, ""))
            if told != value:
                problem = _("has the tag {frame} “{told}” instead of “{meant}”.")
                yield Finding(name, problem.format(frame=frame, told=told, meant=value))


def language(pack: Audited) -> Findings:
    """One language for the pack in all its manifests, and a voice of its own for each that is spoken."""
    told = {"script.json": pack.script.language}
    publication = pack.json("publication.json")
    if isinstance(publication, dict):
        told["publication.json"] = ", ".join(map(str, publication.get("inLanguage", ())))
    for name, tag in told.items():
        if tag != pack.language:
            yield Finding(name, _("says that the pack is in “{told}”, not in “{meant}”.").format(
                told=tag, meant=pack.language
            ))  # fmt: skip
    voices = {_base(str(each["language"])) for each in pack.manifest["voices"]}
    for utterance in pack.utterances.values():
        for part in utterance.parts:
            if part.spoken.strip() and _base(part.language) not in voices:
                yield Finding(
                    f"script.json#{utterance.id}",
                    _("holds “{language}”, which no voice of the pack speaks.").format(
                        language=part.language
                    ),
                )
                break


def _base(tag: str) -> str:
    try:
        return languages.standardize(tag).partition("-")[0]
    except UsageError:
        return tag


def words(pack: Audited) -> Findings:
    """Transcript and captions, against script and timeline; what the article lost on the way."""
    yield from _same(pack, "transcript.txt", transcript(pack.script))
    if pack.manifest.get("ledger", {}).get("counts", {}).get("lost"):
        yield Finding("reader.json", _("says that the article has text that is not read."))
    if "transcripts" in pack.formats:
        tag, rate = pack.script.language, pack.timeline.rate
        offset, whole = 0, list[Cue]()
        for form, chapter, time in zip(
            pack.chapters, pack.script.chapters, pack.timeline.chapters, strict=False
        ):
            if len(chapter.utterances) != len(time.spans):
                return
            stem = "transcripts/" + str(form["file"]).removesuffix(".mp3")
            own = [*cues(chapter, time, rate, tag)]
            yield from _same(pack, f"{stem}.vtt", webvtt(own, tag))
            yield from _same(pack, f"{stem}.srt", srt(own))
            whole += cues(chapter, time, rate, tag, offset)
            offset += time.samples
        for name in pack.hashes:
            if "/" not in name and name.endswith(".vtt"):
                yield from _same(pack, name, webvtt(whole, tag))
            elif "/" not in name and name.endswith(".srt"):
                yield from _same(pack, name, srt(whole))


def _same(pack: Audited, name: str, meant: str) -> Findings:
    try:
        found = (pack.folder / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        yield Finding(name, _("cannot be read."))
        return
    if found != meant:
        yield Finding(name, _("is not what the script says."))


def publication(pack: Audited) -> Findings:
    """`publication.json`: the chapters in their order, with their lengths; every file that it names."""
    if "publication.json" not in pack.hashes:
        return
    form = pack.json("publication.json")
    if not isinstance(form, dict):
        yield Finding("publication.json", _("cannot be read."))
        return
    order = [str(each.get("url")) for each in form.get("readingOrder", ())]
    if order != [str(each["file"]) for each in pack.chapters]:
        yield Finding("publication.json", _("has other chapters than the script."))
    for each, time in zip(form.get("readingOrder", ()), pack.timeline.chapters, strict=False):
        seconds = str(each.get("duration", "")).removeprefix("PT").removesuffix("S")
        if abs(_number(seconds) - time.samples / pack.timeline.rate) > 0.001:
            yield Finding(
                f"publication.json#{each.get('url')}", _("has another length than the timeline says.")
            )
    for each in form.get("resources", ()):
        if unquote(str(each.get("url"))) not in pack.hashes:
            yield Finding(
                "publication.json", _("names “{name}”, which is not there.").format(name=each.get("url"))
            )


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("inf")


def pages(pack: Audited, files: Files) -> Findings:
    """Pages of a folder or a package: sentences of the script, once, in order; links that lead somewhere."""
    names = [name for name in files.names() if name.endswith(_PAGES)]
    trees = {name: tree for name in names if (tree := _tree(files, name)) is not None}
    for name in names:
        if name not in trees:
            yield Finding(files.label + name, _("cannot be read."))
    ids = {name: {str(each) for each in tree.xpath("//@id | //@name")} for name, tree in trees.items()}
    everything = set(files.names())
    for name, tree in trees.items():
        yield from _links(files.label, name, tree, ids, everything)
    for group in _books(trees):
        yield from _sentences(pack, files.label, group)


def _tree(files: Files, name: str) -> Any:
    """A page; None where it cannot be read."""
    try:
        data = files.read(name)
        if name.endswith(".xhtml") or data.lstrip().startswith(b"<?xml"):
            parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
            tree = etree.fromstring(data, parser)
            for each in tree.iter(etree.Element):
                each.tag = etree.QName(each).localname
            return tree
        return html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    except (OSError, etree.LxmlError, ValueError):
        return None


def _books(trees: dict[str, Any]) -> Iterator[list[tuple[str, Any]]]:
    """Pages that together hold the script once: those of a folder, as in a book; others each by itself."""
    with_words = [(name, tree) for name, tree in trees.items() if _spans(tree)]
    folders: dict[str, list[tuple[str, Any]]] = {}
    for name, tree in with_words:
        folder = posixpath.dirname(name)
        if folder:
            folders.setdefault(folder, []).append((name, tree))
        else:
            yield [(name, tree)]
    yield from folders.values()


def _spans(tree: Any) -> list[Any]:
    return [each for each in tree.iter("span") if "sentence" in str(each.get("class", "")).split()]


def _sentences(pack: Audited, label: str, group: Iterable[tuple[str, Any]]) -> Findings:
    found = [(name, each) for name, tree in group for each in _spans(tree)]
    shown_ids = [str(each.get("id")) for _name, each in found]
    times = Counter(shown_ids)
    first = label + (found[0][0] if found else "")
    for missing in [each for each in pack.utterances if each not in times]:
        yield Finding(f"{first}#{missing}", _("is missing."))
    if len(times) != len(shown_ids):
        for twice in sorted(each for each, count in times.items() if count > 1):
            yield Finding(f"{first}#{twice}", _("stands here more than once."))
    elif [each for each in pack.utterances if each in times] != shown_ids:
        yield Finding(first, _("has its sentences in another order than the script."))
    for name, each in found:
        utterance = pack.utterances.get(str(each.get("id")))
        where = f"{label}{name}#{each.get('id')}"
        if utterance is None:
            yield Finding(where, _("is not in the script."))
        elif "".join("".join(each.itertext()).split()) != "".join(shown(utterance.text).split()):
            yield Finding(where, _("is not what the script says."))
        elif _foreign(each) != [
            p.language for p in utterance.parts if p.language != pack.language and p.text
        ]:
            yield Finding(where, _("is not marked in the languages of the script."))


def _foreign(sentence: Any) -> list[str]:
    attribute = "{http://www.w3.org/XML/1998/namespace}lang"
    tagged = (each.get("lang") or each.get(attribute) for each in sentence.iter() if each is not sentence)
    return [str(tag) for tag in tagged if tag]


def _links(label: str, name: str, tree: Any, ids: dict[str, set[str]], everything: set[str]) -> Findings:
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        for attribute in _LINKS:
            address = element.get(attribute)
            if address is None:
                continue
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                if attribute == "src" or element.tag == "link":
                    yield Finding(
                        label + name, _("loads “{address}” from elsewhere.").format(address=address)
                    )
                continue
            path = unquote(parts.path)
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            if target.startswith("../"):
                continue  # What lies above a pack may be absent: a pack stands alone.
            if target not in everything or (
                parts.fragment and target in ids and unquote(parts.fragment) not in ids[target]
            ):
                yield Finding(
                    label + name, _("links to “{address}”, which is not there.").format(address=address)
                )
