"""Sentences about how firm a result is, how far the seats agree, and what is worth a look at the plenary.

They describe figures; they judge nobody.
"""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "firm_tied": _("%(title)s is shared or open (%(nominee)s): the plenary decides."),
        "firm_alone": _("%(title)s, %(nominee)s: nobody else is ranked beside it."),
        "firm_holds_points": _(
            "%(title)s, %(nominee)s: holds for every change of one weight of less than %(points)s points, and without "
            "any one seat."
        ),
        "firm_holds_any": _(
            "%(title)s, %(nominee)s: holds whatever the weight of one criterion, and without any one seat."
        ),
        "firm_holds_level": _(
            "%(title)s, %(nominee)s: level with a neighbour on the exact total; holds without any one seat."
        ),
        "firm_holds_only": _("%(title)s, %(nominee)s: holds without any one seat."),
        "firm_hangs_points": _(
            "%(title)s, %(nominee)s: holds for every change of one weight of less than %(points)s points, but hangs on "
            "a single seat: %(seats)s."
        ),
        "firm_hangs_any": _(
            "%(title)s, %(nominee)s: holds whatever the weight of one criterion, but hangs on a single seat: %(seats)s."
        ),
        "firm_hangs_level": _(
            "%(title)s, %(nominee)s: level with a neighbour on the exact total, and hangs on a single seat: %(seats)s."
        ),
        "firm_hangs_only": _("%(title)s, %(nominee)s: hangs on a single seat: %(seats)s."),
        "firm_without_seat": _("Without %(seat)s, %(title)s would go to %(holders)s."),
        "firm_without_seat_nobody": _("Without %(seat)s, %(title)s would go to nobody."),
        "firm_by_mean": _("By the plain mean, %(title)s would go to %(holders)s."),
        "firm_by_median": _("By the median, %(title)s would go to %(holders)s."),
        "firm_by_trimmed": _("By the trimmed mean, %(title)s would go to %(holders)s."),
        "firm_transfer": _(
            "Moving %(points)s points of weight from %(source)s to %(target)s would make %(below)s level with "
            "%(above)s."
        ),
        "firm_transfer_several": _(
            "Moving %(points)s points of weight in all would make %(below)s level with %(above)s: %(moves)s."
        ),
        "firm_probability": _(
            "If the panel were drawn anew from the same seats, this place would stay as it is in %(share)s of all "
            "cases."
        ),
    }
)

register(
    {
        "verdict_stable": _("Stable"),
        "verdict_contested": _("Contested"),
        "verdict_undetermined": _("Undetermined"),
        "reason_nobody_ranked": _("Nobody is ranked."),
        "reason_one_ranked": _("Only one nominee is ranked: %(nominee)s."),
        "reason_tied_first": _("The first place is shared: %(nominees)s."),
        "reason_seat_decides": _("Without %(seat)s the first place would go to %(first)s."),
        "reason_seat_decides_nobody": _("Without %(seat)s nobody would have the first place."),
        "reason_no_seat_decides": _("The first place does not hang on any one seat."),
        "reason_probability": _(
            "If the panel were drawn anew from the same seats, %(nominee)s would be first in %(probability)s of all "
            "cases (%(enough)s and more is called stable)."
        ),
        "reason_no_probability": _("How a panel drawn anew would decide could not be computed."),
    }
)

register(
    {
        "agreement_no_panel": _("No criterion is marked by the panel."),
        "agreement_too_few_seats": _("There are fewer than two seats with complete sheets."),
        "agreement_too_few_nominees": _("Fewer than two nominees were marked by every seat."),
        "agreement_few_complete_rows": _("Fewer than six nominees were marked by every seat: the intervals are wide."),
        "agreement_few_nominees": _("Fewer than eight nominees: the probability beside W is rough."),
        "agreement_incomplete_design": _("Some seats did not mark some nominees; those rows are left out."),
        "agreement_silent_seats": _("Some seats sent no complete sheet and are left out."),
        "agreement_unconnected": _(
            "The sheets do not hang together: strict seats and weak nominees cannot be told apart."
        ),
        "agreement_no_spread": _("Some seat gave every nominee the same total."),
        "seat_few_nominees": _("few nominees"),
        "seat_no_spread": _("the same total for all"),
        "seat_unconnected": _("not linked with the others"),
        "seat_no_sheets": _("no complete sheet"),
        "flag_range": _("the seats are %(amount)s points apart"),
        "flag_far_from_median": _("%(seat)s: %(amount)s points from the median"),
        "flag_residual": _("%(seat)s: unusual beside its other sheets (%(amount)s standard errors)"),
    }
)
