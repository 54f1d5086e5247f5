"""Addresses of the register: apply."""

from __future__ import annotations


class ApplyRoutes:
    """Part of ``CertifiedIndexPage``."""
