"""What the app above knows of a nominee and this one must ask: it registers its answers when it starts.

Judging knows who declared a conflict of interest and which criteria a category is judged by; this app may not import
it. Without an answer nobody is kept out, and there is no criterion.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nominees.models import Nomination
from paritrana.accounts.models import User
from paritrana.kernel.verdict import ALLOWED, Verdict


@dataclass(frozen=True, slots=True)
class Answers:
    """``kept_out`` says whether a person may not read what a nominee brought; ``criteria`` its leaves, id to title."""

    kept_out: Callable[[User, Nomination], Verdict]
    criteria: Callable[[Nomination], Mapping[str, str]]


_ANSWERS: list[Answers] = []


def register(answers: Answers) -> None:
    """Take ``answers`` from now on, instead of earlier ones."""
    _ANSWERS[:] = [answers]


def kept_out(user: User, nomination: Nomination) -> Verdict:
    """Return a no if ``user`` may not read the nominee's evidence although the role would allow it. One query."""
    return _ANSWERS[0].kept_out(user, nomination) if _ANSWERS else ALLOWED


def criteria_of(nomination: Nomination) -> Mapping[str, str]:
    """Return the leaves by which ``nomination`` is judged: id to title, in their order. One query."""
    return _ANSWERS[0].criteria(nomination) if _ANSWERS else {}
