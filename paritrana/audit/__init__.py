"""The append-only, hash-chained log: what happened, who did it, when, to what."""
