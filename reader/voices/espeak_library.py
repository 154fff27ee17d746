"""The eSpeak NG library itself, through ctypes: one fresh copy of its state for each use.

eSpeak NG keeps its state in global variables, and some of it (the phase of the voice's wave, the
flutter of its pitch, ...) is reset by nothing that the library offers, not even by terminating
and initializing it. So `fresh` loads the library, and unloads it when done: what is said never
depends on what was said before. docs/decisions/espeak-determinism.md has the measurements.

Only one copy can be loaded at a time, so `fresh` holds a lock: threads take turns.
"""

from __future__ import annotations

import _ctypes
import ctypes
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import (
    POINTER,
    Structure,
    Union,
    byref,
    c_char,
    c_char_p,
    c_int,
    c_long,
    c_short,
    c_ubyte,
    c_uint,
    c_void_p,
)
from functools import cache
from pathlib import Path

from reader.errors import VoiceError
from reader.messages import _

SYNCHRONOUS = 2
"""espeak_AUDIO_OUTPUT: samples go to the callback, and synthesis returns when all is said."""

PHONEME_EVENTS, DONT_EXIT = 0x0001, 0x8000
"""Flags of espeak_Initialize: tell of each phoneme; return an error instead of ending the process."""

UTF8, PHONEME_INPUT, END_PAUSE = 0x0001, 0x0100, 0x1000
"""Flags of espeak_Synth. SSML (0x10) is never set, phoneme input only by `Library.take_mnemonics`: text is
text."""

MNEMONICS, IPA, TIED = 0x00, 0x02, 0x80
"""Forms of espeak_TextToPhonemes: its own mnemonics, IPA; letters of one phoneme joined by bits 8 to 23."""

RATE_PARAMETER = 1
"""espeakRATE, in words per minute."""

WORD, SENTENCE, PHONEME = 1, 2, 7
"""Types of events; a list of events ends with type 0."""

BUFFER_MS = 250
"""Sound for which the callback is called once. The library's own 60 take a tenth more time; from 1000 on its
quickest speeds sound different (docs/decisions/espeak-determinism.md)."""

_DESCRIPTORS = Path("/proc/self/fd")

_SEED = 1
"""For the noise in breathy voices: the same in every use."""


class _Identity(Union):
    _fields_ = (("number", c_int), ("name", c_char_p), ("string", c_char * 8))


class Event(Structure):
    """espeak_EVENT."""

    _fields_ = (
        ("type", c_int),
        ("unique_identifier", c_uint),
        ("text_position", c_int),  # characters, from 1
        ("length", c_int),  # characters
        ("audio_position", c_int),  # ms
        ("sample", c_int),
        ("user_data", c_void_p),
        ("id", _Identity),
    )


class VoiceEntry(Structure):
    """espeak_VOICE."""

    _fields_ = (
        ("name", c_char_p),
        ("languages", c_void_p),  # pairs of a priority byte and a string, ended by a zero byte
        ("identifier", c_char_p),
        ("gender", c_ubyte),
        ("age", c_ubyte),
        ("variant", c_ubyte),
        ("unused", c_ubyte),
        ("score", c_int),
        ("spare", c_void_p),
    )


Callback = ctypes.CFUNCTYPE(c_int, POINTER(c_short), c_int, POINTER(Event))
"""t_espeak_callback: samples or NULL, how many, events; answers 1 to stop."""


