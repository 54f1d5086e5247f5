"""The content files, and where they are."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import yaml

CONTENT = Path(__file__).with_name("content")
PICTURES = Path(__file__).with_name("pictures")


class ContentLoader(yaml.SafeLoader):
    """Reads 28.6 as exactly that."""


ContentLoader.add_constructor(
    "tag:yaml.org,2002:float", lambda loader, node: Decimal(loader.construct_scalar(node))
)


@lru_cache
def read(name: str) -> dict:
    """A content file by its name below ``content/``, without the ending."""
    text = (CONTENT / f"{name}.yml").read_text(encoding="utf-8")
    return yaml.load(text, ContentLoader)  # noqa: S506  it is a safe one


def names(folder: str) -> list[str]:
    """The content files of a folder."""
    return [f"{folder}/{path.stem}" for path in sorted((CONTENT / folder).glob("*.yml"))]
