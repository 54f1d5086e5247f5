"""The demonstration's staff accounts, one for each role."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from ..roles import ROLES


def create_accounts(password: str) -> list[tuple[str, str]]:
    """Make the accounts that do not exist yet; returns (name, role) of those made."""
    accounts = get_user_model().objects
    made = []
    if not accounts.filter(username="admin").exists():
        accounts.create_superuser("admin", "admin@example.jp", password)
        made.append(("admin", "everything"))
    for role in ROLES:
        if accounts.filter(username=role.account).exists():
            continue
        user = accounts.create_user(role.account, f"{role.account}@example.jp", password)
        user.groups.add(Group.objects.get(name=role.group))
        made.append((role.account, f"{role.group}: {role.does}"))
    return made
