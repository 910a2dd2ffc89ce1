"""Words that many pages share, so that each has one translation."""

from django.utils.translation import gettext_lazy as _

SAVE = _("Save")
CANCEL = _("Cancel")
CONFIRM = _("Confirm")
NAME = _("Name")
CODE = _("Code")
REASON = _("Reason")
STATUS = _("Status")
CATEGORY = _("Category")
NOMINEE = _("Nominee")
SEAT = _("Seat")
CALIBRATION = _("Calibration: scored by all, not counted")
CEREMONY = _("Ceremony")
