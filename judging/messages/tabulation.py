"""Sentences about tabulating, and about why a nominee has no place."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "rules_missing": _("The round has no rules yet. Draft them first."),
        "category_without_rubric": _("%(category)s has no rubric. Assign one first."),
        "rubric_versions_mixed": _(
            "%(category)s, nominee %(number)s: a sheet was filled by another version of the rubric. Have it filled anew."
        ),
        "pool": _("A pool cannot be formed: its categories do not share one rubric."),
        "unranked_outside": _("Outside the ranking"),
        "unranked_withdrawn": _("Withdrawn"),
        "unranked_no_show": _("Did not come to the interview"),
        "unranked_insufficient_scores": _("Fewer scores than the quorum: %(criterion)s"),
        "unranked_missing_value": _("A figure is missing: %(criterion)s"),
        "unranked_not_applicable": _("No criterion applies"),
        "tie_criterion": _("by the criterion %(criterion)s"),
        "tie_by_weight": _("by the criteria, heaviest first"),
        "tie_median": _("by the median of the sheets"),
        "tie_first_places": _("by the number of seats that place it first"),
        "tie_head_to_head": _("by direct comparison"),
        "tie_fewest_low": _("by the fewest seats that place it last"),
        "tie_chair": _("by the plenary"),
    }
)
