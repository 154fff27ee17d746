"""The one step of the build that setup.cfg cannot say: compile `reader.po` into the wheel."""

from __future__ import annotations

import shutil
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithMessages(build_py):
    """Copies the packages, then compiles each `reader.po` among them beside itself.

    Only `reader.po`: article catalogs are read from their `.po`, so that a stale `.mo` never speaks.
    An editable install compiles nothing: there the package does it, into its cache.
    """

    def run(self) -> None:
        if self.editable_mode:
            super().run()
            return
        # What an earlier build left here must not travel in this wheel.
        shutil.rmtree(Path(self.build_lib, "reader"), ignore_errors=True)
        super().run()
        for po in sorted(Path(self.build_lib, "reader", "locales").glob("*/LC_MESSAGES/reader.po")):
            with po.open("rb") as source, po.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(source, abort_invalid=True))


setup(cmdclass={"build_py": BuildWithMessages})
