from __future__ import annotations

from reader.studio.cluster import jobs
from reader.studio.cluster.jobs import Job, Jobs


def job(urgency: int, lane: str = "") -> Job:
    return Job((urgency,), urgency, b"", f"{lane}{urgency}", lane)


def test_the_most_urgent_is_taken_first_and_what_came_to_nothing_again() -> None:
    waiting = Jobs()
    for urgency in (3, 1, 2):
        waiting.add(job(urgency))
    first = waiting.take()
    assert first.ticket == "1"
    waiting.put_back(first)
    assert [waiting.take().ticket for _each in range(len(waiting))] == ["1", "2", "3"]


def test_of_a_lane_one_at_a_time_may_be_taken() -> None:
    waiting = Jobs()
    for urgency, lane in ((2, "a"), (1, "a"), (4, "b"), (3, "")):
        waiting.add(job(urgency, lane))
    taken = [waiting.take() for _each in range(len(waiting))]
    assert [each.ticket for each in taken] == ["a2", "3", "b4"]
    waiting.finish(taken[0])
    assert waiting.take().ticket == "a1"
    waiting.finish(taken[1])
    waiting.finish(taken[2])
    assert not waiting
    waiting.add(job(5, "b"))
    assert waiting.take().ticket == "b5"


def test_a_lane_has_the_home_where_it_was_last_until_it_is_forgotten() -> None:
    waiting = Jobs()
    assert waiting.home("0") == ""
    for number in range(jobs._MOST_HOMES):
        waiting.settle(str(number), "one")
    waiting.settle("0", "two")
    waiting.add(job(1, "new"))
    waiting.settle("new", "one")
    waiting.finish(waiting.take())
    assert [waiting.home(lane) for lane in ("0", "1", "2", "new")] == ["two", "", "one", "one"]
