"""What the tests of this folder share."""

from tests.fixtures import world

__all__ = ["world"]
