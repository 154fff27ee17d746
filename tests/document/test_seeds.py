"""Seeds of the fuzzer, and what it found: each is read, or refused in a sentence, and has a whole ledger."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from reader.document import collect, load
from reader.errors import ArticleError, UsageError
from reader.speech import Options, narrate
from reader.speech.ledger import ledger

FOLDER = Path(__file__).with_name("seeds")
SEEDS = sorted(path for path in FOLDER.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    """The fuzzer's own way to make an archive of a seed."""
    # It is run by hand, in an environment that has atheris; here only its archives are wanted.
    from contextlib import nullcontext

    sys.modules.setdefault(
        "atheris",
        SimpleNamespace(instrument_imports=lambda **_what: nullcontext()),  # type: ignore[arg-type]
    )
    path = Path(__file__).parents[2] / "scripts" / "fuzz.py"
    spec = importlib.util.spec_from_file_location("fuzz", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_seeds(fuzz: ModuleType, seed: Path) -> None:
    kind = seed.parent.name
    data = seed.read_bytes()
    if kind in ("epub", "docx") and not (data[:1] and data[0] % 8 == 0):
        data = fuzz.archive(kind, data)
    path = Path(f"seed{fuzz.SUFFIXES[kind]}")
    try:
        document = load(path, source_language="en", data=data)
        runs = collect(path, data=data)
    except (ArticleError, UsageError):
        return  # Refused in a sentence.
    found = ledger(runs, document, document, narrate(document, document, Options()))
    if not seed.name.startswith("crash"):  # Broken XML is read in more than one way.
        assert not found.lost
