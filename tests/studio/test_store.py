from __future__ import annotations

import hashlib
import os
import random
import re
import stat
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import OutputError
from reader.studio import flac
from reader.studio.store import CHAPTERS, CLIPS, INCOMING, Store, get_clip, put_clip
from reader.voices.engine import RATE, Clip, Mark

KEY = hashlib.sha256(b"one").hexdigest()
OTHER = hashlib.sha256(b"two").hexdigest()


def files(store: Store) -> list[Path]:
    return [path for path in store.folder.rglob("*") if path.is_file()]


@given(
    st.dictionaries(st.text(), st.one_of(st.integers(), st.text(), st.none(), st.lists(st.integers()))),
    st.binary(max_size=300),
)
def test_what_is_put_is_got(
    tmp_path_factory: pytest.TempPathFactory, header: dict[str, object], payload: bytes
) -> None:
    store = Store(tmp_path_factory.getbasetemp() / "store-put-get")
    store.put(CHAPTERS, KEY, header, payload)
    entry = store.get(CHAPTERS, KEY)
    assert entry is not None
    assert (entry.header, entry.payload) == (header, payload)


def test_what_is_large_is_got_whole_or_not_at_all(store: Store) -> None:
    payload = random.Random(8).randbytes(3 << 20)
    store.put(CHAPTERS, KEY, {"n": 1}, payload)
    entry = store.get(CHAPTERS, KEY)
    assert entry is not None
    assert (entry.header, entry.payload) == ({"n": 1}, payload)
    tracemalloc.start()
    try:
        store.get(CHAPTERS, KEY)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 1.5 * len(payload)
    path = store.path(CHAPTERS, KEY)
    path.write_bytes(path.read_bytes().replace(payload[5:50], bytes(45)))
    assert store.get(CHAPTERS, KEY) is None


def test_what_was_not_put(store: Store) -> None:
    assert store.get(CLIPS, KEY) is None
    assert not store.has(CLIPS, KEY)
    store.put(CLIPS, KEY, {}, b"")
    assert store.has(CLIPS, KEY)
    assert not store.has(CHAPTERS, KEY)
    assert not store.has(CLIPS, OTHER)


def test_put_again(store: Store) -> None:
    store.put(CLIPS, KEY, {"n": 1}, b"one")
    store.put(CLIPS, KEY, {"n": 2}, b"two")
    entry = store.get(CLIPS, KEY)
    assert entry is not None
    assert (entry.header, entry.payload) == ({"n": 2}, b"two")
    assert len(files(store)) == 1


LONGEST = 60_000


@given(
    samples=st.one_of(
        st.lists(st.integers(-32_768, 32_767), max_size=80).map(lambda some: np.array(some, np.int16)),
        st.tuples(st.integers(0, LONGEST), st.integers(0, 99)).map(
            lambda both: np.random.default_rng(both[1]).integers(-32_768, 32_768, both[0]).astype(np.int16)
        ),
        st.integers(0, LONGEST).map(lambda length: np.zeros(length, np.int16)),
    ),
    rate=st.one_of(st.sampled_from([8000, 11_025, 22_050, 24_000, 48_000]), st.integers(1, 800_000)),
    marks=st.lists(st.builds(Mark, *[st.integers(0, 999)] * 3, st.sampled_from(["word", "sentence"]))),
    runs=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99))),
    compact=st.booleans(),
)
def test_clip_in_clip_out(
    tmp_path_factory: pytest.TempPathFactory, samples: npt.NDArray[np.int16], rate: int, marks: list[Mark],
    runs: list[tuple[int, int]], compact: bool,
) -> None:  # fmt: skip
    store = Store(tmp_path_factory.getbasetemp() / "store-clips")
    clip = Clip(samples, rate, tuple(marks), tuple(runs), tuple(reversed(runs)))
    put_clip(store, KEY, clip, compact=compact)
    got = get_clip(store, KEY)
    assert got is not None
    assert np.array_equal(got.samples, samples)
    assert (got.samples.dtype, got.samples.shape) == (np.dtype(np.int16), samples.shape)
    assert (got.rate, got.marks, got.unvoiced, got.unhonoured) == (
        rate, clip.marks, clip.unvoiced, clip.unhonoured,
    )  # fmt: skip


