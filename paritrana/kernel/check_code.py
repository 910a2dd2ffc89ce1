"""The code by which anybody can ask whether a paper is in our register.

Sixteen symbols of a 32-symbol alphabet: 80 bits, drawn from the operating system's randomness, so that no code can be
guessed. The alphabet leaves out I, L, O and U, which are misread or misheard; what a person types in their place is
understood. Codes are stored bare and written in groups of four.
"""

import secrets
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 16
_MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS: Final = frozenset(" -–—.\u00a0\u2011\t\r\n")


def new_code() -> str:
    """Return a new code that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """Return the written form: "7K4M-QX9T-2RBD-VW5N"."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def understood(typed: str) -> str | None:
    """Return the bare code that somebody typed, or ``None`` when it can be none.

    Spaces, dashes and lower case do not matter; O is read as 0, I and L as 1.
    """
    bare = "".join(symbol for symbol in typed[:200] if symbol not in _SEPARATORS).upper().translate(_MISREAD)
    return bare if len(bare) == LENGTH and set(bare) <= set(ALPHABET) else None
