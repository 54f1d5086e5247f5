"""What the tests of this folder share."""

from tests.fixtures import demonstration_rows, world

__all__ = ["demonstration_rows", "world"]
