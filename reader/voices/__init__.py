"""The voices room: engines behind one small Protocol, and which voice speaks what."""

from reader.voices.engine import RATE, Clip, Engine, EngineInfo, Failure, Line, Mark, Voice, cache_key
from reader.voices.registry import (
    ANY_LANGUAGE,
    choose,
    display_name,
    engine,
    engines,
    how_to_install,
    installed_voices,
    is_natural,
    is_online,
    make_engine,
)

__all__ = [
    "ANY_LANGUAGE",
    "RATE",
    "Clip",
    "Engine",
    "EngineInfo",
    "Failure",
    "Line",
    "Mark",
    "Voice",
    "cache_key",
    "choose",
    "display_name",
    "engine",
    "engines",
    "how_to_install",
    "installed_voices",
    "is_natural",
    "is_online",
    "make_engine",
]
