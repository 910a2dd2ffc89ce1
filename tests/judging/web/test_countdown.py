"""How long until an interview: whole minutes rounded up, and silence when it is far."""

from datetime import timedelta

import pytest
from django.utils import translation

from judging.web.countdown import countdown, seconds_until
from tests.factories.world import AT


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-60, "running now"),
        (0, "running now"),
        (1, "in 1 min"),
        (1500, "in 25 min"),
        (1501, "in 26 min"),
        (3600, "in 1 h 0 min"),
        (43_200, "in 12 h 0 min"),
        (43_201, ""),
    ],
)
def test_countdown(seconds, text):
    with translation.override("en"):
        assert countdown(seconds) == text


def test_seconds_until_counts_whole_seconds():
    assert seconds_until(AT + timedelta(minutes=25), AT) == 1500
    assert seconds_until(AT, AT + timedelta(seconds=30)) == -30
