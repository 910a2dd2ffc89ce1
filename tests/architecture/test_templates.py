"""What templates must not do."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
INCLUDE = re.compile(r'{%\s*include\s+"([^"]+)"([^%]*)\bonly\s*%}')


def test_a_form_included_alone_is_handed_its_token() -> None:
    """``only`` keeps the context processors' names out; a form without its token is refused in every browser.

    Django's test client does not ask for the token, so no test of a view notices.
    """
    text = {str(file.relative_to(TEMPLATES)): file.read_text("utf-8") for file in TEMPLATES.rglob("*.html")}
    forms = {name for name, body in text.items() if "{% csrf_token %}" in body or "{% crispy " in body}

    lacking = [
        f"{name}: {included}"
        for name, body in text.items()
        for included, arguments in INCLUDE.findall(body)
        if included in forms and "csrf_token=csrf_token" not in arguments
    ]

    assert forms != set()
    assert lacking == []
