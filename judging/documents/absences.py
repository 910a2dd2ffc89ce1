"""The words for a score that is not there, in workbooks and exports."""

from collections.abc import Mapping
from typing import Final

from judging.core.scoresheet import State

ABSENCES: Final[Mapping[State, str]] = {
    State.NOT_ENTERED: "Belum diisi",
    State.ABSENT: "Tidak hadir",
    State.RECUSED: "Benturan kepentingan",
    State.NOT_APPLICABLE: "Tidak berlaku",
    State.WITHDRAWN: "Ditarik",
}
