"""The answer of a permission predicate: yes, or no with its reason."""

from dataclasses import dataclass

from paritrana.kernel.errors import DomainError


class NotPermitted(DomainError):
    """The actor may not do this; ``reason`` is the verdict's code."""

    code = "not_permitted"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A yes (``code`` empty) or a no whose ``code`` names the reason; true exactly when it is a yes."""

    code: str = ""

    def __bool__(self) -> bool:
        return not self.code

    def require(self) -> None:
        """Raise :class:`NotPermitted` unless this is a yes."""
        if self.code:
            raise NotPermitted(reason=self.code)


ALLOWED = Verdict()


def first_refusal(*verdicts: Verdict) -> Verdict:
    """Return the first no among ``verdicts``, else a yes."""
    return next((verdict for verdict in verdicts if not verdict), ALLOWED)
