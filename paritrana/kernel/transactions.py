"""Who owns a transaction: a service does, a helper that needs one says so."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")


class TransactionRequired(RuntimeError):
    """A helper that must run inside a service's transaction was called outside one."""


def atomic_service(service: Callable[P, R]) -> Callable[P, R]:
    """Run ``service`` in one transaction: all of its changes and their audit events, or nothing.

    A service called by another service joins the outer transaction.
    """

    @wraps(service)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():
            return service(*args, **kwargs)

    return run


def require_transaction() -> None:
    """Raise :class:`TransactionRequired` outside a transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise TransactionRequired("Call this from inside a service's transaction.")
