"""The printed table is the one that the software obeys."""

from io import StringIO

from django.conf import settings
from django.core.management import call_command


def test_docs_lifecycle_is_printed_from_the_table():
    out = StringIO()
    call_command("print_lifecycle", stdout=out)
    assert (settings.BASE_DIR / "docs" / "lifecycle.md").read_text("utf-8") == out.getvalue()
