"""Private links: the key to one case, for one purpose, for some time.

Applicants and holders have no accounts. A link is 256 random bits; only its hash is kept,
so nobody who reads the database can open a case. Whatever is wrong with a link (expired,
used up, replaced, of another purpose, made up): it is not found, and all look alike.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import secrets

from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import Application, PrivateLink

TOKEN_BYTES = 32
# How much later the second press of a double submission may come.
SECOND_PRESS = datetime.timedelta(minutes=10)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def give(subject, purpose: str, days: int, token: str = "") -> str:
    """A new token for the case; older links of the same purpose stop working.

    token: one that ``successor`` made of an older one, else it is random.
    """
    close(subject, purpose)
    token = token or secrets.token_urlsafe(TOKEN_BYTES)
    now = timezone.now()
    PrivateLink.objects.create(
        subject=subject,
        purpose=purpose,
        token_hash=_hash(token),
        created_at=now,
        expires_at=now + datetime.timedelta(days=days),
    )
    return token


def find(token: str, purpose: str) -> PrivateLink | None:
    """The link, with its case, if it still opens it for that purpose."""
    found = PrivateLink.objects.filter(
        token_hash=_hash(token),
        purpose=purpose,
        closed_at=None,
        expires_at__gt=timezone.now(),
    )
    if purpose in (PrivateLink.Purpose.DRAFT, PrivateLink.Purpose.APPLICATION):
        # Each of their pages reads the rules of the year as well.
        applications = Application.objects.select_related("scheme", "renews")
        found = found.prefetch_related(GenericPrefetch("subject", [applications]))
    link = found.first()
    return link if link and link.subject else None


def successor(token: str) -> str:
    """The token that follows this one: as hard to guess, and the same each time. So both
    presses of a form that was sent twice lead to the same page."""
    digest = salted_hmac("certified_orgs.links", token, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def just_used(token: str, purpose: str) -> PrivateLink | None:
    """The link, if it was closed minutes ago: then its form may have been sent a second time."""
    return PrivateLink.objects.filter(
        token_hash=_hash(token),
        purpose=purpose,
        closed_at__gt=timezone.now() - SECOND_PRESS,
    ).first()


def close(subject, purpose: str) -> None:
    """Links of that purpose to the case stop working."""
    PrivateLink.objects.filter(
        content_type=ContentType.objects.get_for_model(subject),
        object_id=subject.pk,
        purpose=purpose,
        closed_at=None,
    ).update(closed_at=timezone.now())
