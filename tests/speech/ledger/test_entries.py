from __future__ import annotations

import json

from tests.speech.ledger.making import account, article, run, text


def test_the_json_form_holds_what_is_not_spoken() -> None:
    document = article(text("Eat.", 2))
    found = account(
        [run("Eat.", 2), run("Drink.", 3), run("http://x", 4, certain=False), run("`", 4, certain=False)],
        document,
    )
    form = found.to_json()
    assert json.loads(json.dumps(form)) == form
    assert form["counts"] == {"spoken": 2, "announced": 0, "rule": 2, "lost": 1, "beyond": 0}
    assert [(each["fate"], each["text"], each["line"]) for each in form["entries"]] == [
        ("lost", "Drink.", 3),
    ]  # fmt: skip
    # Markup is no passage of the article.
    assert found.left_out == 0
    # A brief ledger tells the same, and holds nothing else.
    assert found.brief.to_json() == found.brief.brief.to_json() == form
    assert [entry.run.text for entry in found.brief.entries] == ["Drink."]
