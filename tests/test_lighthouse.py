"""What CI does when Lighthouse could not measure a page, and when it did not like it."""

from __future__ import annotations

import json
from subprocess import CompletedProcess

import pytest

from .tools import chromium, lighthouse

POOR = {"categories": {"performance": {"score": 0.1}}}


@pytest.fixture
def answers(monkeypatch):
    """Lighthouse's exit codes, one a run, as given to it; those that are left."""
    left = []

    def run(command, **options):
        code = left.pop(0)
        return CompletedProcess(command, code, stdout=json.dumps(POOR) if code == 0 else "")

    monkeypatch.setattr(lighthouse.subprocess, "run", run)
    monkeypatch.setattr(chromium, "program", lambda: "/usr/bin/chromium")
    return left


def test_what_could_not_be_measured_is_measured_again(answers, capsys):
    answers += [1, 0]
    assert lighthouse.report("http://site/ja/") == POOR
    assert "could not measure http://site/ja/" in capsys.readouterr().out


def test_a_poor_score_is_not_measured_again(answers):
    answers += [0, 0]
    assert lighthouse.report("http://site/ja/") == POOR
    assert answers == [0]


def test_what_can_never_be_measured_is_a_failure(answers):
    answers += [1] * 9
    with pytest.raises(SystemExit, match="could not measure http://site/ja/ in 3 attempts"):
        lighthouse.report("http://site/ja/")
    assert len(answers) == 9 - lighthouse.ATTEMPTS