class Library:
    """One loaded and initialized copy. Made by `fresh` alone, used by one thread."""

    def __init__(self, handle: ctypes.CDLL, rate: int) -> None:
        self._handle = handle
        self._callback: object = None
        self._flags = UTF8 | END_PAUSE
        self.rate = rate
        """Samples per second."""

    def version(self) -> str:
        """The library's version, such as ``1.52.0``."""
        self._handle.espeak_Info.restype = c_char_p
        return str(self._handle.espeak_Info(byref(c_char_p())).decode("ascii"))

    def voices(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Its voices as (name, identifier, language codes, its own first); variants left out."""
        self._handle.espeak_ListVoices.restype = POINTER(POINTER(VoiceEntry))
        entries = self._handle.espeak_ListVoices(None)
        index = 0
        while entries[index]:
            entry = entries[index].contents
            index += 1
            codes, at = [], entry.languages
            while ctypes.string_at(at, 1) != b"\0":
                code = ctypes.string_at(at + 1)
                codes.append(code.decode("utf-8"))
                at += len(code) + 2
            yield entry.name.decode("utf-8").strip(), entry.identifier.decode("utf-8"), tuple(codes)

    def set_voice(self, identifier: str, words_per_minute: int) -> bool:
        """Take a voice and its speed; False if there is no such voice."""
        if not self._take(identifier):
            return False
        self._handle.espeak_SetParameter(RATE_PARAMETER, words_per_minute, 0)
        self._handle.espeak_ng_SetRandSeed(c_long(_SEED))
        return True

    def _take(self, identifier: str) -> bool:
        # An identifier is the voice's file, which is found 40 times faster than a name: a name is looked for
        # in all 141 files. But the library makes capitals small before it looks, in paths as well: where a
        # system tells them apart, ``gmw/en-US`` is such a name. A descriptor's path has no capitals.
        file = Path(_paths()[1], "lang", identifier)
        if identifier != identifier.lower() and _DESCRIPTORS.is_dir() and file.is_file():
            with file.open("rb") as opened:
                path = str(_DESCRIPTORS / str(opened.fileno()))
                if self._handle.espeak_ng_SetVoiceByFile(path.encode("ascii")) == 0:
                    return True
        return bool(self._handle.espeak_SetVoiceByName(identifier.encode("utf-8")) == 0)

    def take_mnemonics(self) -> None:
        """From now on, what stands between ``[[`` and ``]]`` is phonemes, in eSpeak's own mnemonics."""
        self._flags |= PHONEME_INPUT
        self.synthesize(" ", lambda _sound, _events: False)  # `phonemes` and `clauses` do as this one did

    def synthesize(self, text: str, hear: Callable[[bytes, list[Event]], bool]) -> bool:
        """Say a text without NUL characters; False if the library failed.

        Args:
            hear: gets 16-bit samples as bytes, and the events that begin in them; answers True to stop.
        """
        failed: list[BaseException] = []

        def called(samples: object, count: int, events: object) -> int:
            # An exception must not pass through C, where it would be printed and forgotten.
            try:
                found, index = [], 0
                while events[index].type:  # type: ignore[index]
                    found.append(Event.from_buffer_copy(events[index]))  # type: ignore[index]
                    index += 1
                sound = ctypes.string_at(samples, 2 * count) if count > 0 else b""  # type: ignore[arg-type]
                return int(hear(sound, found))
            except BaseException as error:  # noqa: BLE001 - raised again outside of C
                failed.append(error)
                return 1

        callback = self._callback = Callback(called)
        self._handle.espeak_SetSynthCallback(callback)
        packed = _packed(text)
        status = self._handle.espeak_Synth(
            packed, ctypes.c_size_t(len(packed) + 1), 0, 1, 0, self._flags, None, None
        )
        if failed:
            raise failed[0]
        return bool(status == 0)

    def phonemes(self, text: str) -> str:
        """The phonemes of a text, as eSpeak's own mnemonics, clauses parted by line breaks."""
        return "\n".join(clause for clause, _read in self._to_phonemes(text, MNEMONICS))

    def clauses(self, text: str, tie: str) -> Iterator[tuple[str, int]]:
        """(IPA, characters read so far) of each clause of a text.

        The end of a clause is seen in the first character of the next one: that is read, too.

        Args:
            text: without NUL characters.
            tie: joins the letters of one phoneme, ``t^ʃ``.
        """
        yield from self._to_phonemes(text, IPA | TIED | ord(tie) << 8)

    def _to_phonemes(self, text: str, mode: int) -> Iterator[tuple[str, int]]:
        to_phonemes = self._handle.espeak_TextToPhonemes
        to_phonemes.restype = c_char_p
        raw = _packed(text)
        packed = ctypes.create_string_buffer(raw)
        start = ctypes.addressof(packed)
        rest = c_void_p(start)
        while rest.value:
            clause = (to_phonemes(byref(rest), UTF8, mode) or b"").decode("utf-8", "replace")
            read = rest.value - start if rest.value else len(raw)
            yield clause, len(raw[:read].decode("utf-8", "ignore"))


_lock = threading.RLock()


@contextmanager
def fresh() -> Iterator[Library]:
    """A copy of the library that remembers nothing; unloaded at the end.

    Raises:
        VoiceError: the library or its data are missing or cannot be used.
    """
    with _lock:
        path, data = _paths()
        try:
            handle = ctypes.CDLL(path)
        except OSError as error:
            raise VoiceError(
                _("The eSpeak NG library cannot be loaded: {reason}.").format(reason=error),
                advice=_("Install the package espeakng-loader again."),
            ) from error
        try:
            rate = handle.espeak_Initialize(
                SYNCHRONOUS, BUFFER_MS, _encoded(data), PHONEME_EVENTS | DONT_EXIT
            )
            if rate <= 0:
                raise VoiceError(
                    _("eSpeak NG cannot read its data in the folder {folder}.").format(folder=data),
                    advice=_(
                        "Install the package espeakng-loader again, in a folder whose path is not too long."
                    ),
                )
            try:
                yield Library(handle, rate)
            finally:
                handle.espeak_Terminate()
        finally:
            unload(handle)


@cache
def forgets() -> bool:
    """Whether this system really unloads the library, so that `fresh` keeps its promise.

    Some do not (musl never unloads; another package may hold the library): what is said then
    depends on what was said before, so packs are not reproducible. Checked once per process.
    """
    with fresh():
        pass
    path, _data = _paths()
    if sys.platform == "win32":
        return not ctypes.windll.kernel32.GetModuleHandleW(ctypes.c_wchar_p(path))
    try:
        _ctypes.dlclose(_ctypes.dlopen(path, os.RTLD_NOW | os.RTLD_NOLOAD))
    except OSError:
        return True
    return False


def unload(handle: ctypes.CDLL) -> None:
    """Give a loaded library back to the system."""
    if sys.platform == "win32":
        _ctypes.FreeLibrary(handle._handle)
    else:
        _ctypes.dlclose(handle._handle)


def data_folder() -> Path:
    """The folder of eSpeak's data.

    Raises:
        VoiceError: eSpeak NG is not installed.
    """
    return Path(_paths()[1])


@cache
def _paths() -> tuple[str, str]:
    """Where the library and its data lie."""
    try:
        import espeakng_loader

        return espeakng_loader.get_library_path(), espeakng_loader.get_data_path()
    except (ImportError, RuntimeError, OSError) as error:
        raise VoiceError(
            _("eSpeak NG is not installed: {reason}.").format(reason=error),
            advice=_("Install the package espeakng-loader."),
        ) from error


def _encoded(path: str) -> bytes:
    # On Windows the library opens files by names in the system's own code page.
    return path.encode("mbcs", "replace") if sys.platform == "win32" else os.fsencode(path)


def _packed(text: str) -> bytes:
    return text.encode("utf-8", "replace")
