"""The one way in which forms are laid out."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.functional import Promise

from paritrana.kernel import phrases


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    """Return the field of one day, with the browser's calendar; typed, 2025-06-24 and 24/06/2025 are understood."""
    return forms.DateField(
        label=label,
        required=required,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def page_form_helper(submit_label: str | Promise = phrases.SAVE, *, with_tag: bool = True, **attrs: Any) -> FormHelper:
    """Return the helper of a form that posts to its own page with one clear button.

    ``with_tag`` off leaves the form element and the button to the page.
    """
    helper = FormHelper()
    helper.form_tag = with_tag
    helper.disable_csrf = not with_tag
    helper.form_show_errors = True
    helper.attrs = {"novalidate": "", **attrs}
    if with_tag:
        helper.add_input(Submit("save", submit_label, css_class="btn btn-primary"))
    return helper
