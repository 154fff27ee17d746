"""The studio room: a `Script` into sound, and the times at which it is heard."""

from reader.studio.assemble import ChapterSound, chapter_sound
from reader.studio.plan import ChapterPlan, Sound, plan_chapter
from reader.studio.production import Lost, Made, Tally, produce
from reader.studio.store import CHAPTERS, Store, unusable

__all__ = [
    "CHAPTERS",
    "ChapterPlan",
    "ChapterSound",
    "Lost",
    "Made",
    "Sound",
    "Store",
    "Tally",
    "chapter_sound",
    "plan_chapter",
    "produce",
    "unusable",
]
