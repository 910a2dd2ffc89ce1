"""Codes to sentences: what a person reads when something was refused. Each app registers its own in ``messages``."""

from collections.abc import Mapping

from django.utils.functional import Promise

from paritrana.kernel.errors import DomainError

_SENTENCES: dict[str, str | Promise] = {}


class SentenceMissing(LookupError):
    """An error code has no sentence."""


def register(sentences: Mapping[str, str | Promise]) -> None:
    """Register sentences by code, with named placeholders for the facts: ``%(name)s``."""
    for code, text in sentences.items():
        if _SENTENCES.setdefault(code, text) is not text:
            raise ValueError(f"The code {code} has two sentences.")


def sentence(code: str, facts: Mapping[str, object] | None = None) -> str:
    """Return the sentence of ``code`` in the active language, filled with ``facts``."""
    try:
        text = _SENTENCES[code]
    except KeyError:
        raise SentenceMissing(code) from None
    return str(text) % (facts or {})


def explain(error: DomainError) -> str:
    """Return what to tell a person about ``error``; a refused permission is told by its reason."""
    code = str(error.facts["reason"]) if error.code == "not_permitted" else error.code
    return sentence(code, error.facts)


def registered() -> dict[str, str | Promise]:
    """Return every registered code with its sentence."""
    return dict(_SENTENCES)
