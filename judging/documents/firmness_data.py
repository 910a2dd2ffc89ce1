"""How firm a result is, as the ranking sheet prints it: frozen sentences and charts."""

from __future__ import annotations

from dataclasses import dataclass

from .charts import Chart, Table


@dataclass(frozen=True, kw_only=True)
class FirmnessPage:
    """``state`` is the verdict in one word, ``reasons`` whole sentences.

    ``places``: for each titled place its plain sentence and what it rests on. ``table``: the numbers of the charts, one
    row per nominee. ``note`` says when not everybody is drawn.
    """

    state: str
    reasons: tuple[str, ...]
    places: tuple[tuple[str, tuple[str, ...]], ...]
    charts: tuple[Chart, ...]
    table: Table
    note: str = ""
