"""How far the seats agree: shown beside the result, decides nothing."""

from .concordance import Concordance, kendall_w, mean_spearman
from .intraclass import IntraclassCorrelation, icc
from .krippendorff import INTERVAL, ORDINAL, Alpha, krippendorff_alpha
from .summary import Agreement, agreement

__all__ = [
    "INTERVAL",
    "ORDINAL",
    "Agreement",
    "Alpha",
    "Concordance",
    "IntraclassCorrelation",
    "agreement",
    "icc",
    "kendall_w",
    "krippendorff_alpha",
    "mean_spearman",
]
