from __future__ import annotations

from babel.messages.catalog import Message

from reader.localize.approval import approve, is_approved, withdraw


def test_an_approval_holds_for_the_message_as_it_was() -> None:
    message = Message("It hurts.", "Duele.", user_comments=["mine"])
    assert not is_approved(message)
    approve(message, "Ana Ruiz")
    assert is_approved(message)
    assert message.user_comments[0] == "mine"
    assert message.user_comments[1].startswith("approved: ")
    assert message.user_comments[1].endswith(" (Ana Ruiz)")
    message.string = "Duele mucho."
    assert not is_approved(message)
    approve(message)
    assert len(message.user_comments) == 2
    withdraw(message)
    assert message.user_comments == ["mine"]


def test_context_and_plural_forms_count() -> None:
    one, other = Message("May", "Puede"), Message("May", "Puede", context="month")
    approve(one)
    other.user_comments = one.user_comments
    assert is_approved(one)
    assert not is_approved(other)
    plural = Message(("{n} day", "{n} days"), ("{n} día", "{n} días"))
    approve(plural)
    assert is_approved(plural)
    plural.string = ("{n} día", "{n} dias")
    assert not is_approved(plural)
