"""Votes on ties from a file, for rounds that are run by command."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from judging.models import Plenary
from judging.selectors.standings import open_ties
from judging.services.decisions import settle_tie
from judging.services.votes import Votes
from paritrana.accounts.models import User


class VotesUnreadable(ValueError):
    """The file is not what ``docs/operations.md`` describes."""


@dataclass(frozen=True, slots=True)
class ToldVote:
    """The order that the plenary gave a tied group: nomination numbers, best first."""

    subject: str
    order: tuple[int, ...]
    votes: Votes
    reason: str


def read_votes(path: Path) -> list[ToldVote]:
    """Return the votes in ``path``. Raises :class:`VotesUnreadable`, naming the entry that cannot be read."""
    try:
        entries = json.loads(path.read_text("utf-8"))["ties"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise VotesUnreadable(f"{path} holds no list of ties ({error}).") from None
    return [_vote(path, number, entry) for number, entry in enumerate(entries, start=1)]


def settle_told_ties(plenary: Plenary, told: Sequence[ToldVote], *, actor: User, at: datetime) -> int:
    """Settle every open tie that ``told`` has a vote on, and return how many; what is settled already stays."""
    settled = 0
    for tie in open_ties(plenary.tabulation):
        subject = tie.category or tie.pool
        by_number = {nomination.number: nomination for nomination in tie.nominations}
        vote = next(
            (one for one in told if subject and one.subject == subject.code and set(one.order) == set(by_number)), None
        )
        if vote is None or subject is None:
            continue
        settle_tie(
            plenary=plenary,
            subject=subject,
            order=[by_number[number] for number in vote.order],
            votes=vote.votes,
            reason=vote.reason,
            actor=actor,
            at=at,
        )
        settled += 1
    return settled


def _vote(path: Path, number: int, entry: object) -> ToldVote:
    try:
        if not isinstance(entry, dict):
            raise TypeError("an object is needed")
        votes = entry["votes"]
        return ToldVote(
            subject=str(entry["subject"]),
            order=tuple(int(one) for one in entry["order"]),
            votes=Votes(int(votes["for"]), int(votes.get("against", 0)), int(votes.get("abstain", 0))),
            reason=str(entry["reason"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise VotesUnreadable(f"{path}: tie {number} cannot be read ({error}).") from None
