"""
Lighthouse on the home page as a phone gets it: at least 95 in every category.

    python -m tests.tools.lighthouse            # in Japanese and English
    python -m tests.tools.lighthouse --runs 1 ja

Of several runs the median counts: a busy machine spoils one.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from . import chromium
from .demonstration import running_demonstration

LIGHTHOUSE = Path(__file__).with_name("node_modules") / "lighthouse" / "cli" / "index.js"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = 95
# Chromium now and then loses the beginning of its own record (NO_NAVSTART), and Lighthouse
# asks to be run again. A page that was measured is never measured again for its score.
ATTEMPTS = 3
# Whatever Chromium or a page asks for elsewhere, it does not find.
NOBODY_ELSE = '--host-resolver-rules="MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"'


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.strip().partition("\n")[0])
    arguments.add_argument("languages", nargs="*", default=["ja", "en"])
    arguments.add_argument("--runs", type=int, default=3)
    options = arguments.parse_args()
    if not LIGHTHOUSE.exists() or not chromium.program():
        return "Lighthouse needs Chromium, Node and: make tools"

    with running_demonstration() as site:
        faults = [
            fault
            for language in options.languages
            for fault in judge(site, f"/{language}/", options.runs)
        ]
    print("\n".join(faults))
    return 1 if faults else 0


def judge(site: str, path: str, runs: int) -> list[str]:
    """Prints the scores of a page; what is wrong with it, line by line."""
    reports = [report(site + path) for _ in range(runs)]
    faults = [f"{path} asks {url}" for url in strangers(reports[-1], site)]
    print(path)
    for category in CATEGORIES:
        scores = [round(each["categories"][category]["score"] * 100) for each in reports]
        median = statistics.median(scores)
        print(f"  {category:<15} {median:>3.0f}   of {scores}", flush=True)
        if median < LEAST:
            faults += [f"{path} {category}: {line}" for line in blame(reports[-1], category)]
    return faults


def report(address: str) -> dict:
    """What Lighthouse says about an address, on its idea of a phone and its network."""
    flags = ["--headless=new", *chromium.ARGUMENTS, NOBODY_ELSE]
    command = [
        *("node", LIGHTHOUSE, address, "--quiet", "--output=json", "--output-path=stdout"),
        *("--no-enable-error-reporting", f"--chrome-flags={' '.join(flags)}"),
        f"--only-categories={','.join(CATEGORIES)}",
    ]
    environment = os.environ | {"CHROME_PATH": chromium.program()}
    for _ in range(ATTEMPTS):
        said = subprocess.run(command, env=environment, stdout=subprocess.PIPE, timeout=180)
        if said.returncode == 0:
            return json.loads(said.stdout)
        print(f"Lighthouse could not measure {address} (it says why above)", flush=True)
    sys.exit(f"Lighthouse could not measure {address} in {ATTEMPTS} attempts")


def blame(report: dict, category: str) -> list[str]:
    """What cost a category its points."""
    weights = report["categories"][category]["auditRefs"]
    audits = [report["audits"][each["id"]] for each in weights if each["weight"]]
    return [
        f"{audit['title']} ({audit['score']}) {audit.get('displayValue', '')}".rstrip()
        for audit in audits
        if audit["score"] is not None and audit["score"] < 1
    ]


def strangers(report: dict, site: str) -> list[str]:
    """What the page asked of other hosts."""
    requests = report["audits"]["network-requests"]["details"]["items"]
    return [each["url"] for each in requests if not each["url"].startswith((site, "data:"))]


if __name__ == "__main__":
    sys.exit(main())
