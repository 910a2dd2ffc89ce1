"""Forms of the nominees' pages; what they accept is decided in ``core`` and the services."""

from dataclasses import asdict
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Div, Layout, Row, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from nominees.core import columns, coverage, status
from nominees.core.facts import BusinessFacts, ContactFacts
from nominees.core.matching import CellRefused
from nominees.models import Nomination, Round, Sector, SizeClass, Status
from paritrana.kernel import phrases
from paritrana.kernel.forms import day_field, page_form_helper
from paritrana.kernel.sentences import sentence


class CountField(forms.CharField):
    """A whole number as Indonesians write it: 5300 or 5.300."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def clean(self, value: Any) -> int:
        text = super().clean(value)
        try:
            return int(columns.whole_number(columns.Cell("s", text)))
        except CellRefused as refused:
            raise forms.ValidationError(sentence(refused.code, refused.facts)) from refused


def offer(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    """Let the choice field ``name`` of ``form`` offer ``choices``."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


class NomineeFilter(forms.Form):
    """Which nominees the list shows, and in which order; sent by GET."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    category = forms.ChoiceField(label=phrases.CATEGORY, required=False)
    status = forms.ChoiceField(label=phrases.STATUS, required=False)
    order = forms.ChoiceField(
        label=_("Sort by"),
        required=False,
        choices=[
            ("number", _("Number")),
            ("name", phrases.NAME),
            ("category", phrases.CATEGORY),
            ("status", phrases.STATUS),
        ],
    )

    def __init__(self, data: Any, *, round: Round) -> None:
        super().__init__(data)
        everything = [("", _("All"))]
        offer(self, "category", [*everything, *((c.code, c.name) for c in round.categories.all())])
        offer(self, "status", [*everything, *Status.choices])
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Row(
                Column("q", css_class="col-md-4"),
                Column("category", css_class="col-md-3"),
                Column("status", css_class="col-md-3"),
                Column("order", css_class="col-md-2"),
            ),
            Div(Submit("", _("Show"), css_class="btn btn-outline-primary")),
        )

    def chosen(self) -> dict[str, str]:
        """Return the filters for ``selectors.nominations.listed``; what is not valid is left out."""
        self.is_valid()
        data = self.cleaned_data
        return {
            "search": data.get("q", ""),
            "category": data.get("category", ""),
            "status": data.get("status", ""),
            "order": data.get("order", "") or "number",
        }


class StatusForm(forms.Form):
    """Screening, or a later change of status; carries the version of the nomination that was looked at."""

    status = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=phrases.REASON,
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed for everything but “in the running”; it is printed in the minutes."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, nomination: Nomination) -> None:
        super().__init__(data, initial={"version": nomination.version})
        self.is_screening = nomination.status == Status.PROPOSED
        possible = status.targets(nomination.status, nomination.round.state)
        if nomination.is_calibration:
            possible = tuple(code for code in possible if code != Status.RUNNING)
        offer(self, "status", [(code, Status(code).label) for code in possible])
        self.has_choices = bool(possible)
        self.helper = page_form_helper()


class NomineeFields(forms.Form):
    """What every nominee has. A government or village is its region: its name is not typed."""

    category = forms.ChoiceField(label=phrases.CATEGORY)
    leader = forms.CharField(label=_("Leader"), max_length=150, required=False)
    summary = forms.CharField(label=_("Summary"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    person = forms.CharField(label=_("Contact person"), max_length=150, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)

    def contact(self) -> ContactFacts:
        """Return the valid contact."""
        return ContactFacts(**{name: self.cleaned_data[name] for name in ("person", "phone", "email")})


class BusinessFields(forms.Form):
    """What only businesses have; the NIB is what one is recognised by."""

    NAMES = ("name", "legal_name", "sector", "size_class", "kbli", "nib", "bpjs_number")

    name = forms.CharField(label=phrases.NAME, max_length=200)
    legal_name = forms.CharField(label=_("Legal name"), max_length=200)
    sector = forms.ChoiceField(label=_("Sector"), choices=Sector.choices)
    size_class = forms.ChoiceField(label=_("Size class"), choices=SizeClass.choices)
    kbli = forms.RegexField(r"^[0-9]{5}$", label="KBLI", help_text=_("Five digits."))
    nib = forms.RegexField(r"^[0-9]{13}$", label="NIB", help_text=_("Thirteen digits."))
    bpjs_number = forms.CharField(label=_("BPJS registration number"), max_length=20)

    def business(self) -> BusinessFacts:
        """Return the valid facts."""
        return BusinessFacts(**{name: self.cleaned_data[name] for name in self.NAMES})


class EditForm(NomineeFields):
    """A recorded nominee's data, with the version of them that was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, nomination: Nomination, categories: list[tuple[str, str]]) -> None:
        contact = getattr(nomination, "contact", None)
        initial = {
            "category": nomination.category.code,
            "leader": nomination.leader,
            "summary": nomination.summary,
            "version": nomination.version,
            **({name: getattr(contact, name) for name in ("person", "phone", "email")} if contact else {}),
        }
        super().__init__(data, initial=initial)
        offer(self, "category", [*categories])
        self.helper = page_form_helper()


class BusinessForm(BusinessFields, EditForm):
    """A recorded business's data."""

    region = forms.ChoiceField(label=_("Regency or city"))

    field_order = ("name", "legal_name", "region", "category", "sector", "size_class", "kbli", "nib", "bpjs_number")

    def __init__(
        self, data: Any = None, *, regions: list[tuple[str, str]], facts: BusinessFacts, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        offer(self, "region", [*regions])
        self.initial.update(asdict(facts), region=kwargs["nomination"].nominee.region.code)


class IndicatorForm(forms.Form):
    """Counts behind one computed criterion."""

    criterion = forms.SlugField(
        label=_("Criterion"), max_length=60, help_text=_("The code of the criterion in the rubric.")
    )
    count = CountField()
    base = CountField()
    source = forms.CharField(label=_("Source"), max_length=200)
    as_of = day_field(_("As of"))

    def __init__(self, data: Any = None, *, nomination: Nomination, initial: dict[str, Any] | None = None) -> None:
        usual = coverage.INDICATOR_OF[nomination.nominee.kind]
        super().__init__(data, initial={"criterion": usual.criterion} | (initial or {}))
        self.fields["count"].label = usual.count_label
        self.fields["base"].label = usual.base_label
        self.helper = page_form_helper()


class WorkbookForm(forms.Form):
    """The workbook to check; what kind of file it is, the check says."""

    workbook = forms.FileField(
        label=_("Workbook"),
        allow_empty_file=True,
        help_text=_("The filled-in template, .xlsx, at most 5 MB. Nothing is written before you confirm."),
        widget=forms.FileInput(
            attrs={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.helper = page_form_helper(_("Check the workbook"))


class SettleForm(forms.Form):
    """Confirm or discard a checked import."""

    act = forms.ChoiceField(choices=[("apply", "apply"), ("discard", "discard")], widget=forms.HiddenInput)
