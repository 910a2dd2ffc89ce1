"""Check and make interview schedules of the open format: what ``python -m judging.core.scheduling`` does."""

from argparse import REMAINDER, ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from judging.core.scheduling.__main__ import main


class Command(BaseCommand):
    """Leaves its arguments to the module, so that there is no second reader of them; asks no database."""

    help = "Make or check an interview schedule of the open format, as python -m judging.core.scheduling does."
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> None:
        """The exit status is that of the module."""
        raise SystemExit(main(argv[2:]))

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take everything, for callers within the program."""
        parser.add_argument("arguments", nargs=REMAINDER)

    def handle(self, *args: Any, **options: Any) -> None:
        status = main([str(one) for one in options["arguments"]])
        if status:
            raise CommandError("The document or the call was refused.", returncode=status)