def test_speech_takes_little_room(store: Store, speech: npt.NDArray[np.float32]) -> None:
    samples = np.rint(speech * 32_767).astype(np.int16)
    put_clip(store, KEY, Clip(samples, RATE))
    assert store.path(CLIPS, KEY).stat().st_size < 0.65 * samples.nbytes


def test_folder_is_private(store: Store) -> None:
    store.put(CLIPS, KEY, {}, b"")
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700


def test_names_and_contents_hold_no_text(store: Store) -> None:
    clip = Clip(np.zeros(50, np.int16), RATE, (Mark(0, 6, 0),), ((3, 4),))
    put_clip(store, KEY, clip)
    (path,) = files(store)
    assert path == store.path(CLIPS, KEY)
    assert re.fullmatch(r"clips/[0-9a-f]{2}/[0-9a-f]{64}", path.relative_to(store.folder).as_posix())
    entry = store.get(CLIPS, KEY)
    assert entry is not None
    assert entry.header == {"rate": RATE, "marks": [[0, 6, 0, "word"]], "unvoiced": [[3, 4]], "flac": True}
    assert entry.payload.startswith(b"fLaC")


def test_files_are_private(store: Store) -> None:
    store.put(CLIPS, KEY, {}, b"mine")
    for path in store.folder.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "first byte alone": lambda data: data[:1],
    "cut in the payload": lambda data: data[:20],
    "cut in the header": lambda data: data[:-20],
    "the trailer alone": lambda data: data[-16:],
    "a byte lost in the middle": lambda data: data[:90] + data[91:],
    "two bytes swapped": lambda data: data[:50] + data[51:49:-1] + data[52:],
    "the former form": lambda data: (
        (body := b'voice-reader 1\n{"marks": []}\n' + data[:200]) + hashlib.sha256(body).digest()
    ),
    "one byte less": lambda data: data[:-1],
    "one byte more": lambda data: data + b"\0",
    "zeros": lambda data: bytes(len(data)),
    "text": lambda data: b"This is no entry.\n" * 9,
}


READINGS: dict[str, Callable[[Store], object]] = {
    "get": lambda store: store.get(CLIPS, KEY),
    "open": lambda store: store.open(CLIPS, KEY),
    "entry_bytes": lambda store: store.entry_bytes(CLIPS, KEY),
}


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_entries_are_removed(store: Store, damage: str, reading: str) -> None:
    store.put(CLIPS, KEY, {"marks": [], "unvoiced": []}, bytes(range(200)))
    path = store.path(CLIPS, KEY)
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    assert READINGS[reading](store) is None
    assert not path.exists()
    store.put(CLIPS, KEY, {}, b"again")
    assert store.get(CLIPS, KEY) is not None


@pytest.mark.parametrize(
    "damage",
    ["empty", "first byte alone", "one byte less", "one byte more", "zeros", "text", "the former form"],
)
def test_what_was_cut_or_has_another_form_is_not_there(store: Store, damage: str) -> None:
    store.put(CLIPS, KEY, {"marks": [], "unvoiced": []}, bytes(range(200)))
    path = store.path(CLIPS, KEY)
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    assert not store.has(CLIPS, KEY)


@pytest.mark.parametrize("reading", READINGS)
def test_an_entry_under_anothers_name_is_none(store: Store, reading: str) -> None:
    store.put(CLIPS, OTHER, {}, b"other")
    store.path(CLIPS, KEY).parent.mkdir(exist_ok=True)
    store.path(CLIPS, OTHER).rename(store.path(CLIPS, KEY))
    assert READINGS[reading](store) is None


def test_an_entry_without_payload(store: Store) -> None:
    store.put(CHAPTERS, KEY, {"n": 1}, b"")
    opened = store.open(CHAPTERS, KEY)
    assert opened is not None
    with opened:
        assert (opened.header, opened.length, opened.file.read()) == ({"n": 1}, 0, b"")


