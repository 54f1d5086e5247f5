"""The scheme's settings in the admin: for 未来創造課, checked, and warned of."""

from __future__ import annotations

import datetime
import io

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.forms.models import model_to_dict
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from wagtail.models import Locale, ModelLogEntry

from certified_orgs.artwork import mark_artwork
from certified_orgs.factories import (
    ApplicationFactory,
    CertificateFactory,
    CriterionFactory,
    DistrictFactory,
    SchemeYearFactory,
)
from certified_orgs.models import Criterion, District, Place, SchemeYear, Score
from home.roles import ROLES
from kiyose.japanese.periods import fiscal_year_of
from kiyose.security import PUBLIC_MEDIA
from tests.staff import client_of, employ
from tests.world import in_two_languages

pytestmark = pytest.mark.django_db

ACCOUNTS = ["admin", *(role.account for role in ROLES)]
MAY = {"admin", "mirai"}


@pytest.fixture(scope="module")
def staffed(django_db_setup, django_db_blocker):
    """The staff, the settings of this year with two criteria, and a district."""
    with django_db_blocker.unblock(), transaction.atomic():
        in_two_languages()
        employ()
        scheme = SchemeYearFactory(company_cap=3)
        for weight in (60, 40):
            CriterionFactory(scheme=scheme, weight=weight)
        DistrictFactory()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def office(staffed) -> SchemeYear:
    return SchemeYear.objects.get()


def addresses(scheme) -> list[str]:
    criterion, district = Criterion.objects.first(), District.objects.first()
    return [
        reverse("schemeyear:index"),
        reverse("schemeyear:add"),
        reverse("schemeyear:edit", args=[scheme.pk]),
        reverse("schemeyear:history", args=[scheme.pk]),
        *(
            reverse(one.snippet_viewset.get_url_name(view), args=args)
            for one in (criterion, district)
            for view, args in (("list", []), ("add", []), ("edit", [one.pk]), ("delete", [one.pk]))
        ),
    ]


@pytest.mark.parametrize("account", ACCOUNTS)
def test_nobody_else_sees_or_changes_the_settings(office, account):
    client = client_of(account)
    for address in addresses(office):
        answer = client.get(address)
        assert (answer.status_code == 200) == (account in MAY), f"{account} at {address}"
        sent = client.post(address, {"company_cap": 99})
        if account not in MAY:
            assert sent.status_code in {302, 403}
    office.refresh_from_db()
    if account not in MAY:
        assert office.company_cap == 3
        assert Criterion.objects.count() == 2


def form_of(scheme, **changes) -> dict:
    values = model_to_dict(scheme, exclude=["id", "mark_artwork"]) | changes
    return {
        name: "" if value is None else value for name, value in values.items() if value is not False
    }


def save(scheme, account="mirai", **changes):
    address = reverse("schemeyear:edit", args=[scheme.pk])
    return client_of(account).post(address, form_of(scheme, **changes))


def told(answer) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def errors(answer) -> dict:
    assert answer.status_code == 200, "it was saved"
    return answer.context["form"].errors


def test_saving_makes_the_places_and_leaves_a_history(office):
    assert save(office, company_cap=6).status_code == 302
    assert Place.objects.filter(pool="company").count() == 6
    assert ModelLogEntry.objects.filter(object_id=str(office.pk), action="wagtail.edit").exists()
    history = client_of("mirai").get(reverse("schemeyear:history", args=[office.pk]))
    assert "mirai" in history.content.decode()


def test_settings_of_another_year_do_not_move_todays_places(office):
    later = SchemeYearFactory(fiscal_year=office.fiscal_year + 1, company_cap=50)
    save(office, company_cap=4)
    save(later, company_cap=51)
    assert Place.objects.filter(pool="company").count() == 4


def test_a_cap_below_the_holders_is_saved_and_warned_of(office):
    for _number in range(3):
        CertificateFactory()
    answer = save(office, company_cap=1)
    assert answer.status_code == 302
    office.refresh_from_db()
    assert office.company_cap == 1
    assert "企業・店舗：有効な認定証が3件あり、" in told(answer)
    assert "枠1を超えています" in told(answer)
    assert Place.objects.filter(certificate__isnull=False).count() == 3


def test_a_cap_that_suffices_is_not_warned_of(office):
    assert "超えています" not in told(save(office, company_cap=3))


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("３０、７、－１、▲１４", [30, 7, -1, -14]),
        ("30,7, -1", [30, 7, -1]),
        ("７", [7]),
        ("14、", [14]),
    ],
)
def test_reminder_days_as_people_type_them(office, typed, days):
    assert save(office, reminder_days=typed).status_code == 302
    office.refresh_from_db()
    assert office.reminders == days


@pytest.mark.parametrize("typed", ["来週", "7日前", "3.5", "、", "7;1"])
def test_what_is_no_number_of_days_is_told_beside_the_field_and_kept(office, typed):
    answer = save(office, reminder_days=typed)
    assert "reminder_days" in errors(answer)
    assert answer.context["form"]["reminder_days"].value() == typed


