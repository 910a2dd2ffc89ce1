"""What the board posts, read strictly: whatever is no number or day is no question of the board."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator

from judging.models import Room
from nominees.models import Round

MINUTES = 24 * 60
#: Beyond it the calendar ends, and with it the reckoning of when an interview is over.
LAST_DAY = date(9999, 12, 30)


class Numbers(forms.Field):
    """Ids, as often as they were posted."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[int]:
        """Return the numbers; whatever is none is a mistake."""
        texts = value or []
        if not all(text.isdecimal() and len(text) < 19 for text in texts):
            raise forms.ValidationError("", code="invalid")
        return [int(text) for text in texts]


class Codes(forms.Field):
    """Codes of rules, as often as they were posted."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> frozenset[str]:
        """Return the codes."""
        return frozenset(value or ())


class PlaceForm(forms.Form):
    """Whom, when and where. ``version``: of the interview that was seen; 0 where there was none."""

    number = forms.IntegerField(min_value=1, max_value=10**8)
    version = forms.IntegerField(min_value=0, max_value=10**8, required=False)
    day = forms.DateField(input_formats=["%Y-%m-%d"], validators=[MaxValueValidator(LAST_DAY)])
    start = forms.IntegerField(min_value=0, max_value=MINUTES - 1)
    room = forms.IntegerField(min_value=1, max_value=2**62)
    confirmed = Codes(required=False)
    seats = Numbers(required=False)


class LockForm(forms.Form):
    """A day, and one room or none for all of them."""

    day = forms.DateField(input_formats=["%Y-%m-%d"])
    room = forms.ModelChoiceField(queryset=Room.objects.none(), required=False)

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["room"]
        field.queryset = Room.objects.filter(round=round)
