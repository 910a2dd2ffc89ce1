"""The base of every expected refusal."""

from typing import Any, ClassVar


class DomainError(Exception):
    """Something that was asked cannot be done, for a reason the asker can understand and mend.

    A subclass stands beside the function that raises it, is named after what could not be done and carries a
    stable ``code``; ``facts`` holds what the translated sentence in ``messages.py`` needs.
    """

    code: ClassVar[str] = "domain_error"

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(f"{self.code}: {facts}" if facts else self.code)
