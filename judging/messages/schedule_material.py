"""Sentences about what a schedule rests on: first what a service refuses, then rules, wishes and levels by name."""

from django.utils.translation import gettext_lazy as _

from judging.core.scheduling.problem import Severity
from paritrana.kernel.sentences import register

register(
    {
        "span_reversed": _("The time must end after it begins, on the same day."),
        "sessions_overlap": _("Two sessions of %(day)s overlap. Let one end before the next begins."),
        "day_not_of_the_round": _("%(day)s is not among the interview days of the round."),
        "no_interview_days": _("The round has no working days for interviews yet. Set its dates first."),
        "rule_cannot_be_loosened": _("This rule cannot be loosened that far."),
        "break_needs_stretch": _("Say after how many minutes a break is due; a limit of no minutes is none."),
        "room_needs_mode": _("A room is for meetings on site, by video link, or both."),
        "closed_already": _("%(room)s is closed then already."),
        "panel_below_quorum": _(
            "At most %(panel_max)s seats are allowed, but the quorum is %(quorum)s. Raise one or lower the other."
        ),
        "duration_missing": _("An interview takes at least a minute, and no longer than a day."),
        "role_group_too_small": _("%(name)s asks for more seats than it names. Choose more seats or ask for fewer."),
        "person_of_one_nominee": _("Choose at least two nominees for whom this person comes."),
        "nobody_of_region": _("No nominee of this region is met on site."),
        "not_seated_then": _("Somebody else holds the seat %(seat)s on %(day)s."),
        "away_already": _("This time is entered already."),
    }
)

RULES = {
    "unplaced": _("Every nominee is met."),
    "nominee_twice": _("A nominee is met once."),
    "off_grid": _("Interviews start on the agreed minutes."),
    "outside_interview_days": _("Interviews lie on the days of the round."),
    "outside_session": _("Interviews lie inside a session."),
    "outside_window": _("A nominee is met when the nominee can come."),
    "room_mode": _("The room suits the way in which the nominee is met."),
    "room_unavailable": _("The room is open."),
    "room_taken": _("A room holds one interview at a time."),
    "seat_elsewhere": _("A member sits in one interview at a time."),
    "person_elsewhere": _("A person who comes for several nominees is in one place at a time."),
    "member_unavailable": _("A member sits there only when the member can come."),
    "recused_seat_placed": _("Nobody meets a nominee with whom there is a conflict of interest."),
    "member_twice": _("Nobody is listed twice at an interview."),
    "below_quorum": _("The quorum is there."),
    "above_panel_max": _("No more seats than allowed are there."),
    "role_missing": _("The mandatory seats are there."),
    "day_load": _("Nobody sits longer a day than agreed."),
    "no_break": _("Everybody has a break in time."),
    "pin_broken": _("What is locked stays where it is."),
}
WISHES = {
    "unsur_missing": _("As many different seats as wished for meet each nominee"),
    "category_switch": _("Nominees of one category follow each other"),
    "category_day": _("A category is met on one day"),
    "region_day": _("Delegations of one region come on one day"),
    "preference": _("Nominees are not met when they would rather not"),
    "idle": _("No gaps between interviews"),
    "load_range": _("Members sit equally long"),
    "panel_join": _("The same members sit in interviews that follow each other"),
    "move": _("Interviews that are placed keep their time"),
    "room_change": _("Interviews that are placed keep their room"),
    "panel_diff": _("Interviews that are placed keep their members"),
}
LEVELS = {
    Severity.FORBIDDEN: _("Forbidden"),
    Severity.CONFIRM: _("Needs confirmation"),
    Severity.WARNING: _("Warning"),
    Severity.IGNORED: _("Ignored"),
}
