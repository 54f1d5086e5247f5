"""The tree of a new language gets the rights of the roles as soon as it is begun.

Rights of groups stand at the home page of each language. Whoever adds a language in the admin
translates the home page first; without this, nobody might go on before the next ``setup_site``.
"""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db.models.signals import post_save

from . import roles
from .models import HomePage


def give_rights(sender, instance, created, raw=False, **kwargs):
    """On a site whose roles have never been set up, nothing is given to anybody."""
    if created and not raw and Group.objects.filter(name=roles.ROLES[0].group).exists():
        roles.apply()


def connect() -> None:
    post_save.connect(give_rights, sender=HomePage, dispatch_uid="home.give_rights")
