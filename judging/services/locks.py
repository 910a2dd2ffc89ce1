"""Writers of one round stand in line: whoever decides by the round's state locks its row first."""

from nominees.services.locks import locked_round

__all__ = ["locked_round"]
