from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.publish.transcript import transcript
from reader.speech.script import Chapter, Part, Script, Utterance


def utterance(identity: str, role: str, *texts: str) -> Utterance:
    return Utterance(identity, role, tuple(Part(text, "spoken", "en") for text in texts), 0)


def test_transcript() -> None:
    script = Script(
        "en",
        "Stem cells",
        (
            Chapter(
                "b1", "x", (utterance("b1.1", "title", "Stem cells."), utterance("i1.1", "note", "Hello."))
            ),
            Chapter(
                "b2",
                "x",
                (
                    utterance("b2.1", "heading", "What they are."),
                    utterance("b3.1", "paragraph", "Take ", "5 mg", "."),
                    utterance("b3.2", "paragraph", "Twice."),
                    utterance("b3-2.1", "paragraph", "Twice."),
                ),
            ),
            Chapter("b4", "x", (utterance("b4.1", "paragraph", "No heading."),)),
            Chapter("b5", "Empty", ()),
        ),
    )
    assert transcript(script) == (
        "Stem cells.\n===========\n\nHello.\n\n"
        "What they are.\n--------------\n\nTake 5 mg. Twice.\n\nTwice.\n\n"
        "No heading.\n\n\n"
    )


ids = st.tuples(st.sampled_from(["b1", "b2", "b2-2"]), st.integers(1, 3)).map(
    lambda pair: f"{pair[0]}.{pair[1]}"
)
utterances = st.builds(
    utterance,
    ids,
    st.sampled_from(["title", "heading", "paragraph", "item", "closing"]),
    st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=9),
)
chapters = st.lists(utterances, max_size=6).map(lambda each: Chapter("b1", "Title", tuple(each)))


@given(st.lists(chapters, max_size=4))
def test_every_utterance_is_there_in_order(each: list[Chapter]) -> None:
    written = transcript(Script("en", "Title", tuple(each)))
    at = 0
    for chapter in each:
        for one in chapter.utterances:
            found = written.find(one.text, at)
            assert found >= 0, one.text
            # Nothing but rules and white space stands between one utterance and the next.
            assert set(written[at:found]) <= set(" \n-=")
            at = found + len(one.text)
    assert set(written[at:]) <= set(" \n-=")
    assert written.endswith("\n")


def test_scripts_without_spaces_have_none_between_sentences() -> None:
    said = tuple(
        Utterance(f"b1.{n}", "paragraph", (Part(each, "", "ja"),), 400)
        for n, each in enumerate(("薬です。", "飲みます。"), 1)
    )
    assert transcript(Script("ja", "薬", (Chapter("b1", "薬", said),))) == "薬です。飲みます。\n"
