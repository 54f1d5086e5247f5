"""Official artwork: 17 square, numbered files replace our tiles everywhere, unaltered."""

from __future__ import annotations

import io

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from sdgs import artwork, vocabulary
from sdgs.models import MarkLabel, OfficialArtwork

pytestmark = pytest.mark.django_db


def picture(name: str, size=(200, 200), fmt="PNG") -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.new("RGB", size, "#19486A").save(written, fmt)
    return SimpleUploadedFile(name, written.getvalue(), content_type="image/png")


def seventeen(pattern="E-WEB-Goal-{:02d}.png") -> list[SimpleUploadedFile]:
    return [picture(pattern.format(number)) for number in range(1, 18)]


@pytest.fixture
def address() -> str:
    return reverse(
        "wagtailsettings:edit", args=["sdgs", "officialartwork", OfficialArtwork.load().pk]
    )


@pytest.fixture
def editor(client, django_user_model, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    user = django_user_model.objects.create_user("sdgs-office", password="x")
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "change_officialartwork"])
    )
    client.force_login(user)
    return client


def upload(editor, address, files, languages=("ja", "en"), **more):
    data = {"origin": "見本", "languages": list(languages), "files": files, **more}
    return editor.post(address, data)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("E-WEB-Goal-08.png", 8),
        ("sdg_icon_17_ja_2.png", 17),
        ("2030-goal-3.png", 3),
        ("goal-18.png", None),
        ("wheel.png", None),
    ],
)
def test_the_goal_is_read_from_the_name(name, number):
    assert artwork.goal_in(name) == number


def test_seventeen_files_replace_our_tiles_everywhere(editor, address, world):
    files = seventeen()
    as_given = files[7].read()
    files[7].seek(0)
    assert upload(editor, address, files).status_code == 302
    label = vocabulary.label("8", "ja")
    assert label.artwork
    for language in ("ja", "en"):
        html = editor.get(f"/{language}/sdgs/8/").content.decode()
        shown = vocabulary.label("8", language).artwork
        assert f'src="{shown}"' in html
        assert '<span class="mark__tile"' not in html
        served = b"".join(editor.get(shown).streaming_content)
        assert served == as_given, "The artwork is to be shown unaltered."


def test_the_notice_says_whose_icons_they_are(editor, address, world):
    before = editor.get("/en/sdgs/").content.decode()
    upload(editor, address, seventeen())
    after = editor.get("/en/sdgs/").content.decode()
    assert "own drawings" in before
    assert "own drawings" not in after
    assert "has not approved the content" in after


def test_one_language_only(editor, address, world):
    upload(editor, address, seventeen(), languages=["ja"])
    assert vocabulary.label("8", "ja").artwork
    assert not vocabulary.label("8", "en").artwork


def test_our_own_tiles_come_back(editor, address, world):
    upload(editor, address, seventeen())
    upload(editor, address, [], remove="on")
    assert not vocabulary.label("8", "ja").artwork
    assert not MarkLabel.objects.exclude(artwork="").exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda files: files[:16], "17"),
        (lambda files: [*files, picture("goal-05-again.png")], "goal-05-again.png"),
        (lambda files: [*files[:16], picture("goal-17.png", (200, 180))], "200 × 180"),
        (lambda files: [*files[:16], picture("wheel.png")], "wheel.png"),
        (lambda files: [*files[:16], picture("goal-17.png", (90, 90))], "150"),
        (lambda files: [*files[:16], picture("goal-17.gif", fmt="GIF")], "PNG"),
        (lambda files: [*files[:16], SimpleUploadedFile("17.png", b"not a picture")], "17.png"),
        (lambda files: [*files[:16], SimpleUploadedFile("17.png", b"0" * 600_000)], "500"),
    ],
    ids=["one missing", "one twice", "not square", "not numbered", "small", "gif", "junk", "large"],
)
def test_a_set_that_is_not_right_changes_nothing(editor, address, change, message):
    response = upload(editor, address, change(seventeen()))
    assert response.status_code == 200
    assert message in response.content.decode()
    assert 'value="見本"' in response.content.decode(), "What was typed is kept."
    cache.clear()
    assert not MarkLabel.objects.exclude(artwork="").exists()


def test_a_language_must_be_chosen(editor, address):
    response = upload(editor, address, seventeen(), languages=[])
    assert response.status_code == 200
    assert response.context["form"].errors["languages"]


def test_a_language_without_names_comes_later(editor, address, world):
    MarkLabel.objects.filter(language="en", mark__name="8").delete()
    response = upload(editor, address, seventeen())
    assert "English" in str(response.context["form"].errors["languages"])
    assert not MarkLabel.objects.exclude(artwork="").exists()


def test_not_for_everyone(client, django_user_model, address):
    user = django_user_model.objects.create_user("anyone", password="x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert client.get(address).status_code == 302
    assert upload(client, address, seventeen()).status_code == 302
    assert not MarkLabel.objects.exclude(artwork="").exists()
