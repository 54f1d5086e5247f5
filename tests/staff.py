"""The staff of the demonstration, each with the rights of its role (home/roles.py)."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.test import Client

from home import roles
from home.demonstration.accounts import create_accounts


def employ() -> None:
    """Apply the table of roles, and make an account for each."""
    roles.apply()
    create_accounts("only-for-tests")


def client_of(account: str) -> Client:
    """Somebody who is signed in: ``client_of("department")``."""
    client = Client()
    client.force_login(get_user_model().objects.get(username=account))
    return client
