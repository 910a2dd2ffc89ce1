"""Sentences about the rules of a round."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "rules_unchanged": _("Nothing differs from version %(number)s of the rules, so no new version was made."),
        "divergence_limit_out_of_range": _("The limit is a whole number of points from 0 to 100."),
        "panel_method": _("This way of combining scores does not exist."),
        "panel_level": _("Scores are combined per criterion or per sheet."),
        "trim_too_large": _("So many scores are dropped that none is left."),
        "every_needs_leaf_level": _("Rounding every part needs scores combined per criterion."),
        "rounding_at": _("This stage of rounding does not exist."),
        "rounding_mode": _("This way of rounding does not exist."),
        "tie_break": _("The tie chain has a step that does not exist: %(step)s."),
        "tie_break_criterion": _("The tie chain names a criterion outside the rubric: %(step)s."),
        "ranking": _("This way of counting places does not exist."),
    }
)
