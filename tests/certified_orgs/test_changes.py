"""Changes in a holder's life: short forms by private link or from paper, and renewal."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from certified_orgs import changes, decisions, links, moves
from certified_orgs.factories import (
    ApplicationFactory,
    DistrictFactory,
    ProposalFactory,
    SchemeYearFactory,
    YearlyReportFactory,
)
from certified_orgs.models import (
    Application,
    Attachment,
    Certificate,
    CertifiedIndexPage,
    ChangeRequest,
    PrivateLink,
)
from certified_orgs.moves import Actor
from certified_orgs.routes.holder import labelled
from certified_orgs.states import Who
from home.factories import SmallSite
from kiyose.pages.languages import language_names
from tests.queries import assert_few
from tests.staff import client_of, employ

from .files import pdf, picture
from .holders import at_noon, certificate, day, keep_picture, profile_for
from .papers import ruling

pytestmark = pytest.mark.django_db

DECIDER = Actor(Who.DECIDER)


@pytest.fixture(autouse=True)
def _site():
    SmallSite()
    SchemeYearFactory()
    employ()


@pytest.fixture
def holder():
    return certificate("2026-04-01")


def address(holder, rest="", language="ja") -> str:
    return f"/{language}/certified/change/{links.give(holder, 'change', 60)}/{rest}"


def filled(holder, **values) -> dict:
    """The form as a browser sends it, with what is known and these values."""
    return {
        **{name: value or "" for name, value in changes.current_values(holder).items()},
        "reason": "見本の理由",
        "effective_on": "2026-11-01",
        "confirmed": "on",
        **values,
    }


# By private link


def test_only_what_is_different_is_kept(client, holder):
    url = address(holder, "change/")
    page = client.get(url).content.decode()
    assert 'value="見本 代表"' in page
    data = filled(holder, representative="見本 新代表", name=f" {holder.name}")
    answer = client.post(url, {**data, "files": [pdf()]}, follow=True)
    change = holder.changes.get()
    assert change.values == {"representative": "見本 新代表"}
    assert change.effective_on == day("2026-11-01")
    assert change.attachments.count() == 1
    assert "見本 新代表" in answer.content.decode()
    holder.contact.refresh_from_db()
    assert holder.contact.representative == "見本 代表"


def test_sent_twice_it_is_the_same_one(client, holder):
    url = address(holder, "change/")
    data = filled(holder, representative="見本 新代表")
    first, second = client.post(url, data), client.post(url, data)
    assert first.url == second.url
    assert holder.changes.count() == 1


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("change", {"representative": "見本 代表"}),  # nothing is new
        ("change", {"representative": "見本 新代表", "confirmed": ""}),
        ("change", {"representative": "見本 新代表", "effective_on": "いつか"}),
        ("change", {"name": ""}),
        ("reissue", {"reason": ""}),
        ("succession", {"name": "見本の後継", "reason": ""}),
        ("return", {"effective_on": "2020-01-01"}),
    ],
)
def test_what_is_faulty_comes_back_filled_in(client, holder, kind, values):
    data = filled(holder, **values)
    answer = client.post(address(holder, f"{kind}/"), data)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'role="alert"' in page
    if data["reason"]:
        assert data["reason"] in page
    assert not ChangeRequest.objects.exists()


def test_files_that_came_with_something_wrong_go_along_the_next_time(client, holder):
    url = address(holder, "change/")
    wrong = filled(holder, representative="見本 新代表", effective_on="いつか")
    page = client.post(url, {**wrong, "files": [pdf("登記.pdf"), picture("看板.jpg")]})
    assert "登記.pdf" in page.content.decode()
    assert not ChangeRequest.objects.exists()
    held = {each.name: each for each in Attachment.objects.all()}
    assert "登記.pdf" in client.get(url).content.decode(), "also on coming back"
    for who in ("mirai", "shokokai"):
        for each in held.values():
            answer = client_of(who).get(reverse("certified_attachment", args=[each.pk]))
            assert answer.status_code == 404, "not sent, so nobody's yet"
    data = filled(holder, representative="見本 新代表")
    data[f"without-{held['看板.jpg'].pk}"] = "on"
    client.post(url, {**data, "files": [pdf("規約.pdf")]})
    change = holder.changes.get()
    assert {each.name for each in change.attachments.all()} == {"登記.pdf", "規約.pdf"}
    assert Attachment.objects.count() == 2
    assert "登記.pdf" not in client.get(url).content.decode()
    seen = client_of("shokokai").get(reverse("certified_attachment", args=[held["登記.pdf"].pk]))
    assert seen.status_code == 200


def test_nobody_crosses_out_the_file_of_somebody_else(client, holder):
    links.give(certificate(), "change", 60)
    other = keep_picture(PrivateLink.objects.get())
    data = filled(holder, representative="見本 新代表", effective_on="いつか")
    client.post(address(holder, "change/"), {**data, f"without-{other.pk}": "on"})
    assert Attachment.objects.get() == other


def test_up_to_ten_files_are_held(client, holder):
    url = address(holder, "reissue/")
    data = filled(holder, reason="")
    client.post(url, {**data, "files": [pdf(f"{number}.pdf") for number in range(6)]})
    files = [pdf(f"{number}.pdf") for number in range(6, 12)]
    page = client.post(url, {**data, "files": files}).content.decode()
    assert Attachment.objects.count() == 10
    assert "10.pdf" in page


def test_a_form_sent_twice_has_each_file_once(client, holder):
    url = address(holder, "reissue/")
    for _press in range(2):
        client.post(url, {**filled(holder), "files": [pdf()]})
    assert holder.changes.get().attachments.count() == 1
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("𠮷野家 﨑店", "𠮷野家 﨑店"),
        ("ﾐﾎﾝ商店", "ミホン商店"),
        ("見本\u202eshop\u202c", "見本shop"),
    ],
)
def test_names_are_kept_as_their_owners_write_them(client, holder, typed, kept):
    client.post(address(holder, "succession/"), filled(holder, name=typed))
    assert holder.changes.get().values["name"] == kept


def test_a_name_of_500_characters_is_refused_and_not_cut(client, holder):
    page = client.post(address(holder, "change/"), filled(holder, name="見" * 500)).content.decode()
    assert "見" * 500 in page
    assert not ChangeRequest.objects.exists()


def test_a_form_that_was_sent_back_is_completed(client, holder):
    url = address(holder, "change/")
    client.post(url, filled(holder, representative="見本 新代表"))
    change = holder.changes.get()
    changes.send_back(change, Actor(Who.WINDOW), "見本：役職もお願いします。")
    again = address(holder, f"again/{change.pk}/")
    page = client.get(again).content.decode()
    assert "見本：役職もお願いします。" in page
    assert "見本 新代表" in page
    data = filled(
        holder,
        representative="見本 新代表",
        representative_title="会長",
        reason="見本の新しい理由",
    )
    first, second = client.post(again, data), client.post(again, data)
    assert first.url == second.url == client.get(again).url
    assert first.url.endswith(f"/sent/{change.pk}/")
    assert change.moves.filter(step="resubmit").count() == 1
    change.refresh_from_db()
    assert change.state == "submitted"
    assert change.values == {"representative": "見本 新代表", "representative_title": "会長"}
    assert change.reason == "見本の新しい理由"


def test_two_presses_at_the_same_time_lead_to_the_receipt(client, holder, monkeypatch):
    """The second one has read the form before the first one has sent it again."""
    change = change_of(holder, values={"representative": "見本 新代表"})
    changes.send_back(change, Actor(Who.WINDOW), "見本")

    def too_late(*_args, **_values):
        raise moves.NoSuchMove("見本")

    monkeypatch.setattr(changes, "resubmit", too_late)
    answer = client.post(
        address(holder, f"again/{change.pk}/"), filled(holder, representative="見本 新代表")
    )
    assert answer.url.endswith(f"/sent/{change.pk}/")


def test_a_form_is_withdrawn_until_it_is_accepted(client, holder):
    client.post(address(holder, "reissue/"), filled(holder))
    change = holder.changes.get()
    client.post(address(holder, f"sent/{change.pk}/"))
    change.refresh_from_db()
    assert change.state == "withdrawn"


def test_all_bad_links_and_other_peoples_forms_look_alike(client, holder):
    other = ChangeRequest.objects.create(
        certificate=certificate(), kind="change", submitted_at="2026-11-01T00:00Z",
        values={"representative": "見本 他人"},
    )  # fmt: skip
    ended = certificate(state="revoked")
    good = links.give(holder, "change", 60)
    bad = [
        f"{links.give(holder, 'report', 60)}/",
        f"{links.give(certificate(), 'change', -1)}/change/",
        f"{'x' * 43}/",
        f"{good}/sent/{other.pk}/",
        f"{good}/again/{other.pk}/",
        f"{good}/nothing/",
        f"{links.give(ended, 'change', 60)}/change/",
    ]
    pages = {client.get: set(), client.post: set()}  # an answer to a form has no furigana button
    for rest in bad:
        for send in pages:
            answer = send(f"/ja/certified/change/{rest}")
            assert answer.status_code == 404
            page = answer.content.decode().replace(rest.split("/")[0], "")
            pages[send].add(re.sub(r'href="[^"]*"', "", page))
    for each in pages.values():
        assert len(each) == 1
        assert "見本 他人" not in each.pop()


def test_an_ended_certificate_can_only_be_looked_at(client):
    page = client.get(address(certificate(state="expired"))).content.decode()
    assert "終了している" in page


@pytest.mark.parametrize("rest", ["", "change/", "return/", "renewal/"])
def test_the_forms_ask_few_questions(holder, rest):
    assert_few(address(holder, rest))
    assert_few(address(holder, rest, "en"))


# Accepted


def change_of(holder, kind="change", **values) -> ChangeRequest:
    return changes.submit(holder, kind, reason="見本", **values)


def test_accepting_applies_the_values_and_keeps_the_former_ones(holder):
    change = change_of(holder, values={"representative": "見本 新代表", "name": "見本の新名称"})
    changes.accept(change, DECIDER)
    fresh = Certificate.objects.get(pk=holder.pk)
    assert (fresh.name, fresh.contact.representative) == ("見本の新名称", "見本 新代表")
    assert fresh.search_key.startswith("見本の新名称")
    assert fresh.number == holder.number
    assert fresh.to_print_since
    assert change.former_values["name"] == holder.name
    with pytest.raises(moves.NoSuchMove):
        changes.accept(change, DECIDER)


def test_a_new_representative_needs_no_new_certificate(holder):
    changes.accept(change_of(holder, values={"representative": "見本 新代表"}), DECIDER)
    assert Certificate.objects.get(pk=holder.pk).to_print_since is None


def test_nothing_is_accepted_before_its_day(holder):
    change = change_of(holder, values={"name": "見本の新名称"}, effective_on=day("2027-04-01"))
    with at_noon("2027-03-31"), pytest.raises(changes.TooSoon):
        changes.accept(change, DECIDER)
    assert Certificate.objects.get(pk=holder.pk).name == holder.name
    with at_noon("2027-04-01"):
        changes.accept(change, DECIDER)
    assert Certificate.objects.get(pk=holder.pk).name == "見本の新名称"


def test_a_new_district_is_a_row_of_the_table(client, holder):
    district = DistrictFactory(name="見本三丁目")
    page = client.post(
        address(holder, "change/"), filled(holder, district=district.key), follow=True
    )
    assert "見本三丁目" in page.content.decode()
    changes.accept(holder.changes.get(), DECIDER)
    assert Certificate.objects.get(pk=holder.pk).district == district


def test_a_language_is_named_and_not_its_code():
    ((_label, value),) = labelled({"language": "en"})
    assert value == language_names()["en"] != "en"


@pytest.mark.parametrize(
    ("values", "said"), [({"name": "見本の新名称"}, True), ({"phone": "042-000-0001"}, False)]
)
def test_whoever_accepts_a_new_name_is_told_of_the_profile(holder, values, said):
    profile_for(holder, CertifiedIndexPage.objects.get())
    mirai = client_of("mirai")
    accept = reverse("changes:accept", args=[change_of(holder, values=values).pk])
    told = mirai.post(accept, follow=True).content.decode()
    assert ("プロフィールのページ" in told) == said


def test_a_reissue_waits_to_be_printed(holder):
    changes.accept(change_of(holder, "reissue"), DECIDER)
    assert Certificate.objects.get(pk=holder.pk).to_print_since


def test_a_return_ends_the_certificate_on_its_day_and_frees_the_place(holder):
    changes.accept(change_of(holder, "return", effective_on=day("2026-11-01")), DECIDER)
    fresh = Certificate.objects.get(pk=holder.pk)
    assert (fresh.state, fresh.ended_on, fresh.place) == ("returned", day("2026-11-01"), None)


def test_a_window_cannot_accept(holder):
    with pytest.raises(moves.NotTheirs):
        changes.accept(change_of(holder, "reissue"), Actor(Who.WINDOW))
    assert Certificate.objects.get(pk=holder.pk).to_print_since is None


def test_what_has_ended_does_not_change_any_more(holder):
    change = change_of(holder, values={"name": "見本の新名称"})
    decisions.expire(holder)
    with pytest.raises(changes.HasEnded):
        changes.accept(change, DECIDER)
    change.refresh_from_db()
    assert change.state == "submitted"
    assert Certificate.objects.get(pk=holder.pk).name == holder.name


@pytest.mark.parametrize("state", ["draft", "screening"])
def test_a_renewal_under_way_does_not_bring_back_what_was(holder, state):
    """Representatives change every April, while renewals wait for their round."""
    renewal = ApplicationFactory(
        purpose="renewal", renews=holder, state=state, representative="見本 代表", phone="1"
    )
    old = ApplicationFactory(purpose="renewal", renews=holder, state="declined", phone="1")
    values = {"representative": "見本 新代表", "name": "見本の新名称"}
    changes.accept(change_of(holder, values=values), DECIDER)
    renewal.refresh_from_db()
    old.refresh_from_db()
    assert (renewal.representative, renewal.name) == ("見本 新代表", "見本の新名称")
    assert renewal.search_key.startswith("見本の新名称")
    assert (renewal.phone, renewal.state) == ("1", state)
    assert old.representative == "見本 代表"
    if state == "screening":
        decisions.certify(renewal, DECIDER, ruling())
        fresh = Certificate.objects.get(pk=holder.pk)
        assert (fresh.name, fresh.contact.representative) == ("見本の新名称", "見本 新代表")


def test_with_a_succession_the_keys_of_who_held_it_before_end(holder):
    report = YearlyReportFactory(certificate=holder)
    proposal = ProposalFactory(certificate=holder)
    renewal = ApplicationFactory(purpose="renewal", renews=holder, state="screening")
    place, number, until = holder.place, holder.number, holder.valid_until

    def keys() -> list:
        return [
            (links.give(holder, "change", 60), "change"),
            (links.give(report, "report", 60), "report"),
            (links.give(proposal, "statement", 60), "statement"),
            (links.give(renewal, "draft", 60), "draft"),
            (links.give(renewal, "application", 60), "application"),
        ]

    before = keys()
    changes.accept(change_of(holder, values={"representative": "見本 新代表"}), DECIDER)
    assert all(links.find(*key) for key in before)
    values = {"name": "見本の後継", "email": "next@example.jp"}
    changes.accept(change_of(holder, "succession", values=values), DECIDER)
    assert not any(links.find(*key) for key in before)
    fresh = Certificate.objects.get(pk=holder.pk)
    assert (fresh.name, fresh.number, fresh.place, fresh.valid_until) == (
        "見本の後継", number, place, until,
    )  # fmt: skip
    assert fresh.to_print_since
    assert Certificate.objects.filter(place__isnull=False).count() == 1


# In the office


def press(who: str, name: str, /, *args, **values):
    return client_of(who).post(reverse(name, args=args), values)


def test_the_deciding_division_accepts_and_the_window_does_not(holder):
    change = change_of(holder, values={"representative": "見本 新代表"})
    assert press("shokokai", "changes:accept", change.pk).status_code in (302, 404)
    change.refresh_from_db()
    assert change.state == "submitted"
    press("mirai", "changes:accept", change.pk)
    change.refresh_from_db()
    assert change.state == "accepted"


def test_each_window_sees_its_own_changes_only(holder):
    shop, group = change_of(holder, "reissue"), change_of(certificate(kind="group"), "reissue")
    for who, seen in (("shokokai", {shop}), ("katsudo", {group}), ("mirai", {shop, group})):
        client = client_of(who)
        assert set(client.get(reverse("changes:index")).context["object_list"]) == seen
        for change in (shop, group):
            answer = client.get(reverse("changes:file", args=[change.pk]))
            assert answer.status_code == (200 if change in seen else 404)


def test_a_form_from_the_telephone_is_entered(holder):
    data = filled(holder, representative="見本 新代表", route="telephone", received_on="2026-11-02")
    answer = press("shokokai", "certificates:enter_change", holder.pk, "change", **data)
    change = holder.changes.get()
    assert answer.url == reverse("changes:file", args=[change.pk])
    assert (change.route, change.received_on) == ("telephone", day("2026-11-02"))
    assert change.entered_by.username == "shokokai"
    other = certificate(kind="group")
    data = filled(other, representative="見本 新代表", route="fax", received_on="2026-11-02")
    refused = press("shokokai", "certificates:enter_change", other.pk, "change", **data)
    assert refused.status_code == 404


def test_a_return_on_paper_is_entered_and_the_certificate_taken_back(holder):
    holder.contact.email = ""
    holder.contact.save()
    day_of_return = {"effective_on": "2026-11-10", "received_on": "2026-11-12", "route": "paper"}
    with at_noon("2026-11-20"):
        press(
            "shokokai", "certificates:enter_change", holder.pk, "return",
            **filled(holder, **day_of_return),
        )  # fmt: skip
        answer = press("mirai", "changes:accept", holder.changes.get().pk)
    assert "返納" in answer.content.decode(), "the letter to print"
    fresh = Certificate.objects.get(pk=holder.pk)
    assert (fresh.state, fresh.ended_on) == ("returned", day("2026-11-10"))


def test_the_file_shows_what_was_and_what_is_new(holder):
    change = change_of(holder, values={"representative": "見本 新代表"})
    page = client_of("shokokai").get(reverse("changes:file", args=[change.pk])).content.decode()
    assert "見本 代表" in page
    assert "見本 新代表" in page


def test_the_window_gives_a_new_link(holder, client):
    page = press("shokokai", "certificates:link", holder.pk, channel="letter").content.decode()
    token = re.search(r"/certified/change/([\w-]+)/", page)[1]
    assert client.get(f"/ja/certified/change/{token}/").status_code == 200


# Renewal


def test_a_renewal_online_is_not_the_one_that_an_officer_is_entering(django_user_model):
    holder = certificate("2024-04-01", valid_until=day("2027-03-31"))
    officer = django_user_model.objects.create(username="officer")
    entered = ApplicationFactory(purpose="renewal", renews=holder, entered_by=officer)
    with at_noon("2026-10-01"):
        own = changes.begin_renewal(holder, day("2026-10-01"))
        assert own != entered
        assert changes.begin_renewal(holder, day("2026-10-01")) == own


def test_renewal_begins_with_all_that_is_known(client):
    holder = certificate("2024-04-01", valid_until=day("2027-03-31"))
    report = YearlyReportFactory(certificate=holder, state="accepted")
    report.activities.create(mark_id=1, activity="見本の活動")
    with at_noon("2026-10-01"):
        answer = client.post(address(holder, "renewal/"))
        again = client.post(address(holder, "renewal/"))
        draft = Application.objects.get()
        token = again.url.rstrip("/").split("/")[-1]
        assert links.find(token, "draft").subject == draft
    assert "/certified/apply/" in answer.url
    assert (draft.renews, draft.purpose, draft.state) == (holder, "renewal", "draft")
    assert (draft.name, draft.representative) == (holder.name, "見本 代表")
    assert draft.marks.get().activity == "見本の活動"


@pytest.mark.parametrize(
    ("today", "possible"),
    [
        ("2026-09-29", False),
        ("2026-09-30", True),
        ("2027-03-31", True),
        ("2027-04-01", False),
    ],
)
def test_renewal_is_possible_from_six_months_before_the_end_to_the_end(client, today, possible):
    holder = certificate("2024-04-01", valid_until=day("2027-03-31"))
    with at_noon(today):
        answer = client.post(address(holder, "renewal/"))
    assert answer.status_code == (302 if possible else 200)
    assert Application.objects.exists() == possible
    if not possible:
        assert 'class="notice"' in answer.content.decode()


def test_what_is_suspended_or_applied_for_already_is_not_renewed(client):
    suspended = certificate("2024-04-01", valid_until=day("2027-03-31"), state="suspended")
    applied = certificate("2024-04-01", valid_until=day("2027-03-31"))
    ApplicationFactory(purpose="renewal", renews=applied, state="submitted")
    with at_noon("2026-12-01"):
        for holder in (suspended, applied):
            assert client.post(address(holder, "renewal/")).status_code == 200
    assert Application.objects.count() == 1
