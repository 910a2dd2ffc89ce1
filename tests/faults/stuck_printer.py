"""A worker that is stuck at the worst moment of a batch: files are stored, their papers not issued, until it is killed.

python -m tests.faults.stuck_printer <folder of the files> <portions that it issues before>
"""

import sys
import time
from pathlib import Path
from typing import Any

from django.core.management import execute_from_command_line
from django.test import override_settings

FILES = "django.core.files.storage.FileSystemStorage"


def files_in(folder: Path) -> override_settings:
    """Settings in which papers lie in ``folder``, where another process finds them."""
    from django.conf import settings

    return override_settings(STORAGES=settings.STORAGES | {"default": {"BACKEND": FILES}}, MEDIA_ROOT=str(folder))


def quick_certificates() -> None:
    """Make certificates of a few bytes, two at a time."""
    from judging.models import DocumentKind
    from judging.services import paper_making as making
    from judging.services import print_batch_work as work

    usual = making.MADE[DocumentKind.CERTIFICATE]
    assert isinstance(usual, making.Series)
    making.MADE[DocumentKind.CERTIFICATE] = making.Series(usual.data, lambda data: (repr(one).encode() for one in data))
    work.PORTION = 2


def get_stuck_after(portions: int) -> None:
    from judging.services import print_batch_work as work

    recorded, left = work.recorded, [portions]

    def stuck(**given: Any) -> Any:
        if left[0]:
            left[0] -= 1
            return recorded(**given)
        while True:
            time.sleep(1)

    work.recorded = stuck


if __name__ == "__main__":
    import django

    django.setup()
    files_in(Path(sys.argv[1])).enable()
    quick_certificates()
    get_stuck_after(int(sys.argv[2]))
    execute_from_command_line(["manage.py", "worker"])
