"""The one way in which forms are laid out."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django.utils.functional import Promise

from paritrana.kernel import phrases


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
