"""Where the rooms are joined: articles in, packs out. `narrate` is the public API.

It is called alike by the command line and by other programs. Everything it has to tell on the way
goes to a listener (`Listener`); what it has done in the end is in the `Report`.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from reader import languages, studio, voices
from reader.assets import cache_dir
from reader.errors import InputError, ReaderError, UsageError
from reader.lengths import spell_seconds
from reader.localize import Coverage, Problem
from reader.making import Pack
from reader.messages import _, ngettext, quoted, ui_language
from reader.preparing import Article, Narration, prepare, read
from reader.publish import (
    ChapterFile,
    Origins,
    arrange,
    check_ours,
    check_writable,
    current_samples,
    encodings,
    exporters,
    holds_chapters,
    repair,
)
from reader.report import ChapterDone, Flaw, Listener, Notice, PackDone, PackFailed, Report, Unread
from reader.settings import Project, Settings
from reader.speech import Part, Utterance
from reader.studio import ChapterPlan, Lost, Sound, Store
from reader.studio.pool import Pool
from reader.studio.takes import Takes
from reader.studio.workers import Workers

__all__ = ["Article", "Narration", "narrate", "prepare", "read"]

_LOUDNESS_PROMISE_LU = 1.0
"""How far from the usual loudness a chapter may be."""

_MOST_NAMED = 10
"""How many runs of characters without sound are named in the report; `reader.json` has all."""


def narrate(
    paths: Iterable[str | Path],
    given: Mapping[str, Any] | None = None,
    *,
    listener: Listener = lambda _event: None,
) -> Report:
    """Narrate articles: one pack for each article and language.

    A pack that fails does not stop the others; it is in the report.

    Args:
        paths: the articles' files.
        given: options that the caller sets (see `reader.settings.Settings`); they win over `reader.toml`.
        listener: is told what happens.

    Raises:
        UsageError: a setting makes no sense, or two articles have one id.
        OutputError: the cache cannot be written.
    """
    paths = list(paths)
    first = Path(paths[0] if paths else "article")
    return _Run(given or {}, listener, Project.of(first).resolve(given=given).settings).narrate(paths)


class _Run:
    def __init__(self, given: Mapping[str, Any], listener: Listener, settings: Settings) -> None:
        self._given = given
        self._tell = listener
        self._store = _store(settings.cache)
        self._settings = settings
        self._origins = Origins(self._store.folder / "packs")
        self._report = Report()
        self._ids: dict[str, Path] = {}
        """Files of the articles read so far, by id: folders that differ in case alone are mostly one."""
        self._online: set[str] = set()
        """Online voices that the user was told of."""
        self._order: dict[Path, int] = {}
        """Folders of packs, in the order in which they were asked for."""
        self._formant: dict[str, None] = {}
        """Languages whose main voice is not a natural one, where none was asked for."""
        self._shelves: dict[Path, tuple[str, str]] = {}
        """Folders of articles whose packs are there, each with one of them: (article, language)."""
        self._troubled = False
        self._begun: set[Pack] = set()
        """Packs of which something was laid down."""

    def narrate(self, paths: Sequence[str | Path]) -> Report:
        started = time.monotonic()
        try:
            with self._workers() as workers:
                self._produce(self._waiting(paths, workers), workers)
        finally:
            for pack in self._begun:
                pack.discard()
            for folder, (article, language) in self._shelves.items():
                self._arrange(folder, article, language)
        # As they were asked for, whichever was made first.
        self._report.packs.sort(key=lambda done: self._order[done.folder])
        self._report.better = voices.how_to_install(list(self._formant))
        self._report.seconds = time.monotonic() - started
        return self._report

    def _workers(self) -> Workers:
        """Who does the work; a cluster of this machine's own starts while the articles are read."""
        count = self._settings.workers or studio.available_workers()
        if not self._settings.cluster:
            return Pool(self._store, count)
        from reader.studio.cluster import open_workers

        return open_workers(
            self._settings.cluster,
            self._store,
            workers=count,
            tell=lambda text: self._tell(Notice(text, making=True)),
        )

    def _waiting(self, paths: Sequence[str | Path], workers: Workers) -> Iterator[Pack]:
        """The packs that are to be made, each prepared when it is asked for."""
        for path in paths:
            workers.start()
            article = self._read(path)
            if article and not self._has_packs(article):  # else there is mostly little to do
                workers.start()
            for pack in self._prepare(article) if article else ():
                if not self._is_current(pack) and not pack.failed and self._is_writable(pack):
                    yield pack

    def _read(self, path: str | Path) -> Article | None:
        try:
            article = read(path, self._given)
        except InputError as error:
            self._fail(str(path), "", error)
            return None
        other = self._ids.setdefault(article.document.id.casefold(), article.path)
        if other is not article.path:
            raise UsageError(
                _("{one} and {other} have the same id, “{id}”.").format(
                    one=other, other=article.path, id=article.document.id
                ),
                advice=_("Give one of them another id in its front matter."),
            )
        if article.document.language_from == "detected":
            name = languages.display_name(article.document.language, ui_language())
            text = _("{file} is taken to be in {language}.").format(file=article.path, language=name)
            self._tell(Notice(text, article=article.document.id))
        return article

    def _has_packs(self, article: Article) -> bool:
        return (Path(article.settings().output) / article.document.id).is_dir()

    def _prepare(self, article: Article) -> Iterator[Pack]:
        for language in article.languages:
            try:
                pack = self._plan(prepare(article, language))
            except ReaderError as error:
                self._fail(article.document.id, language, error)
                continue
            self._order[pack.folder] = len(self._order)
            self._tell_coverage(pack.narration)
            if not pack.narration.settings.voice and not voices.is_natural(pack.narration.casting.main):
                self._formant[language] = None
            yield pack

    def _plan(self, narration: Narration) -> Pack:
        settings, casting = narration.settings, narration.casting
        article = narration.article
        writers = exporters(settings.wanted_formats)
        takes = Takes(article.path, narration.script, self._store)
        for problem in takes.problems:
            self._flaw(narration, problem)

        def cast(utterance: Utterance, part: Part) -> voices.Voice:
            return takes.voice(utterance) or casting.of(utterance, part)

        plans = [
            studio.plan_chapter(
                takes.chapter(chapter), cast, settings.pace, Sound(), casting.fallback, encodings(writers)
            )
            for chapter in narration.script.chapters
        ]
        folder = Path(settings.output) / narration.name / narration.language
        repair(folder)
        check_ours(folder, article.path.name)
        self._origins.check(folder, article.path)
        pack = Pack(narration, folder, plans, writers, self._store)
        pack.untold = self._untold(pack)
        return pack

    def _is_current(self, pack: Pack) -> bool:
        if not holds_chapters(pack.folder, pack.mp3_keys):
            return False  # without a look at the rest
        _exhaust(pack.untold)
        samples = None if pack.failed else current_samples(pack.folder, pack.recipe)
        if samples is None:
            return False
        self._done(pack, samples, current=True)
        return True

    def _is_writable(self, pack: Pack) -> bool:
        # Only here: where a pack is current, not even its parent folder is touched.
        try:
            check_writable(pack.folder)
        except ReaderError as error:
            self._fail(pack.narration.article.document.id, pack.narration.language, error)
            return False
        return True

    def _produce(self, packs: Iterable[Pack], workers: Workers) -> None:
        places: dict[int, tuple[Pack, int]] = {}
        numbers = itertools.count()

        def plans() -> Iterator[ChapterPlan | None]:
            for number, pack in enumerate(packs):
                if number == 0:
                    self._store.tidy()
                    self._tell_trouble()
                self._tell_online(pack.plans)
                for place in pack.by_urgency():
                    places[next(numbers)] = pack, place
                    yield pack.plans[place]
                yield from self._ahead(pack)

        for event in studio.produce(plans(), self._store, workers=workers, tally=self._report.tally):
            pack, place = places.pop(event.index)
            if isinstance(event, Lost):
                pack.lost.append(event)
            else:
                pack.finish(place, event.samples, event.plan)
                self._advance(pack)
            if pack.lost and len(pack.lost) + len(pack.made) == len(pack.plans):
                self._lose(pack)
        if self._report.tally.parts:
            self._tell_trouble()
            self._store.evict(self._settings.cache_bytes)

    def _ahead(self, pack: Pack) -> Iterator[None]:
        """What can be done of a pack while the workers make its chapters: in pieces, for between two of them
        answers are taken."""
        yield from pack.untold
        yield
        if pack.failed or pack.lost or len(pack.made) == len(pack.plans):
            return
        self._begun.add(pack)
        yield from pack.lay_down()

    def _lose(self, pack: Pack) -> None:
        """All that can be made of a pack is made, and some of it cannot."""
        unsaid = [each for lost in pack.lost for each in lost.unsaid]
        other = [lost.error for lost in pack.lost if not lost.unsaid]
        self._fail_pack(pack, other[0] if other else studio.why(unsaid), [each.text for each in unsaid])

    def _advance(self, pack: Pack) -> None:
        """Tell of finished chapters in their order, and publish the pack after the last one."""
        chapters = pack.narration.script.chapters
        while pack.told in pack.made:
            number = pack.told
            pack.told += 1
            self._tell(
                ChapterDone(
                    pack.narration.article.document.id,
                    pack.narration.language,
                    pack.told,
                    len(chapters),
                    chapters[number].title,
                    pack.made[number] / voices.RATE,
                )
            )
        if pack.told == len(chapters):
            _exhaust(pack.untold)
        if pack.told == len(chapters) and not pack.failed:
            try:
                # Other voices may have spoken than were asked: its facts say so.
                files = pack.publish()
            except ReaderError as error:
                self._fail_pack(pack, error)
            else:
                self._begun.discard(pack)
                self._tell_loudness(files)
                self._tell_unvoiced(pack, [text for file in files for _voice, text in file.unvoiced])
                self._tell_unhonoured(pack, [text for file in files for _voice, text in file.unhonoured])
                self._done(pack, sum(pack.made.values()), current=False)

    def _done(self, pack: Pack, samples: int, *, current: bool) -> None:
        self._origins.remember(pack.folder, pack.narration.article.path)
        done = PackDone(
            article=pack.narration.article.document.id,
            source=pack.narration.article.path,
            language=pack.narration.language,
            folder=pack.folder,
            chapters=len(pack.plans),
            seconds=samples / voices.RATE,
            current=current,
            messages=pack.facts.coverage.messages,
            translated=pack.facts.coverage.translated,
            to_review=len(pack.facts.coverage.to_review),
            left_out=pack.facts.ledger.left_out,
            voices=tuple(
                (voice.id, name, voice.language)
                for voice, name in zip(pack.facts.voices, pack.facts.voice_names, strict=True)
            ),
        )
        self._report.packs.append(done)
        self._tell(done)
        self._shelves[pack.folder.parent] = done.article, done.language

    def _arrange(self, folder: Path, article: str, language: str) -> None:
        """What lies above the packs of an article knows all that are there now."""
        try:
            strange = arrange(folder)
        except ReaderError as error:
            self._fail(article, language, error)
            return
        for name in strange:
            text = _("{file} was not made by reader and is left as it is: no language can be chosen there.")
            self._tell(Notice(text.format(file=folder / name)))

    def _fail_pack(self, pack: Pack, error: ReaderError, unsaid: Sequence[str] = ()) -> None:
        pack.failed = True
        pack.discard()
        self._begun.discard(pack)
        self._fail(pack.narration.article.document.id, pack.narration.language, error, unsaid)

    def _fail(self, article: str, language: str, error: ReaderError, unsaid: Sequence[str] = ()) -> None:
        failed = PackFailed(article, language, error, tuple(dict.fromkeys(unsaid)))
        self._report.failures.append(failed)
        self._tell(failed)

    def _tell_coverage(self, narration: Narration) -> None:
        coverage = narration.localized.coverage
        for problem in coverage.faults:
            self._flaw(narration, problem)
        if not coverage.complete:
            text = _untranslated(narration.article, narration.language, coverage)
            self._tell(Notice(text, article=narration.article.document.id, language=narration.language))

    def _untold(self, pack: Pack) -> Iterator[None]:
        """Tell, in pieces, what is wrong and takes a moment to find out: what may be wrong with translations,
        and text of the article that reached nobody, which is ours to mend and the listener's to know."""
        told: set[Problem] = set()
        for doubts in pack.narration.localized.doubts():
            for doubt in doubts:
                if doubt not in told:
                    told.add(doubt)
                    self._flaw(pack.narration, doubt)
            yield
        pack.narration = pack.narration.without_catalogs
        try:
            lost = pack.ledger.lost
        except ReaderError as error:
            self._fail_pack(pack, error)
            return
        for entry in lost:
            unread = Unread(pack.narration.article.document.id, pack.narration.language, entry)
            self._report.unread.append(unread)
            self._tell(unread)

    def _flaw(self, narration: Narration, problem: Problem) -> None:
        flaw = Flaw(narration.article.document.id, narration.language, problem)
        self._report.flaws.append(flaw)
        self._tell(flaw)

    def _tell_online(self, plans: Iterable[ChapterPlan]) -> None:
        """Say that text leaves the machine before it does."""
        names = dict.fromkeys(
            voices.display_name(part.voice)
            for plan in plans
            if any(voices.is_online(voice) for voice in plan.voices)
            and not self._store.has(studio.CHAPTERS, plan.key)
            for utterance in plan.utterances
            for part in utterance.parts
            if voices.is_online(part.voice) and not self._store.has(studio.CLIPS, part.key)
        )
        for name in names:
            if name not in self._online:
                self._online.add(name)
                text = _("The text leaves this machine: {voice} sends it over the network to be spoken.")
                self._tell(Notice(text.format(voice=name), making=True))

    def _tell_trouble(self) -> None:
        """Say, once, that the shared cache cannot be used."""
        if self._store.trouble and not self._troubled:
            self._troubled = True
            self._tell(Notice(self._store.trouble, making=True))

    def _tell_loudness(self, files: Sequence[ChapterFile]) -> None:
        for file in files:
            if file.off_lu > _LOUDNESS_PROMISE_LU:
                text = _("{file} plays at {loudness} LUFS and could not be brought to the usual loudness.")
                self._tell(Notice(text.format(file=file.name, loudness=file.loudness_lufs), making=True))

    def _tell_unvoiced(self, pack: Pack, runs: Sequence[str]) -> None:
        """Nothing is lost silently: say which characters the voices had no sound for."""
        if runs:
            text = ngettext(
                "{article} in {language}: the voice has no sound for {count} run of characters: {runs}.",
                "{article} in {language}: the voice has no sound for {count} runs of characters: {runs}.",
                len(runs),
            ).format(
                article=pack.narration.article.document.id,
                language=languages.display_name(pack.narration.language, ui_language()),
                count=len(runs),
                runs=languages.listing(map(quoted, list(dict.fromkeys(runs))[:_MOST_NAMED]), ui_language()),
            )
            self._tell(Notice(text, making=True))

    def _tell_unhonoured(self, pack: Pack, words: Sequence[str]) -> None:
        """Say which pronunciations the voices could not follow."""
        if words:
            different = list(dict.fromkeys(words))
            text = ngettext(
                "{article} in {language}: the voice says {count} word in its own way, not as the lexicon has "
                "it: {words}.",
                "{article} in {language}: the voice says {count} words in its own way, not as the lexicon "
                "has them: {words}.",
                len(different),
            ).format(
                article=pack.narration.article.document.id,
                language=languages.display_name(pack.narration.language, ui_language()),
                count=len(different),
                words=languages.listing(map(quoted, different[:_MOST_NAMED]), ui_language()),
            )
            self._tell(Notice(text, making=True))


def _exhaust(pieces: Iterator[None]) -> None:
    for _piece in pieces:
        pass


def _store(shared: str) -> Store:
    try:
        return Store.of(str(cache_dir()), shared)
    except OSError as error:
        raise studio.unusable(error.filename or "", error) from error


def _untranslated(article: Article, language: str, coverage: Coverage) -> str:
    missing = len(coverage.untranslated)
    return ngettext(
        "{article} in {language}: {count} text is not translated and is spoken in {source}. "
        "Words: {words}; duration: {duration}.",
        "{article} in {language}: {count} texts are not translated and are spoken in {source}. "
        "Words: {words}; duration: {duration}.",
        missing,
    ).format(
        words=coverage.words - coverage.words_translated,
        duration=spell_seconds(coverage.seconds_untranslated, ui_language()),
        article=article.document.id,
        language=languages.display_name(language, ui_language()),
        count=missing,
        source=languages.display_name(article.document.language, ui_language()),
    )
