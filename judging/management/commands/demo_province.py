"""``manage.py demo_province 81 --out FOLDER``: build a small province of the demo, write its package."""

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test.utils import override_settings

from judging.management.demo.facts import PROVINCES
from judging.management.demo.province import build_province
from judging.selectors.handover import handover_bytes, handover_name
from nominees.models import Edition
from paritrana.kernel.seal import write_key


class Command(BaseCommand):
    """For a database that holds nothing else: ``bin/demo-packages`` makes one for each province."""

    help = "Build a small province of the demo in an empty database, and write the package that it hands over."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("province", choices=PROVINCES, help="code of the province")
        parser.add_argument("--out", type=Path, required=True, help="folder for the package")

    def handle(self, *args: Any, province: str, out: Path, **options: Any) -> None:
        if Edition.objects.exists():
            raise CommandError("This database is not empty; the province wants one of its own.")
        key = Path(settings.HANDOVER_KEY)
        if key.exists():
            raise CommandError(f"{key} is there already; a province of the demo signs with a made-up key of its own.")
        # A key that everybody can make: packages of a demo edition are worth nothing anywhere else.
        write_key(key, hashlib.sha256(f"paritrana demo {province}".encode()).digest())
        call_command("load_regions", stdout=self.stdout)
        out.mkdir(parents=True, exist_ok=True)
        # Papers of this database are of no use once it is gone.
        with TemporaryDirectory() as media, override_settings(MEDIA_ROOT=media):
            found = build_province(province, self.stdout.write)
            target = out / handover_name(found)
            target.write_bytes(handover_bytes(found))
        self.stdout.write(f"{target} ({found.size} bytes)\nSHA-256 {found.sha256}")
