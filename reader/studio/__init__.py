"""The studio room: a `Script` into sound, and the times at which it is heard."""

from reader.studio.made import ChapterSound, chapter_sound
from reader.studio.plan import ChapterPlan, Sound, plan_chapter
from reader.studio.production import Lost, Made, Tally, available_workers, produce
from reader.studio.store import AAC, CHAPTERS, CLIPS, Entry, Store, unusable
from reader.studio.unsaid import Unsaid, why

__all__ = [
    "AAC",
    "CHAPTERS",
    "CLIPS",
    "ChapterPlan",
    "ChapterSound",
    "Entry",
    "Lost",
    "Made",
    "Sound",
    "Store",
    "Tally",
    "Unsaid",
    "available_workers",
    "chapter_sound",
    "plan_chapter",
    "produce",
    "unusable",
    "why",
]
