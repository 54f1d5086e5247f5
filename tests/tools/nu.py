"""The Nu HTML checker, the one that the HTML standard's authors use, on many pages at once."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

CHECKER = Path(__file__).with_name("node_modules") / "vnu-jar" / "build" / "dist" / "vnu.jar"


def is_installed() -> bool:
    """Whether there is a Java, and `make tools` has been run."""
    return CHECKER.exists() and shutil.which("java") is not None


def faults(pages: dict[str, str], folder: Path) -> list[str]:
    """What is wrong with pages: {name: HTML} in, one line for every fault out.

    folder: where the checker may find them for as long as it runs.
    """
    names = list(pages)
    files = [folder / f"{number}.html" for number in range(len(names))]
    for file, html in zip(files, pages.values(), strict=True):
        file.write_text(html, encoding="utf-8")
    command = ["java", "-jar", CHECKER, "--format", "json", "--exit-zero-always", *files]
    said = subprocess.run(command, stderr=subprocess.PIPE, check=True, timeout=300).stderr
    return sorted(
        f"{names[int(Path(each['url']).stem)]}: {each['message']} {_where(each)}"
        for each in json.loads(said)["messages"]
    )


def _where(message: dict) -> str:
    extract = " ".join(message.get("extract", "").split())
    return f"(line {message.get('lastLine', '?')}: {extract})"
