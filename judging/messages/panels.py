"""Sentences about seats, seatings and recusals."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "seat_taken": _("The panel already has this seat: %(seat)s."),
        "seat_held": _("%(name)s holds the seat %(seat)s. Appoint a substitute instead."),
        "seat_not_held": _("Nobody holds the seat %(seat)s, so there is nobody to substitute."),
        "person_seated_twice": _("%(name)s holds the seat %(seat)s in those days. One person holds one seat."),
        "person_has_read_papers": _(
            "This person has read other members' marks on paper sheets and can take no seat. Choose somebody else."
        ),
        "seatings_overlap": _("%(name)s sits there until %(until)s. Choose a later first day."),
        "seating_reason_missing": _("Give the reason."),
        "chair_not_in_office": _("You do not hold the chair's seat today. Whoever holds it does this."),
        "category_elsewhere": _("The category %(category)s is not in this round."),
        "not_own_seat": _("You do not hold the seat %(seat)s today. Members declare for their own seat."),
        "nomination_elsewhere": _("This nominee is not in this round."),
        "recusal_reason_missing": _("Give the reason: it is printed in the minutes."),
        "recusal_stands": _("%(seat)s is already recused for %(nominee)s."),
        "recusal_settled": _("This recusal was already settled. Reload the page."),
        "own_recusal": _("You declared this recusal yourself. Somebody else settles it."),
    }
)
