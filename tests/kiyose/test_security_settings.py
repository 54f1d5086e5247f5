"""Headers, sign-in, uploads and probes: what keeps the site safe in production."""

import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import axes
import pytest
import wagtail
import wagtail_localize
from django.conf import settings as django_settings
from django.contrib.auth.models import AnonymousUser, User
from django.core.cache import cache
from django.db import connection
from django.http import Http404
from wagtail.admin.forms.collections import CollectionViewRestrictionForm
from wagtail.admin.forms.pages import PageViewRestrictionForm
from wagtail.models import Collection, Page

from kiyose.security import client_address, serve_media

ROOT = Path(__file__).resolve().parents[2]


def policy_of(response) -> dict[str, list[str]]:
    header = response.headers["Content-Security-Policy"]
    return {name: sources for name, *sources in map(str.split, header.split(";"))}


@pytest.fixture
def superuser(db) -> User:
    return User.objects.create_superuser("boss", "boss@example.jp", "correct horse battery")


class TestDeployment:
    def check(self, **variables: str) -> subprocess.CompletedProcess:
        variables = {
            "PATH": os.environ["PATH"],
            "SECRET_KEY": django_settings.SECRET_KEY,
            "DATABASE_URL": "sqlite:///:memory:",
            **variables,
        }
        command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
        return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True)

    @pytest.mark.parametrize(
        "services",
        [
            {},
            {"REDIS_URL": "redis://127.0.0.1:1", "FRONTEND_CACHE_URL": "http://127.0.0.1:2"},
        ],
        ids=["alone", "with services"],
    )
    def test_production_settings_are_clean(self, services):
        checked = self.check(BASE_URL="https://sdgs.example.jp", **services)
        assert checked.returncode == 0, checked.stderr
        assert "no issues (0 silenced)" in checked.stdout

    def test_the_check_can_fail(self):
        checked = self.check(BASE_URL="http://sdgs.example.jp", DEBUG="1")
        assert checked.returncode == 1
        assert "security.W008" in checked.stderr


@pytest.mark.parametrize(
    ("prefix", "library"),
    [("WAGTAIL", wagtail), ("WAGTAILLOCALIZE_", wagtail_localize), ("AXES_", axes)],
)
def test_no_setting_is_misspelt(prefix, library):
    """A setting that no code reads protects nobody."""
    ours = {name for name in dir(django_settings._wrapped) if name.startswith(prefix)}
    if library is wagtail:
        ours = {name for name in ours if not name.startswith("WAGTAILLOCALIZE_")}
    code = "".join(
        path.read_text(encoding="utf-8") for path in Path(library.__file__).parent.rglob("*.py")
    )
    assert ours
    assert {name for name in ours if not re.search(rf"\b{name}\b", code)} == set()


class TestHeaders:
    STRICT = [
        "/admin/login/",
        "/admin/password_reset/",
        "/ja/nothing-here/",
        "/nothing/",
        "/healthz",
    ]

    @pytest.mark.django_db
    @pytest.mark.parametrize("path", STRICT)
    def test_nothing_inline_before_signing_in(self, client, path):
        policy = policy_of(client.get(path))
        assert policy["default-src"] == ["'none'"]
        assert policy["script-src"] == policy["style-src"] == ["'self'"]
        assert "unsafe" not in str(policy)
        assert "http" not in str(policy)

    def test_the_admin_has_a_policy_of_its_own(self, client, superuser):
        client.force_login(superuser)
        policy = policy_of(client.get("/admin/"))
        assert policy["script-src"] == policy["style-src"] == ["'self'", "'unsafe-inline'"]
        assert "unsafe-eval" not in str(policy)
        assert policy["base-uri"] == ["'none'"]
        assert policy["form-action"] == policy["frame-ancestors"] == ["'self'"]

    @pytest.mark.parametrize("path", STRICT)
    def test_signing_in_does_not_widen_it_elsewhere(self, client, superuser, path):
        client.force_login(superuser)
        assert "unsafe" not in str(policy_of(client.get(path)))

    @pytest.mark.django_db
    def test_the_others(self, client):
        headers = client.get("/admin/login/").headers
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]

    @pytest.mark.django_db
    def test_https_for_visitors_but_not_for_probes(self, client, settings):
        settings.SECURE_SSL_REDIRECT = True
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        assert client.get("/admin/login/").status_code == 301
        assert (
            client.get("/admin/login/", headers={"x-forwarded-proto": "https"}).status_code == 200
        )
        assert client.get("/healthz").status_code == 200


