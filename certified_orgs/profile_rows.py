"""Marks and links of a profile, and the terms of its certificate, by one query.

A profile shows what other rooms know of its holder as well, and may ask fifteen times in all.
Marks and links are put where the page itself would keep them unsaved.
"""

from __future__ import annotations

from django.db.models import CharField, DateField, F, IntegerField, Value

from sdgs.models import Mark, PageMark

from .models import Certificate, CertifiedOrgPage, ProfileLink, Term

NO_DAY = Value(None, output_field=DateField())
NO_NUMBER = Value(None, output_field=IntegerField())
NO_WORD = Value("", output_field=CharField())
MARK, LINK, TERM = "mark", "link", "term"


def load_rows(page: CertifiedOrgPage, certificate: Certificate) -> list[Term]:
    """Give the page its marks and links; returns the terms, the first one first. One query,
    another two in a preview, where marks and links may be unsaved."""
    if page.pk is None or page.links.is_deferring:
        return list(certificate.terms.all())
    found: dict[str, list] = {MARK: [], LINK: [], TERM: []}
    for kind, order, key, day, number, text, more in sorted(_rows(page, certificate), key=_place):
        match kind:
            case "mark":
                row = PageMark(pk=key, sort_order=order, tag=Mark(pk=number, name=text))
            case "link":
                row = ProfileLink(pk=key, sort_order=order, kind=text, url=more)
            case _:
                row = Term(pk=key, certificate=certificate, starts_on=day)
        found[kind].append(row)
    page.page_marks, page.links = found[MARK], found[LINK]
    return found[TERM]


def _place(row: tuple) -> tuple:
    _kind, order, key, day, *_rest = row
    return (day.toordinal() if day else 0, order or 0, key)


def _rows(page: CertifiedOrgPage, certificate: Certificate):
    """kind, order, key, a day, a number, two texts."""

    def kind(name: str) -> Value:
        return Value(name, output_field=CharField())

    marks = PageMark.objects.filter(content_object=page).order_by()
    links = ProfileLink.objects.filter(page=page).order_by()
    terms = Term.objects.filter(certificate=certificate).order_by()
    return terms.values_list(
        kind(TERM), NO_NUMBER, "pk", F("starts_on"), NO_NUMBER, NO_WORD, NO_WORD
    ).union(
        marks.values_list(kind(MARK), "sort_order", "pk", NO_DAY, "tag_id", "tag__name", NO_WORD),
        links.values_list(kind(LINK), "sort_order", "pk", NO_DAY, NO_NUMBER, "kind", "url"),
        all=True,
    )
