"""The demonstration's staff accounts, one for each role."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from ..roles import ROLES


def create_accounts(password: str) -> list[tuple[str, str]]:
    """Make the accounts that do not exist yet; returns (name, role) of those made."""
    User = get_user_model()
    made = []
    if not User.objects.filter(username="admin").exists():
        User.objects.create_superuser("admin", "admin@example.jp", password)
        made.append(("admin", "everything"))
    for role in ROLES:
        if User.objects.filter(username=role.account).exists():
            continue
        user = User.objects.create_user(role.account, f"{role.account}@example.jp", password)
        user.groups.add(Group.objects.get(name=role.group))
        made.append((role.account, f"{role.group}: {role.does}"))
    return made