class TestSignIn:
    RIGHT, WRONG = "correct horse battery", "wrong"

    @pytest.fixture(autouse=True)
    def limited(self, settings, superuser):
        settings.AXES_ENABLED = True

    def sign_in(self, client, password: str, address: str = "192.0.2.1", name: str = "boss"):
        form = {"username": name, "password": password}
        return client.post("/admin/login/", form, REMOTE_ADDR=address)

    def test_the_right_password(self, client):
        assert self.sign_in(client, self.RIGHT).status_code == 302

    def test_guessing_is_stopped(self, client):
        answers = [self.sign_in(client, self.WRONG).status_code for _ in range(5)]
        assert answers == [200, 200, 200, 200, 429]
        locked = self.sign_in(client, self.RIGHT)
        assert locked.status_code == 429
        assert "15分たってから" in locked.content.decode(), "a page that helps on"
        assert "_auth_user_id" not in client.session
        # Neither the same person elsewhere nor a colleague beside them is shut out by it.
        assert self.sign_in(client, self.RIGHT, "192.0.2.2").status_code == 302
        assert self.sign_in(client, self.WRONG, name="colleague").status_code == 200

    def test_success_forgets_the_failures(self, client):
        for _ in range(4):
            self.sign_in(client, self.WRONG)
        assert self.sign_in(client, self.RIGHT).status_code == 302
        client.logout()
        assert self.sign_in(client, self.WRONG).status_code == 200


@pytest.mark.parametrize(
    ("remote", "forwarded", "expected"),
    [
        ("198.51.100.7", "", "198.51.100.7"),  # documentation addresses are not public: the last
        ("1.1.1.1", "", "1.1.1.1"),
        ("1.1.1.1", "8.8.8.8", "1.1.1.1"),  # no proxy of ours said that
        ("127.0.0.1", "1.1.1.1", "1.1.1.1"),
        ("127.0.0.1", "8.8.8.8, 1.1.1.1", "1.1.1.1"),  # the visitor wrote the first one
        ("127.0.0.1", "1.1.1.1, 10.0.0.2", "1.1.1.1"),  # two proxies
        ("127.0.0.1", "unknown, 1.1.1.1:80, 1.1.1.1", "1.1.1.1"),
        ("10.0.0.2", "10.1.2.3", "10.1.2.3"),  # staff inside the house
        ("127.0.0.1", "", "127.0.0.1"),
        ("", "", None),  # a socket of this machine, and nobody said more
        ("2606:4700::1:2:3:4", "", "2606:4700::"),
    ],
)
def test_where_an_attempt_comes_from(rf, remote, forwarded, expected):
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert client_address(rf.get("/", headers=headers, REMOTE_ADDR=remote)) == expected


class TestUploads:
    @pytest.fixture(autouse=True)
    def files(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        for folder in ("images", "avatar_images", "original_images", "documents"):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "file.png").write_bytes(b"content")

    def fetch(self, rf, path: str, **user) -> bytes | None:
        request = rf.get("/media/")
        request.user = SimpleNamespace(**user) if user else AnonymousUser()
        try:
            return b"".join(serve_media(request, path))
        except Http404:
            return None

    @pytest.mark.parametrize("path", ["images/file.png", "avatar_images/file.png"])
    def test_what_pages_show_is_public(self, rf, path):
        assert self.fetch(rf, path) == b"content"

    @pytest.mark.parametrize(
        "path",
        [
            "original_images/file.png",
            "documents/file.png",
            "images/../documents/file.png",
            "/documents/file.png",
            "images/../../etc/passwd",
            "images/missing.png",
            "images/",
            "",
        ],
    )
    def test_nothing_else_is(self, rf, path):
        assert self.fetch(rf, path) is None

    def test_staff_see_originals_but_documents_only_through_their_view(self, rf):
        staff = {"has_perm": lambda permission: permission == "wagtailadmin.access_admin"}
        assert self.fetch(rf, "original_images/file.png", **staff) == b"content"
        assert self.fetch(rf, "documents/file.png", **staff) is None

    @pytest.mark.django_db
    def test_no_shared_passwords(self):
        page = PageViewRestrictionForm(instance=None, initial={"page": Page.get_first_root_node()})
        collection = CollectionViewRestrictionForm(
            instance=None, initial={"collection": Collection.get_first_root_node()}
        )
        for form in (page, collection):
            assert "password" not in dict(form.fields["restriction_type"].choices)
            assert "password" not in form.fields


class TestProbes:
    def test_alive_without_any_service(self, client):
        assert client.get("/healthz").content == b"ok"

    @pytest.mark.django_db
    def test_ready(self, client):
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()) == (200, {"database": True, "cache": True})
        assert "no-store" in answer.headers["Cache-Control"]

    @pytest.mark.django_db
    def test_no_cache(self, client, monkeypatch):
        monkeypatch.setattr(cache, "set", lambda *_, **__: None)
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()) == (503, {"database": True, "cache": False})

    @pytest.mark.django_db
    def test_no_database(self, client, monkeypatch):
        def broken():
            raise OSError("secret details")

        monkeypatch.setattr(connection, "cursor", broken)
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()) == (503, {"database": False, "cache": True})
        assert b"secret" not in answer.content