def test_no_flipped_bit_goes_unnoticed(store: Store) -> None:
    put_clip(store, KEY, Clip(np.arange(60, dtype=np.int16), RATE, (Mark(0, 4, 2),)))
    path = store.path(CLIPS, KEY)
    whole = path.read_bytes()
    for at in range(len(whole)):
        for bit in range(8):
            flipped = bytearray(whole)
            flipped[at] ^= 1 << bit
            path.write_bytes(flipped)
            assert store.open(CLIPS, KEY) is None, f"byte {at}"
            path.write_bytes(flipped)
            assert get_clip(store, KEY) is None, f"byte {at}"


def test_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    store = Store(tmp_path / "file")
    with pytest.raises(OutputError, match="READER_CACHE") as raised:
        store.put(CLIPS, KEY, {}, b"")
    assert str(tmp_path / "file") in str(raised.value)
    with pytest.raises(OutputError):
        store.get(CLIPS, KEY)
    assert (tmp_path / "file").read_text() == "mine"


def test_entry_that_is_a_folder(store: Store) -> None:
    store.path(CLIPS, KEY).mkdir(parents=True)
    with pytest.raises(OutputError):
        store.get(CLIPS, KEY)
    with pytest.raises(OutputError):
        store.put(CLIPS, KEY, {}, b"")
    assert files(store) == []


def test_tidy_removes_old_leftovers_alone(store: Store) -> None:
    store.put(CLIPS, KEY, {}, b"kept")
    old, new = store.folder / INCOMING / "old", store.folder / INCOMING / "new"
    for left in (old, new):
        left.write_bytes(b"half")
    long_ago = time.time() - 48 * 3600
    os.utime(old, (long_ago, long_ago))
    os.utime(store.path(CLIPS, KEY), (long_ago, long_ago))
    store.tidy()
    assert not old.exists()
    assert new.exists()
    assert store.get(CLIPS, KEY) is not None


def test_tidy_of_nothing(store: Store) -> None:
    store.tidy()
    assert not store.folder.exists()


def test_an_entry_is_written_as_a_stream(store: Store, speech: npt.NDArray[np.float32]) -> None:
    pcm = np.rint(speech * 32_767).astype(np.int16)
    sound = flac.encode(pcm, RATE)
    with store.writing() as entry:
        for start in range(0, len(sound), 1000):
            entry.write(sound[start : start + 1000])
        assert not store.has(CHAPTERS, KEY)
        entry.keep(CHAPTERS, KEY, {"samples": len(pcm)})
        with pytest.raises(ValueError, match="after it was kept"):
            entry.write(b"more")
    kept = store.get(CHAPTERS, KEY)
    assert kept is not None
    assert (kept.header, kept.payload) == ({"samples": len(pcm)}, sound)
    opened = store.open(CHAPTERS, KEY)
    assert opened is not None
    with opened:
        assert (opened.header, opened.length) == ({"samples": len(pcm)}, len(sound))
        decoded, _rate = soundfile.read(opened.file, dtype="int16")
        assert np.array_equal(decoded, pcm)
    assert opened.file.closed


def test_the_payload_ends_where_it_ends(store: Store) -> None:
    store.put(CHAPTERS, KEY, {"long": "x" * 5000}, bytes(range(100)))
    opened = store.open(CHAPTERS, KEY)
    assert opened is not None
    with opened as entry:
        file = entry.file
        assert file.seek(0, os.SEEK_END) == 100
        assert file.read(1) == b""
        assert file.seek(-3, os.SEEK_END) == 97
        assert file.read() == bytes([97, 98, 99])
        assert file.seek(400) == 400
        assert file.read() == b""
        assert file.seek(50) == 50
        assert file.read(2) == bytes([50, 51])
        assert (file.tell(), file.seekable(), file.readable(), file.writable()) == (52, True, True, False)


