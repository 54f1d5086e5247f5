"""Addresses of the register: holder."""

from __future__ import annotations


class HolderRoutes:
    """Part of ``CertifiedIndexPage``."""