def test_impossible_days_are_told_beside_the_field(office):
    year = office.fiscal_year
    answer = save(office, opens_on=f"{year}-06-30", closes_on=f"{year}-06-01")
    assert "closes_on" in errors(answer)
    answer = save(office, report_due_on=f"{year}-03-31")
    assert "report_due_on" in errors(answer)
    assert save(office, report_due_on=f"{year + 1}-03-31").status_code == 302
    assert save(office, report_due_on=f"令和{year - 2018}年4月1日").status_code == 302


def test_the_year_of_settings_stays_once_somebody_has_applied(office):
    later = {"fiscal_year": office.fiscal_year + 1}
    later["report_due_on"] = f"{later['fiscal_year']}-05-31"
    application = ApplicationFactory(scheme=office)
    assert errors(save(office, **later)).keys() == {"fiscal_year"}
    application.delete()
    assert save(office, **later).status_code == 302


# A new year


def test_a_new_year_starts_from_the_latest_one_with_its_criteria(office):
    client, address = client_of("mirai"), reverse("schemeyear:add")
    office.company_cap, office.opens_on = 8, datetime.date(office.fiscal_year, 6, 1)
    office.mark_artwork = "certification_mark/own.png"
    office.save()
    form = client.get(address).context["form"]
    assert form["fiscal_year"].value() == office.fiscal_year + 1
    assert form["company_cap"].value() == 8
    assert form["opens_on"].value() == datetime.date(office.fiscal_year + 1, 6, 1)
    answer = client.post(address, form_of(form.instance))
    assert answer.status_code == 302
    made = SchemeYear.objects.get(fiscal_year=office.fiscal_year + 1)
    assert made.mark_artwork == office.mark_artwork
    assert [each.weight for each in made.criteria.all()] == [60, 40]
    assert "審査の項目2件を引き継ぎました" in told(answer)
    assert "配点" not in told(answer)


def test_a_year_that_exists_is_not_made_twice(office):
    client, address = client_of("mirai"), reverse("schemeyear:add")
    answer = client.post(address, form_of(office))
    assert "fiscal_year" in errors(answer)
    assert SchemeYear.objects.count() == 1


# The mark


def picture(size=(600, 600), fmt="PNG", name="mark.png", **options) -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.new("RGB", size, "#19486A").save(written, fmt, **options)
    return SimpleUploadedFile(name, written.getvalue(), content_type="image/png")


def test_an_uploaded_mark_is_used_and_carries_nothing_but_pixels(office):
    notes = PngInfo()
    notes.add_text("Author", "somebody private")
    exif = Image.Exif()
    exif[0x013B] = "somebody private"
    uploaded = picture(pnginfo=notes, exif=exif)
    hidden = SimpleUploadedFile("mark.png", uploaded.read() + b"<script>somebody private</script>")
    assert save(office, mark_artwork=hidden).status_code == 302
    office.refresh_from_db()
    artwork = mark_artwork(office)
    assert not artwork.is_provisional
    assert b"private" not in artwork.png()
    assert Image.open(io.BytesIO(artwork.png())).size == (600, 600)
    assert artwork.svg() == ""
    assert office.mark_artwork.name.startswith(PUBLIC_MEDIA)


