"""What a podcast says of itself: the table ``[podcast]`` of `reader.toml`."""

from __future__ import annotations

from dataclasses import dataclass, field

CATEGORIES: dict[str, tuple[str, ...]] = {
    "Arts": ("Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"),
    "Business": (
        "Careers", "Entrepreneurship", "Investing", "Management", "Marketing", "Non-Profit",
    ),
    "Comedy": ("Comedy Interviews", "Improv", "Stand-Up"),
    "Education": ("Courses", "How To", "Language Learning", "Self-Improvement"),
    "Fiction": ("Comedy Fiction", "Drama", "Science Fiction"),
    "Government": (),
    "History": (),
    "Health & Fitness": (
        "Alternative Health", "Fitness", "Medicine", "Mental Health", "Nutrition", "Sexuality",
    ),
    "Kids & Family": ("Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"),
    "Leisure": (
        "Animation & Manga", "Automotive", "Aviation", "Crafts", "Games", "Hobbies", "Home & Garden",
        "Video Games",
    ),
    "Music": ("Music Commentary", "Music History", "Music Interviews"),
    "News": (
        "Business News", "Daily News", "Entertainment News", "News Commentary", "Politics", "Sports News",
        "Tech News",
    ),
    "Religion & Spirituality": (
        "Buddhism", "Christianity", "Hinduism", "Islam", "Judaism", "Religion", "Spirituality",
    ),
    "Science": (
        "Astronomy", "Chemistry", "Earth Sciences", "Life Sciences", "Mathematics", "Natural Sciences",
        "Nature", "Physics", "Social Sciences",
    ),
    "Society & Culture": (
        "Documentary", "Personal Journals", "Philosophy", "Places & Travel", "Relationships",
    ),
    "Sports": (
        "Baseball", "Basketball", "Cricket", "Fantasy Sports", "Football", "Golf", "Hockey", "Rugby",
        "Running", "Soccer", "Swimming", "Tennis", "Volleyball", "Wilderness", "Wrestling",
    ),
    "Technology": (),
    "True Crime": (),
    "TV & Film": ("After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"),
}  # fmt: skip
"""Apple's, spelled as its directory wants them (https://podcasters.apple.com/support/1691)."""

WITHIN = " > "
"""Between a category and one of its own."""


def categories() -> tuple[str, ...]:
    """All that can be named: ``Health & Fitness``, ``Health & Fitness > Medicine``."""
    below = (f"{name}{WITHIN}{each}" for name, inner in CATEGORIES.items() for each in inner)
    return (*CATEGORIES, *below)


@dataclass(frozen=True, slots=True)
class Show:
    """A podcast, as it presents itself in one language; what is empty is left out, or as said here."""

    title: str = ""
    """Empty: “Articles read aloud”, in the language of the feed."""
    description: str = ""
    """Empty: as the title."""
    author: str = ""
    owner_name: str = ""
    owner_email: str = ""
    """Where directories write to; with it the feed is locked against moving without its owner."""
    category: tuple[str, ...] = field(default_factory=tuple, metadata={"one": True, "each_of": categories})
    artwork: str = field(default="", metadata={"path": True})
    """A square PNG or JPEG, 1400 to 3000 pixels wide; empty: a cover with the title is drawn."""
    link: str = ""
    """The web page of the show; empty: the base of its addresses."""
    copyright: str = ""
    explicit: bool = False
    intro: str = field(default="", metadata={"path": True})
    """Music before every episode: WAV, FLAC, Ogg or MP3."""
    outro: str = field(default="", metadata={"path": True})
    """Music after every episode."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of what directories of podcasts ask for, and is empty."""
        asked = ("title", "description", "author", "owner_name", "owner_email", "category")
        return tuple(name for name in asked if not getattr(self, name))
