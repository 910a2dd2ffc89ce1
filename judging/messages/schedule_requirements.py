"""Sentences about a computed schedule: why nothing fits, what would help, what a schedule costs, how good it is.

``requirement_`` and ``offer_`` are followed by the words of the core (``requirement.py``, ``relax.py``), ``wish_`` by
the name of a wish; the facts are names, never ids (``selectors/schedule_explanations``).
"""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "requirement_nominee_availability": _("%(nominee)s can come only: %(times)s."),
        "requirement_nominee_never": _("%(nominee)s can come on none of the interview days."),
        "requirement_member_availability": _("%(seat)s cannot come: %(times)s."),
        "requirement_recusal": _("%(seat)s may not sit with %(nominee)s because of a conflict of interest."),
        "requirement_quorum": _("%(category)s: at least %(quorum)s seats have to be there."),
        "requirement_role": _("%(group)s: at least %(min)s of these seats have to be there: %(seats)s."),
        "requirement_room_availability": _("%(room)s is closed: %(times)s."),
        "requirement_room_capacity": _(
            "Rooms: %(rooms)s, each for one interview at a time, in the sessions of the interview days."
        ),
        "requirement_pin": _("The interview of %(nominee)s stays where it is: %(place)s."),
        "requirement_person": _("With %(nominee)s comes %(persons)s, who cannot be in two interviews at once."),
        "requirement_rest": _("Nobody sits longer than %(limit)s minutes without a break of %(pause)s minutes."),
        "requirement_day_load": _("Nobody sits longer than %(limit)s minutes a day."),
        "offer_quorum_lower": _("Lower the quorum of %(category)s to %(quorum)s."),
        "offer_role_lower": _("Ask for fewer mandatory seats: %(group)s, at least %(min)s."),
        "offer_role_dropped": _("Do without the mandatory seats of %(group)s."),
        "offer_member_comes": _("Ask %(seat)s to come after all: %(times)s."),
        "offer_nominee_comes": _("Let %(nominee)s come at any time of %(day)s."),
        "offer_room_opens": _("Open %(room)s: %(times)s."),
        "offer_session_added": _("Add a session: %(times)s."),
        "offer_room_added": _("Add a room that is equipped as %(room)s is."),
        "offer_pin_dropped": _("Unlock the interview of %(nominee)s."),
        "offer_rest_later": _("Let a break be due only after %(limit)s minutes."),
        "offer_load_higher": _("Let everybody sit %(minutes)s minutes longer a day."),
        "wish_unsur_missing": _("Different seats that are missing: %(count)s"),
        "wish_category_switch": _("Changes from one category to another: %(count)s"),
        "wish_category_day": _("Further days on which a category is met: %(count)s"),
        "wish_region_day": _("Further days on which delegations of one region come: %(count)s"),
        "wish_preference": _("Times at which nominees would rather not come, by weight: %(count)s"),
        "wish_idle": _("Unused steps of time between interviews: %(count)s"),
        "wish_load_range": _("Half hours between who sits longest and who sits shortest: %(count)s"),
        "wish_panel_join": _("Members who join from one interview to the next: %(count)s"),
        "wish_move": _("Interviews at another time than before: %(count)s"),
        "wish_room_change": _("Interviews in another room than before: %(count)s"),
        "wish_panel_diff": _("Members who are new at an interview or gone from it: %(count)s"),
        "schedule_proved": _("Proved best: no other schedule keeps the wishes better."),
        "schedule_within": _("Usable; at most %(percent)s of what it costs could still be saved."),
        "schedule_feasible": _("Usable; how much better it could be is not known."),
        "schedule_unknown": _("Without an interview so far: %(unplaced)s."),
        "schedule_infeasible": _("Nothing fits: no schedule keeps all the rules."),
        "no_time_left": _(
            "%(nominee)s could come at no time of the interview days any more: record that the nominee withdrew."
        ),
        "overrun_out_of_range": _("Say by how many minutes it takes longer, up to %(most)s, and not beyond the day."),
        "offer_not_simple": _("This cannot be done by one button. Change it where it was set."),
        "offer_out_of_date": _("This is not as it was when the schedule was computed. Compute again."),
    }
)
