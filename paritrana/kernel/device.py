"""Whose a device's storage is, in a word that tells nothing to who reads the device."""

from django.utils.crypto import salted_hmac


def device_name(user_id: int) -> str:
    """Return the name under which a device keeps what is of a person: always the same while the secret key is."""
    return salted_hmac("paritrana.offline", str(user_id)).hexdigest()[:32]
