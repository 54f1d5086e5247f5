"""Addresses of the register: register."""

from __future__ import annotations


class RegisterRoutes:
    """Part of ``CertifiedIndexPage``."""
