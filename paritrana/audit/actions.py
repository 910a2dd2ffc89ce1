"""The register of action codes: an unknown code is refused."""

from django.utils.functional import Promise

_LABELS: dict[str, str | Promise] = {}


class UnknownAction(LookupError):
    """An event was recorded under a code that nobody registered."""


def register(code: str, label: str | Promise) -> str:
    """Register ``code`` (``subject.past_participle``) with its translated sentence and return the code."""
    if _LABELS.setdefault(code, label) is not label:
        raise ValueError(f"The action code {code} is registered twice.")
    return code


def label(code: str) -> str | Promise:
    """Return the sentence of ``code``, or raise :class:`UnknownAction`."""
    try:
        return _LABELS[code]
    except KeyError:
        raise UnknownAction(code) from None


def registered() -> dict[str, str | Promise]:
    """Return every registered code with its sentence."""
    return dict(_LABELS)
