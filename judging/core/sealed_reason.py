"""A reason in the log without its words: people may write a mark into it, and the log is read before marks are open."""

import hashlib
import json


def seal(reason: str, key: str) -> str:
    """Return the hex SHA-256 of ``reason`` together with ``key``, empty for no reason.

    The key is random and kept beside the reason, not in the log; without it, the few likely sentences could be tried.
    Whoever is shown both can check that the reason is the one that was given:
    ``SHA-256({"key": ..., "reason": ...})`` as JSON with sorted keys and no spaces.
    """
    if not reason:
        return ""
    told = json.dumps({"key": key, "reason": reason}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()
