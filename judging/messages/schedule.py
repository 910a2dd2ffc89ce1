"""Sentences about interviews: first the rules of the schedule, then what a service refuses."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "room_taken": _(
            "%(room)s is taken twice: by %(nominee)s (%(nominee_time)s) and by %(other)s (%(other_time)s)."
            " Choose another room or time."
        ),
        "seat_elsewhere": _(
            "%(seat)s would sit in two interviews at once: %(nominee)s (%(nominee_time)s)"
            " and %(other)s (%(other_time)s). Seat somebody else at one of them or change the time."
        ),
        "nominee_twice": _("%(nominee)s has an interview already. Move that one instead."),
        "outside_interview_days": _(
            "The interview of %(nominee)s (%(nominee_time)s) lies outside the interview days of the round."
            " Choose one of these days."
        ),
        "recused_seat_placed": _(
            "%(seat)s may not sit with %(nominee)s because of a conflict of interest. Seat somebody else there."
        ),
        "below_quorum": _(
            "Only %(seats)s seats meet %(nominee)s, fewer than the quorum of %(quorum)s. Place more seats there."
        ),
        "ends_before_start": _("The interview of %(nominee)s must end after it starts, on the same day."),
        "unplaced": _("%(nominee)s has no interview yet."),
        "off_grid": _("Interviews start every %(grid)s minutes; that of %(nominee)s (%(nominee_time)s) does not."),
        "outside_session": _(
            "The interview of %(nominee)s (%(nominee_time)s) does not fit into one session of the day."
        ),
        "outside_window": _("%(nominee)s cannot come then (%(nominee_time)s)."),
        "room_mode": _("%(room)s is not equipped for the way in which %(nominee)s is met."),
        "room_unavailable": _("%(room)s is not available for %(nominee)s (%(nominee_time)s)."),
        "person_elsewhere": _(
            "%(person)s would have to be in two interviews at once: %(nominee)s (%(nominee_time)s)"
            " and %(other)s (%(other_time)s)."
        ),
        "member_unavailable": _("%(seat)s cannot come to %(nominee)s (%(nominee_time)s)."),
        "member_twice": _("%(seat)s is listed twice at the interview of %(nominee)s."),
        "above_panel_max": _("%(seats)s seats meet %(nominee)s, more than the %(panel_max)s that are allowed."),
        "role_missing": _(
            "%(seats)s of those who meet %(nominee)s belong to %(group)s; at least %(min)s have to be there."
        ),
        "day_load": _("%(seat)s would sit for %(minutes)s minutes on one day; the limit is %(limit)s."),
        "no_break": _(
            "%(seat)s would sit for %(minutes)s minutes without a break, beginning with %(nominee)s (%(nominee_time)s);"
            " the limit is %(limit)s."
        ),
        "pin_broken": _("The interview of %(nominee)s is locked and stays as it was set."),
        "interview_refused": _("The interview of %(nominee)s was not placed."),
        "interview_needs_confirmation": _("The interview of %(nominee)s breaks rules that you may set aside."),
        "interview_is_locked": _("The interview of %(nominee)s is locked. Unlock it before you move or cancel it."),
        "interview_changed_meanwhile": _(
            "Somebody else changed the interview of %(nominee)s meanwhile. Look at it as it is now, then try again."
        ),
        "interview_is_over": _(
            "The interview of %(nominee)s has begun, was held, or the nominee did not come: it stays as recorded."
        ),
        "delay_changed_meanwhile": _("The day changed meanwhile. Look at the delay as it is now, then take it."),
        "delay_moves_nobody": _("Gaps take up the whole delay: nobody moves."),
        "delay_leaves_out": _(
            "%(count)s nominees would have no place left that day. Say that you know it, or choose a smaller delay."
        ),
        "calendar_revoked": _("This address was revoked before. Make a new one."),
        "calendar_of_somebody_else": _("This is the calendar of somebody else."),
        "nothing_to_undo": _("This change was undone before, or is itself an undoing."),
        "interview_has_sheets": _("Members have begun to score %(nominee)s, so the nominee did come."),
        "nominee_not_met": _("%(nominee)s is neither in the running nor outside the ranking and is not interviewed."),
        "room_name_taken": _("There is a room called %(name)s already. Choose another name."),
        "not_of_this_round": _("%(name)s belongs to another round."),
        "absence_needs_reason": _("Say why %(seat)s is absent."),
        "seat_not_at_interview": _("Attendance is recorded only of seats placed at this interview."),
        "absent_seat_has_scored": _("%(seat)s has submitted a sheet for this nominee and cannot have been absent."),
    }
)