def test_an_entry_that_is_not_kept_leaves_nothing(store: Store) -> None:
    with store.writing() as entry:
        entry.write(b"half")
    assert not store.has(CHAPTERS, KEY)

    def fail() -> None:
        with store.writing() as entry:
            entry.write(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert files(store) == []


def test_a_long_payload_is_never_in_memory(store: Store) -> None:
    piece = bytes(100_000)
    tracemalloc.start()
    try:
        with store.writing() as entry:
            for _number in range(200):
                entry.write(piece)
            entry.keep(CHAPTERS, KEY, {})
        opened = store.open(CHAPTERS, KEY)
        assert opened is not None
        with opened:
            assert sum(len(part) for part in iter(lambda: opened.file.read(100_000), b"")) == 20_000_000
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 2_000_000


def test_an_entry_carried_to_another_machine(store: Store, tmp_path: Path) -> None:
    other = Store(tmp_path / "other")
    put_clip(store, KEY, Clip(np.arange(500, dtype=np.int16), RATE))
    data = store.entry_bytes(CLIPS, KEY)
    assert data is not None
    assert not other.adopt(CLIPS, OTHER, data)
    assert not other.adopt(CHAPTERS, KEY, data)
    assert not other.adopt(CLIPS, KEY, data[:-1])
    assert not other.adopt(CLIPS, KEY, b"")
    assert files(other) == []
    assert other.adopt(CLIPS, KEY, data)
    assert other.path(CLIPS, KEY).read_bytes() == store.path(CLIPS, KEY).read_bytes()
    assert get_clip(other, KEY) is not None


def test_a_store_travels_to_a_worker(store: Store) -> None:
    put_clip(store, KEY, Clip(np.arange(500, dtype=np.int16), RATE))
    there = Store.of(*store.places)
    assert there.places == store.places == Store.of(*store.places).places
    assert get_clip(there, KEY) is not None
    assert there.new_name() != store.new_name()


def test_use_is_remembered_to_the_hour(store: Store) -> None:
    store.put(CLIPS, KEY, {}, b"")
    path = store.path(CLIPS, KEY)
    minutes_ago, days_ago = time.time() - 600, time.time() - 3 * 24 * 3600
    for use in READINGS.values():
        os.utime(path, (days_ago, days_ago))
        use(store)
        assert path.stat().st_mtime > minutes_ago
        os.utime(path, (minutes_ago, minutes_ago))
        use(store)
        assert path.stat().st_mtime == pytest.approx(minutes_ago, abs=1)


def test_eviction_spares_what_this_run_used(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for key in (KEY, OTHER):
        store.put(CLIPS, key, {}, bytes(1000))
        os.utime(store.path(CLIPS, key), (1e9, 1e9))
    assert store.evict(0) == 0
    run = Store(store.folder)
    run.get(CLIPS, KEY)
    # A run of a week: what it used at its start is older than any guard.
    monkeypatch.setattr(time, "time", lambda now=time.time: now() + 7 * 24 * 3600)
    assert run.evict(500) > 1000
    assert run.has(CLIPS, KEY)
    assert not run.has(CLIPS, OTHER)


WRITE = """
import sys
from pathlib import Path
from reader.studio.store import CHAPTERS, CLIPS, Store

store, mine = Store(Path(sys.argv[1])), sys.argv[2]
for turn in range(40):
    for number in range(5):
        key = f"{number:064x}"
        payload = f"{mine} {turn} ".encode() * 4000
        store.put(CLIPS, key, {"writer": mine}, payload)
        entry = store.get(CLIPS, key)
        assert entry is not None, "an entry was found damaged"
        writer = entry.header["writer"].encode()
        assert set(entry.payload.split()[::2]) == {writer}, "two entries were mixed"
        mine_alone = f"{ord(mine) * 1000 + turn * 5 + number:064x}"
        with store.writing() as made:
            for _ in range(9):
                made.write(payload)
            made.keep(CHAPTERS, mine_alone, {})
        assert (opened := store.open(CHAPTERS, mine_alone)) is not None, "an entry is lost"
        opened.close()
"""


def test_many_processes_share_a_folder(store: Store, environment: dict[str, str]) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITE, str(store.folder), name], env=environment, stderr=subprocess.PIPE
        )
        for name in "ABC"
    ]
    for writer in writers:
        _out, err = writer.communicate()
        assert writer.returncode == 0, err.decode()
    assert len(files(store)) == 5 + 3 * 200


