"""Whatever a rule of the schedule can say has its words, with no facts but those that it can have."""

import re

import pytest

import judging.messages.schedule  # noqa: F401 - registers the sentences
from judging.core.scheduling.rules import CODES
from paritrana.kernel.sentences import registered

#: Facts that the rules of the core write, and what the selectors name beside them.
FACTS = {"seats", "quorum", "grid", "person", "panel_max", "group", "min", "minutes", "limit"}
NAMED = {"nominee", "nominee_time", "other", "other_time", "room", "seat"}


@pytest.mark.parametrize("code", sorted(CODES))
def test_rule_has_a_sentence_of_known_facts(code):
    text = str(registered()[code])
    assert set(re.findall(r"%\((\w+)\)", text)) <= FACTS | NAMED