def test_without_an_upload_the_provisional_mark_is_used(office):
    artwork = mark_artwork(office)
    assert artwork.is_provisional
    width, height = Image.open(io.BytesIO(artwork.png())).size
    assert width == height >= 600
    assert artwork.svg().startswith("<svg")


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (picture((600, 601)), "正方形ではありません"),
        (picture((599, 599)), "599ピクセル"),
        (picture((6001, 6001)), "6001ピクセル"),
        (picture(fmt="JPEG"), "PNGの画像ではありません"),
        (picture(fmt="GIF", name="mark.gif"), "PNGの画像ではありません"),
        (SimpleUploadedFile("mark.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "SVG"),
        (SimpleUploadedFile("mark.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "SVG"),
        (SimpleUploadedFile("mark.png", b"\x89PNG\r\n\x1a\n broken"), "PNGの画像ではありません"),
        (SimpleUploadedFile("mark.png", b"0" * (5 * 1024 * 1024 + 1)), "5MB"),
    ],
    ids=["oblong", "small", "huge", "jpeg", "gif", "svg", "renamed-svg", "broken", "heavy"],
)
def test_a_wrong_file_is_refused_beside_the_field(office, file, message):
    file.seek(0)
    answer = save(office, mark_artwork=file)
    assert message in str(errors(answer)["mark_artwork"])
    office.refresh_from_db()
    assert not office.mark_artwork


# Criteria


def criterion_address(view: str, *args) -> str:
    return reverse(Criterion.snippet_viewset.get_url_name(view), args=args)


def criterion_form(scheme, **changes) -> dict:
    words = {"name": "見本の項目", "description": "見本の説明", "question": "見本の問い"}
    return {"scheme": scheme.pk, **words, "weight": 20, "position": 0} | changes


def a_score(scheme) -> Score:
    application = ApplicationFactory(scheme=scheme, state="screening")
    return Score.objects.create(
        application=application,
        criterion=scheme.criteria.first(),
        reviewer=get_user_model().objects.get(username="department"),
        points=3,
    )


def post(address: str, form: dict | None = None):
    """As somebody who has read all earlier messages."""
    return client_of("mirai").post(address, form or {})


def test_weights_that_do_not_add_up_are_warned_of(office):
    answer = post(criterion_address("add"), criterion_form(office))
    assert answer.status_code == 302
    assert "合計が120です" in told(answer)
    extra = Criterion.objects.get(weight=20)
    assert "合計が" not in told(post(criterion_address("delete", extra.pk)))
    first = office.criteria.get(weight=60)
    edit = criterion_address("edit", first.pk)
    assert "合計が90です" in told(post(edit, criterion_form(office, weight=50)))
    assert "合計が40です" in told(post(criterion_address("delete", first.pk)))


def test_a_new_criterion_is_for_the_latest_year(office):
    form = client_of("mirai").get(criterion_address("add")).context["form"]
    assert form["scheme"].value() == office.pk


def test_what_has_been_scored_keeps_its_criteria_and_weights(office):
    score = a_score(office)
    client = client_of("mirai")
    edit = criterion_address("edit", score.criterion_id)
    assert "weight" in errors(client.post(edit, criterion_form(office, weight=59)))
    later = SchemeYearFactory(fiscal_year=office.fiscal_year + 1)
    assert "scheme" in errors(client.post(edit, criterion_form(later, weight=60)))
    assert "scheme" in errors(client.post(criterion_address("add"), criterion_form(office)))
    words = criterion_form(office, weight=60, name="見本の直した言葉")
    assert client.post(edit, words).status_code == 302, "Words may be corrected."
    assert client.post(criterion_address("add"), criterion_form(later)).status_code == 302


def test_what_has_been_scored_is_not_deleted(office):
    score = a_score(office)
    for criterion in office.criteria.all():
        answer = client_of("admin").post(criterion_address("delete", criterion.pk))
        assert "削除できません" in told(answer)
    assert office.criteria.count() == 2
    score.delete()
    client_of("mirai").post(criterion_address("delete", office.criteria.first().pk))
    assert office.criteria.count() == 1


def deletions_of(row) -> list[str]:
    """The addresses at which a snippet can be deleted: alone, and with others."""
    kind = [row._meta.app_label, row._meta.model_name, "delete"]
    return [
        reverse(type(row).snippet_viewset.get_url_name("delete"), args=[row.pk]),
        f"{reverse('wagtail_bulk_action', args=kind)}?id={row.pk}",
    ]


def test_a_district_with_holders_is_not_deleted(office):
    used, unused = DistrictFactory(), DistrictFactory()
    CertificateFactory(district=used)
    for address in deletions_of(used):
        assert f"削除できません：{used}" in told(client_of("mirai").post(address))
    for address in deletions_of(unused)[:1]:
        client_of("mirai").post(address)
    assert District.objects.filter(pk=used.pk).exists()
    assert not District.objects.filter(pk=unused.pk).exists()


def test_a_criterion_that_was_scored_is_not_deleted_among_others(office):
    score = a_score(office)
    for address in deletions_of(score.criterion):
        assert "削除できません" in told(client_of("mirai").post(address))
    assert office.criteria.count() == 2


def test_each_criterion_is_listed_once(office):
    criterion = office.criteria.first()
    english = criterion.copy_for_translation(Locale.objects.get(language_code="en"))
    english.name = "Sample item"
    english.save()
    client, address = client_of("mirai"), criterion_address("list")
    assert set(client.get(address).context["object_list"]) == set(office.criteria.all()) - {english}
    assert list(client.get(address, {"locale": "en"}).context["object_list"]) == [english]


def test_a_year_by_which_something_goes_is_not_deleted(office):
    """By today's settings everything goes; by those of another year its applications."""
    mistake, used = (SchemeYearFactory(fiscal_year=office.fiscal_year + years) for years in (5, 6))
    ApplicationFactory(scheme=used)
    for year in (office, mistake, used):
        address = reverse("schemeyear:delete", args=[year.pk])
        assert client_of("mirai").post(address).url == reverse("wagtailadmin_home")
        answer = client_of("admin").post(address)
        assert answer.status_code == 302
        assert ("削除できません" in told(answer)) == (year != mistake)
    assert set(SchemeYear.objects.all()) == {office, used}


def test_the_latest_settings_are_those_of_today(office):
    assert office.fiscal_year == fiscal_year_of(timezone.localdate())
