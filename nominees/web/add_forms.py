"""Forms in which one nominee is typed; its region is found as the import finds it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nominees.core.codelists import VILLAGE
from nominees.core.eligibility import place_fits
from nominees.core.facts import BusinessFacts
from nominees.core.matching import CellRefused
from nominees.models import Round, Sector, SizeClass
from nominees.selectors.import_world import gazetteer_of
from paritrana.kernel.forms import page_form_helper
from paritrana.kernel.sentences import sentence
from paritrana.regions.models import Region

from .forms import BusinessFields, NomineeFields, offer


class AddForm(NomineeFields):
    """A regional government: its region is typed, and is its name."""

    region = forms.CharField(
        label=_("Regency or city"), max_length=120, help_text=_("Code or full name, such as 53.71 or Kota Kupang.")
    )

    field_order: tuple[str, ...] = ("category", "region")
    helper = page_form_helper(_("Nominate"))

    def __init__(self, data: Any = None, *, round: Round, kind: str, categories: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.round, self.kind = round, kind
        offer(self, "category", _to_choose(categories))

    def clean(self) -> dict[str, Any]:
        """Find the one region that the text means."""
        data = super().clean() or {}
        if "region" in data:
            try:
                data["region"] = self._found(data["region"], data.get("within", ""))
            except CellRefused as refused:
                self.add_error("region", sentence(refused.code, refused.facts))
        return data

    def _found(self, text: str, within: str) -> Region:
        place = gazetteer_of(self.round, with_villages=self.kind == VILLAGE).find(text, within=within)
        if not place_fits(self.kind, place.kind, national=self.round.region_id is None):
            raise CellRefused("region_of_other_kind", region=place.described)
        return Region.objects.get(code=place.code)

    def business(self) -> BusinessFacts | None:
        """Nothing: only businesses have facts of their own."""
        return None


class AddVillageForm(AddForm):
    """A village or kelurahan: many share their name."""

    region = forms.CharField(
        label=_("Village or kelurahan"),
        max_length=120,
        help_text=_("Code or full name, such as 53.04.02.2007 or Desa Dafala."),
    )
    within = forms.CharField(
        label=_("Lies in"),
        max_length=120,
        required=False,
        help_text=_("The kecamatan, kabupaten or kota; needed where several villages have the same name."),
    )

    field_order = ("category", "region", "within")


class AddBusinessForm(BusinessFields, AddForm):
    """A business and the regency or city of its seat."""

    field_order = ("category", *BusinessFields.NAMES[:2], "region", *BusinessFields.NAMES[2:])

    def __init__(self, data: Any = None, **known: Any) -> None:
        super().__init__(data, **known)
        offer(self, "sector", _to_choose(Sector.choices))
        offer(self, "size_class", _to_choose(SizeClass.choices))


def _to_choose(choices: Sequence[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Return ``choices`` with nothing chosen yet; a single one needs no choice."""
    return [*choices] if len(choices) == 1 else [("", "---------"), *choices]
