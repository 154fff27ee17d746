from __future__ import annotations

import hashlib
import json
import os
import random
import re
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import OutputError
from reader.studio.store import CHAPTERS, CLIPS, Store, get_clip, put_clip
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


def test_clips(store: Store) -> None:
    samples = np.array([0, 1, -32_768, 32_767], np.int16)
    clip = Clip(samples, 22_050, (Mark(0, 4, 2), Mark(0, 9, 0, "sentence")), ((5, 6),))
    put_clip(store, KEY, clip)
    got = get_clip(store, KEY)
    assert got is not None
    assert np.array_equal(got.samples, samples)
    assert got.samples.dtype == np.int16
    assert (got.rate, got.marks, got.unvoiced) == (22_050, clip.marks, clip.unvoiced)
    assert get_clip(store, OTHER) is None


def test_folder_is_private(store: Store) -> None:
    store.put(CLIPS, KEY, {}, b"")
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700


def test_names_and_contents_hold_no_text(store: Store) -> None:
    clip = Clip(np.zeros(50, np.int16), RATE, (Mark(0, 6, 0),), ((3, 4),))
    put_clip(store, KEY, clip)
    (path,) = files(store)
    assert path == store.path(CLIPS, KEY)
    assert re.fullmatch(r"clips/[0-9a-f]{2}/[0-9a-f]{64}", path.relative_to(store.folder).as_posix())
    header = json.loads(path.read_bytes().split(b"\n")[1])
    assert header == {"rate": RATE, "marks": [[0, 6, 0, "word"]], "unvoiced": [[3, 4]]}


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "first byte alone": lambda data: data[:1],
    "cut in the header": lambda data: data[:20],
    "cut in the payload": lambda data: data[:-40],
    "one byte less": lambda data: data[:-1],
    "one byte more": lambda data: data + b"\0",
    "zeros": lambda data: bytes(len(data)),
    "text": lambda data: b"This is no entry.\n" * 9,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_entries_are_removed(store: Store, damage: str) -> None:
    store.put(CLIPS, KEY, {"marks": [], "unvoiced": []}, bytes(range(200)))
    path = store.path(CLIPS, KEY)
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    assert store.get(CLIPS, KEY) is None
    assert not path.exists()
    store.put(CLIPS, KEY, {}, b"again")
    assert store.get(CLIPS, KEY) is not None


def test_no_flipped_bit_goes_unnoticed(store: Store) -> None:
    store.put(CLIPS, KEY, {"marks": [], "unvoiced": []}, bytes(range(60)))
    path = store.path(CLIPS, KEY)
    whole = path.read_bytes()
    for at in range(len(whole)):
        flipped = bytearray(whole)
        flipped[at] ^= 1 << random.Random(at).randrange(8)
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
    folder = store.path(CLIPS, KEY).parent
    old, new = folder / ".new-old", folder / ".new-new"
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


WRITE = """
import sys
from pathlib import Path
from reader.studio.store import CLIPS, Store

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
    assert len(files(store)) == 5


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
    list_files = ["find", str(folder), "-name", ".new-*"]
    # The mount is seen and kept by this one shell alone, and goes with it.
    script = 'mount -t tmpfs -o size=256k none "$0" || exit 77; "${@:2}" full && find "$0" -name ".new-*"'
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
