"""Feeds over the packs in a folder: one for each language, as RSS and as JSON Feed.

They lie beside the packs and are a function of these, of the show and of nothing else. What an episode needs
that its pack does not hold (music around it, a transcript of one chapter) is written below ``feed.media``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial
from itertools import groupby
from pathlib import Path, PurePath
from urllib.parse import quote, urlsplit

import imagesize

from reader.errors import OutputError, UsageError
from reader.messages import N_, _, phrases
from reader.publish import podcast
from reader.publish.cover import CoverWords, draw
from reader.publish.edition import epoch, first_day
from reader.publish.exporters.cover import COVER
from reader.publish.manifest import GENERATOR, urn
from reader.publish.mixing import Mixer
from reader.publish.present import PassedOver, PresentPack, packs
from reader.publish.rss import Channel, Episode, json_feed, rss
from reader.publish.show import Show
from reader.publish.swap import put, unwritable
from reader.studio.timeline import milliseconds
from reader.voices.engine import RATE

MEDIA = "feed.media"
"""Folder of what the feeds need besides the packs."""

_TITLE = N_("Articles read aloud")

_SMALLEST_ARTWORK, _LARGEST_ARTWORK = 1400, 3000


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that was written."""

    language: str
    """BCP 47 tag."""
    file: Path
    """The RSS; the JSON Feed lies beside it."""
    episodes: int
    undated: int
    """Episodes without a date."""
    show: Show


@dataclass(frozen=True, slots=True)
class Feeds:
    """What `write_feeds` did."""

    feeds: tuple[Feed, ...]
    passed_over: tuple[PassedOver, ...]


def write_feeds(
    shelf: Path, base_url: str, show: Callable[[str], Show], *, by_chapter: bool = False
) -> Feeds:
    """Write ``feed.LANG.xml`` and ``feed.LANG.json`` for each language of the packs in a folder.

    Args:
        shelf: folder of the packs.
        base_url: where that folder is to be found on the web.
        show: what the podcast says of itself, by its language.
        by_chapter: an episode for each chapter, not for each article.

    Raises:
        UsageError: the address, the artwork or the folder makes no sense.
        InputError: the music cannot be read.
        OutputError: the folder cannot be written, or holds a feed that is not ours.
    """
    base = _base(base_url)
    if not shelf.is_dir():
        raise UsageError(_("there is no such folder."), where=str(shelf))
    found: list[PresentPack] = []
    passed: list[PassedOver] = []
    for each in packs(shelf):
        if isinstance(each, PassedOver):
            # What is ours beside the packs is no news.
            passed += [each] if MEDIA not in each.folder.relative_to(shelf).parts else []
            continue
        problem = _unfit(each, by_chapter=by_chapter)
        if problem:
            passed.append(PassedOver(each.folder, problem))
        else:
            found.append(each)
    found.sort(key=lambda each: each.language)
    written = []
    try:
        for language, group in groupby(found, lambda each: each.language):
            maker = _Maker(shelf, base, language, show(language), by_chapter=by_chapter)
            written.append(maker.write(list(group)))
    except OSError as error:
        raise unwritable(shelf, error) from error
    return Feeds(tuple(written), tuple(passed))


