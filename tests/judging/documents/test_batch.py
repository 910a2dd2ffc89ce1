"""Papers in several processes: the same bytes in the same order, and an error is an error."""

import pytest

from judging.documents import batch, minutes_samples
from judging.documents.minutes import render_minutes


def upper(text: str) -> bytes:
    if not text:
        raise ValueError("nothing to print")
    return text.upper().encode()


@pytest.fixture
def two_cores(monkeypatch):
    monkeypatch.setattr(batch, "_cores", lambda: 2)
    monkeypatch.setattr(batch, "WORTH_A_PROCESS", 1)


def test_papers_come_back_in_their_order(two_cores):
    assert batch.render_all([(upper, text) for text in "abcdef"]) == [b"A", b"B", b"C", b"D", b"E", b"F"]


def test_another_process_gives_the_same_bytes(two_cores):
    data = minutes_samples.minutes()
    here = render_minutes(data)
    assert batch.render_all([(render_minutes, data), (render_minutes, data)]) == [here, here]


@pytest.mark.parametrize("cores", [1, 2])
def test_an_error_of_one_paper_is_raised(monkeypatch, cores):
    monkeypatch.setattr(batch, "_cores", lambda: cores)
    monkeypatch.setattr(batch, "WORTH_A_PROCESS", 1)
    with pytest.raises(ValueError, match="nothing to print"):
        batch.render_all([(upper, "a"), (upper, "")])


def test_nothing_to_render_is_no_paper():
    assert batch.render_all([]) == []
