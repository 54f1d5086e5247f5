"""Private links: the key to one case, for one purpose, for some time.

Applicants and holders have no accounts. A link is 256 random bits; only its hash is kept,
so nobody who reads the database can open a case. Whatever is wrong with a link (expired,
used up, replaced, of another purpose, made up): it is not found, and all look alike.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from .models import PrivateLink

TOKEN_BYTES = 32


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def give(subject, purpose: str, days: int) -> str:
    """A new token for the case; older links of the same purpose stop working."""
    close(subject, purpose)
    token = secrets.token_urlsafe(TOKEN_BYTES)
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
    link = PrivateLink.objects.filter(
        token_hash=_hash(token),
        purpose=purpose,
        closed_at=None,
        expires_at__gt=timezone.now(),
    ).first()
    return link if link and link.subject else None


def close(subject, purpose: str) -> None:
    """Links of that purpose to the case stop working."""
    PrivateLink.objects.filter(
        content_type=ContentType.objects.get_for_model(subject),
        object_id=subject.pk,
        purpose=purpose,
        closed_at=None,
    ).update(closed_at=timezone.now())