def _base(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise UsageError(
            _("“{url}” is no address of a folder on the web.").format(url=url),
            advice=_("Give one such as {example}.").format(example="https://example.org/audio/"),
        )
    return url.rstrip("/")


def _unfit(pack: PresentPack, *, by_chapter: bool) -> str:
    """Why a pack gives no episode; empty: it gives one."""
    needed = [each.file for each in pack.chapters] if by_chapter else [f"{pack.name}.mp3"]
    if set(needed) <= pack.files:
        return ""
    name = "mp3" if by_chapter else "podcast"
    return _("the pack has no sound for an episode; narrate it again with --format {name}.").format(name=name)


class _Maker:
    """Makes the feed of one language."""

    def __init__(self, shelf: Path, base: str, language: str, show: Show, *, by_chapter: bool) -> None:
        self._shelf = shelf
        self._base = base
        self._language = language
        self._show = show
        self._by_chapter = by_chapter
        self._media = shelf / MEDIA / language
        self._mixer = Mixer(show.intro, show.outro)

    def write(self, found: Sequence[PresentPack]) -> Feed:
        files = [self._shelf / f"feed.{self._language}.{suffix}" for suffix in ("xml", "json")]
        for file in files:
            _check_ours(file)
        # The oldest first: a new article stands at the end, and the items before it stay as they are.
        found = sorted(found, key=lambda each: (str(published(each.date) or ""), each.id))
        make = self._of_chapters if self._by_chapter else self._of_article
        episodes = [episode for pack in found for episode in make(pack)]
        words = phrases(self._language)
        title = self._show.title or words.gettext(_TITLE)
        channel = Channel(
            show=self._show,
            title=title,
            description=self._show.description or title,
            language=self._language,
            home=self._show.link or f"{self._base}/",
            image=self._artwork(title),
            serial=self._by_chapter,
        )
        put(files[0], rss(channel, self._url(files[0]), episodes))
        put(files[1], json_feed(channel, self._url(files[1]), episodes))
        undated = sum(each.published is None for each in episodes)
        return Feed(self._language, files[0], len(episodes), undated, self._show)

    def _of_article(self, pack: PresentPack) -> Iterator[Episode]:
        chapters, words = f"{pack.name}{podcast.CHAPTERS}", f"{pack.name}{podcast.TRANSCRIPT}"
        before = self._mixer.before_ms
        yield self._episode(
            pack,
            guid=urn(pack.id, pack.language),
            title=pack.title,
            file=f"{pack.name}.mp3",
            samples=sum(each.samples for each in pack.chapters),
            chapters=self._text(pack, chapters, chapters, lambda text: podcast.moved_chapters(text, before)),
            transcript=self._text(pack, words, words, lambda text: podcast.moved_vtt(text, before)),
        )

    def _of_chapters(self, pack: PresentPack) -> Iterator[Episode]:
        start = 0
        for number, chapter in enumerate(pack.chapters, start=1):
            end = start + chapter.samples
            from_ms, to_ms = milliseconds(start, RATE), milliseconds(end, RATE)
            cut = partial(podcast.moved_vtt, by_ms=self._mixer.before_ms, start_ms=from_ms, end_ms=to_ms)
            name = f"{pack.name}.{PurePath(chapter.file).stem}{podcast.TRANSCRIPT}"
            yield self._episode(
                pack,
                guid=urn(pack.id, pack.language, chapter.id),
                title=f"{pack.title}: {chapter.title}" if number > 1 else pack.title,
                file=chapter.file,
                samples=chapter.samples,
                transcript=self._text(pack, f"{pack.name}{podcast.TRANSCRIPT}", name, cut),
                number=number,
            )
            start = end

    def _episode(
        self, pack: PresentPack, *, guid: str, title: str, file: str, samples: int, transcript: str,
        chapters: str = "", number: int = 0,
    ) -> Episode:  # fmt: skip
        sound = pack.folder / file
        if self._mixer:
            name = file if file.startswith(pack.name) else f"{pack.name}.{file}"
            sound = put(self._beside(pack) / name, self._mixer.mixed(sound.read_bytes()))
            samples += self._mixer.samples
        date = published(pack.date)
        return Episode(
            guid=guid,
            title=title,
            description="\n\n".join(each for each in (pack.summary, pack.closing) if each) or pack.title,
            author=", ".join(pack.authors),
            url=self._url(sound),
            size=sound.stat().st_size,
            seconds=samples / RATE,
            # Players order the chapters of one day by the minute.
            published=date + timedelta(minutes=max(0, number - 1)) if date else None,
            number=number,
            image=self._url(pack.folder / COVER.url) if COVER.url in pack.files else "",
            chapters=chapters,
            transcript=transcript,
        )

    def _text(self, pack: PresentPack, file: str, name: str, change: Callable[[str], str]) -> str:
        """Address of a text about an episode's sound: the pack's own, or one changed to fit; empty: none."""
        if file not in pack.files:
            return ""
        if name == file and not self._mixer:
            return self._url(pack.folder / file)
        text = change((pack.folder / file).read_text(encoding="utf-8"))
        return self._url(put(self._beside(pack) / name, text.encode()))

    def _beside(self, pack: PresentPack) -> Path:
        """The folder of what an episode needs besides its pack.

        ``résumé`` and ``resume`` call their files alike, but not their folders.
        """
        return self._media / pack.folder.parent.name

    def _artwork(self, title: str) -> str:
        """Address of the show's picture; one is drawn where none is given."""
        if not self._show.artwork:
            words = CoverWords(self._base, self._language, title, tuple(filter(None, [self._show.author])))
            return self._url(put(self._media / COVER.url, draw(words)))
        given = Path(self._show.artwork)
        suffix = given.suffix.lower()
        try:
            width, height = imagesize.get(given)
        except OSError as error:
            raise UsageError(
                _("cannot be read: {reason}.").format(reason=error.strerror or error), where=str(given)
            ) from error
        fits = width == height and _SMALLEST_ARTWORK <= width <= _LARGEST_ARTWORK
        if not fits or suffix not in (".png", ".jpg", ".jpeg"):
            raise UsageError(
                _("The artwork must be a square PNG or JPEG, {least} to {most} pixels wide.").format(
                    least=_SMALLEST_ARTWORK, most=_LARGEST_ARTWORK
                ),
                where=str(given),
            )
        return self._url(put(self._media / f"artwork{suffix}", given.read_bytes()))

    def _url(self, file: Path) -> str:
        return f"{self._base}/{quote(file.relative_to(self._shelf).as_posix())}"


def published(date: str) -> datetime | None:
    """When an episode is dated: the article's date, else SOURCE_DATE_EPOCH, else not at all; never the clock.

    A day is its noon in UTC, the same day nearly everywhere; a month or a year begins with its first day.
    """
    day = first_day(date)
    return datetime.combine(day, time(12), UTC) if day else epoch()


def _check_ours(file: Path) -> None:
    """A feed that we did not write is not replaced."""
    try:
        ours = GENERATOR in file.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return
    if not ours:
        raise OutputError(
            _("is no feed of reader, and is left as it is."), where=str(file), advice=_("Move the file away.")
        )
