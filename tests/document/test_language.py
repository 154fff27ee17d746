from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reader.document.frontmatter import Value
from reader.document.language import CONFIDENCE, detect, find
from reader.errors import ArticleError, UsageError


@pytest.mark.parametrize(
    ("words", "tag"),
    [
        ("Stem cell transplantation is an innovative medical procedure.", "en"),
        ("Take one tablet every morning.", "en"),
        ("Tome una tableta cada mañana.", "es"),
        ("Prenez un comprimé chaque matin.", "fr"),
        ("Nehmen Sie jeden Morgen eine Tablette.", "de"),
        ("Tome um comprimido todas as manhãs.", "pt"),
        ("Prenda una compressa ogni mattina.", "it"),
        ("Ta en tablett hver morgen.", "nb"),
        ("Принимайте по одной таблетке каждое утро.", "ru"),
        ("تناول قرصا واحدا كل صباح.", "ar"),
        ("हर सुबह एक गोली लें।", "hi"),
        ("毎朝一錠を服用してください。", "ja"),
        ("รับประทานวันละหนึ่งเม็ดทุกเช้า", "th"),
        ("每天早上服用一片药。", "zh-Hans"),
        ("幹細胞移植是一種創新的醫療程序，為治療疾病帶來了希望。", "zh-Hant"),
    ],
)
def test_one_sentence_is_enough(words: str, tag: str) -> None:
    assert find(None, None, words, "a.txt").tag == tag
    assert find(None, None, words, "a.txt").by == "detected"


@pytest.mark.parametrize(
    "words", ["Hello", "123 456", "1. 2. 3. 5 mg", "qwrt zxcv plkj mnbv", "asdf jkl asdf foo bar", ""]
)
def test_what_reads_like_nothing_asks_for_the_option(words: str) -> None:
    assert detect(words)[1] < CONFIDENCE
    with pytest.raises(ArticleError, match="--source-language") as caught:
        find(None, None, words, "a.txt")
    assert caught.value.where == "a.txt"


def test_the_option_stands_above_the_article_and_the_article_above_its_words() -> None:
    english = "Take one tablet every morning."
    assert find("pt_br", Value("de", 2), english, "a.md").tag == "pt-BR"
    assert find("pt_br", Value("de", 2), english, "a.md").by == "option"
    assert find(None, Value("de", 2), english, "a.md").tag == "de"
    assert find(None, Value("de", 2), english, "a.md").by == "article"


def test_nonsense_is_a_usage_error_in_the_option_and_an_article_error_in_the_article() -> None:
    with pytest.raises(UsageError, match="qq-nonsense"):
        find("qq-nonsense", None, "", "a.md")
    with pytest.raises(ArticleError, match="qq-nonsense") as caught:
        find(None, Value("qq-nonsense", 3), "", "a.md")
    assert caught.value.where == "a.md, line 3"


def test_what_was_detected_is_remembered_without_the_words(isolated: Path) -> None:
    words = "Take one tablet every morning, with water."
    assert find(None, None, words, "a.txt").tag == "en"
    (kept,) = (isolated / "cache" / "languages").iterdir()
    assert kept.read_text().startswith("en 0.")
    kept.write_text("fr 0.9")
    assert find(None, None, words, "a.txt").tag == "fr"
    kept.write_text("damaged")
    assert find(None, None, words, "a.txt").tag == "en"


def test_an_unwritable_cache_does_no_harm(isolated: Path) -> None:
    (isolated / "cache").write_text("a file where a folder should be")
    assert find(None, None, "Take one tablet every morning.", "a.txt").tag == "en"


def test_the_model_is_loaded_only_when_it_is_needed(root: Path, environment: dict[str, str]) -> None:
    article = root / "articles" / "stem-cells-explained.md"
    code = (
        "import sys; from reader.document import load; load(sys.argv[1]);"
        "print({'py3langid', 'numpy', 'charset_normalizer'} & set(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(article)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "set()\n"