FOREVER = WRITE.replace("for turn in range(40)", "for turn in itertools.count()").replace(
    "import sys", "import itertools, sys"
)

READ = """
import itertools, sys, time
from pathlib import Path
from reader.studio.store import CHAPTERS, CLIPS, Store

store, found, deadline = Store(Path(sys.argv[1])), 0, time.monotonic() + 60
for turn in itertools.count():
    if found == 2000 or time.monotonic() > deadline:
        break
    entry = store.get(CLIPS, f"{turn % 5:064x}")
    if entry is not None:
        found += 1
        assert len(set(entry.payload.split()[::2])) == 1, "half an entry was read"
print(found)
"""


def test_killed_at_any_moment(store: Store, environment: dict[str, str]) -> None:
    """Writers die again and again, while others write and read the same: nothing is ever seen in half."""
    chance = random.Random(8)

    def start(code: str, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-c", code, str(store.folder), *arguments],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    steady = start(WRITE, "S")
    reader = start(READ)
    for name in "KLMNOP":
        doomed = start(FOREVER, name)
        deadline = time.monotonic() + 60
        while not list(store.folder.glob(f"{CHAPTERS}/*/*{ord(name) * 1000:x}")):
            assert time.monotonic() < deadline, "it never wrote"
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.1))
        doomed.kill()
        _out, err = doomed.communicate()
        assert err == b"", err.decode()
    for process in (steady, reader):
        out, err = process.communicate()
        assert process.returncode == 0, err.decode()
    assert int(out) > 0, "nothing was read"
    for path in files(store):
        if path.parent.name != INCOMING and path.name != "size":
            opened = store.open(path.parent.parent.name, path.name)
            assert opened is not None, path
            opened.close()
    assert len(list((store.folder / INCOMING).iterdir())) <= 6, "more than what each of the killed had open"


FILL = """
import sys
from pathlib import Path
from reader.errors import OutputError
from reader.studio.store import CLIPS, Store

if sys.argv[2] == "limited":
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
store = Store(Path(sys.argv[1]))
store.put(CLIPS, "0" * 64, {}, bytes(20_000))
try:
    for number in range(1, 99):
        store.put(CLIPS, f"{number:064x}", {}, bytes(50_000))
except OutputError as error:
    assert error.exit_code == 4
    print(error)
else:
    sys.exit("the disk is not full")
assert store.get(CLIPS, "0" * 64) is not None, "what was kept is lost"
"""


def test_full_disk(tmp_path: Path, environment: dict[str, str]) -> None:
    """On a small disk of its own where the system lets us make one; else with a limit on a file's size."""
    folder = tmp_path / "disk"
    folder.mkdir()
    fill = [sys.executable, "-c", FILL, str(folder / "cache")]
    list_files = ["find", str(folder), "-path", "*/incoming/*"]
    # The mount is seen and kept by this one shell alone, and goes with it.
    script = (
        'mount -t tmpfs -o size=256k none "$0" || exit 77; "${@:2}" full && find "$0" -path "*/incoming/*"'
    )
    in_namespace = ["unshare", "--map-root-user", "--mount", "bash", "-c", script, str(folder), "-", *fill]
    try:
        done = subprocess.run(in_namespace, env=environment, capture_output=True, text=True, check=False)
        mounted = done.returncode == 0 or "Traceback" in done.stderr or "not full" in done.stderr
    except FileNotFoundError:
        mounted = False
    if not mounted:
        done = subprocess.run(
            [*fill, "limited"], env=environment, capture_output=True, text=True, check=False
        )
        done.stdout += subprocess.run(list_files, capture_output=True, text=True, check=True).stdout
    assert done.returncode == 0, done.stderr
    assert "the cache cannot be used" in done.stdout
    assert ("No space left" if mounted else "too large") in done.stdout
    assert len(done.stdout.splitlines()) == 1, "a temporary file was left"
