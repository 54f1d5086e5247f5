from tests.certified_orgs.applicants import Applicant, scheme_with_windows
import pytest
from django.test import Client
pytestmark = pytest.mark.django_db
def test_all(world):
    scheme_with_windows()
    a = Applicant()
    r = Client().get("/ja/certified/apply/"); assert r.status_code == 200
    r = a.begin(email="ｓｈｏｐ＠example.jp"); assert r.status_code == 303, r.content.decode()[:6000]
    assert a.get().status_code == 200
    a.fill_in()
    r = a.get("check/")
    from certified_orgs.applying.completeness import missing
    assert missing(a.application) == []
    r = a.send(); assert r.status_code == 303
    r = a.get(folder="application"); assert r.status_code == 200
    for n in ["", "application/","report/","change/","reissue/","succession/","return/","renewal/"]:
        assert Client().get(f"/en/certified/forms/{n}").status_code == 200
