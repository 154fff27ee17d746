"""The packs that judges look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packs import making


@pytest.fixture(scope="session")
def shelf(shared: Path) -> Path:
    """See `making.shelf`."""
    return making.shelf(shared)
