"""Which article a pack's folder was made from on this machine, so that another one does not replace it.

Two articles called `README.md` in two folders have the same id and so the same pack. A pack itself names
no folders (it is the same wherever it is made), so this is remembered in the user's cache: one small file
per pack, under the hash of the pack's path.
"""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from pathlib import Path

from reader.errors import UsageError
from reader.messages import _


class Origins:
    """What was made from what.

    Args:
        folder: where the records are kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def check(self, pack: Path, article: Path) -> None:
        """Make sure that a pack that is there was not made from another article, still there as well.

        Raises:
            UsageError: it was; names both.
        """
        if not pack.exists():
            return
        with suppress(OSError, ValueError):
            other = Path(self.record(pack).read_text(encoding="utf-8"))
            if other != article.resolve() and other.is_file():
                raise UsageError(
                    _(
                        "holds the pack of another article, {other}, which has the same id as {article}."
                    ).format(other=other, article=article),
                    where=str(pack),
                    advice=_(
                        "Give one of them another id in its front matter, or name another folder with -o."
                    ),
                )

    def remember(self, pack: Path, article: Path) -> None:
        """Remember what a pack was made from; nothing is written where it is known already."""
        record, source = self.record(pack), str(article.resolve())
        # A pack without a record is merely not protected.
        with suppress(OSError, ValueError):
            if record.is_file() and record.read_text(encoding="utf-8") == source:
                return
            record.parent.mkdir(mode=0o700, exist_ok=True)
            # Half a path, of a run that was killed, would be that of something else.
            new = record.with_name(f"{record.name}.{secrets.token_hex(4)}")
            try:
                new.write_text(source, encoding="utf-8")
                new.replace(record)
            finally:
                new.unlink(missing_ok=True)

    def record(self, pack: Path) -> Path:
        """Where it is remembered what a pack was made from."""
        return self._folder / hashlib.sha256(str(pack.resolve()).encode()).hexdigest()
