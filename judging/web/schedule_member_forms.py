"""The form by which the secretariat says that a member is away."""

from typing import Any

from django import forms

from judging.models import Seating
from nominees.models import Round
from paritrana.kernel import phrases

from .schedule_material_forms import SpanForm


class SeatingField(forms.ModelChoiceField):
    """A seat with the person who holds it."""

    def label_from_instance(self, obj: Any) -> str:
        """Return both names."""
        return f"{obj.seat.name}: {obj.name}"


class AbsenceForm(SpanForm):
    """Whose absence, and when."""

    seating = SeatingField(label=phrases.SEAT, queryset=Seating.objects.none())
    field_order = ("seating", "day", "start", "end", "note")

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, round=round, **kwargs)
        seating: Any = self.fields["seating"]
        seating.queryset = Seating.objects.filter(round=round).select_related("seat")
