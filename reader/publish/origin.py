"""Which article a pack's folder was made from on this machine, so that another one does not replace it.

Two articles called `README.md` in two folders have the same id and so the same pack. A pack itself names
no folders (it is the same wherever it is made), so this is remembered in the user's cache: one small file
per pack, under the hash of the pack's path.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from reader.errors import UsageError
from reader.messages import _
from reader.publish.swap import put


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
        record = self.record(pack)
        # A pack without a record is merely not protected. Half a path would be that of something else.
        with suppress(OSError, ValueError):
            record.parent.mkdir(mode=0o700, exist_ok=True)
            put(record, str(article.resolve()).encode())

    def record(self, pack: Path) -> Path:
        """Where it is remembered what a pack was made from."""
        return self._folder / hashlib.sha256(str(pack.resolve()).encode()).hexdigest()
