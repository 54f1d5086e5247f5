"""What the trainees' door of the demonstration shows besides its words: sample parties, and
lines of help. The page itself belongs to every site (``loader.SECTIONS``)."""

from __future__ import annotations

from events.models import EventIndexPage, EventPage

from ..models import HelpLine, TraineesPage, TraineesParty
from .events import Days, Programme
from .files import names, read

FOLDER = "pages/events/parties"
WORDS = HelpLine.words


def load(loader, home) -> None:
    help_lines(loader)
    parties(loader, home)


def help_lines(loader) -> None:
    """In the order of the file."""
    for position, item in enumerate(read("help_lines")):
        pairs = loader.pairs()
        words = {name: pairs.text(item[name]) for name in WORDS if name in item}
        facts = {name: value for name, value in item.items() if name not in WORDS}
        row = HelpLine(locale=loader.source, position=position, **facts, **words)
        row.full_clean()
        row.save()
        loader.translate(row, pairs)


def parties(loader, home) -> None:
    """The sample parties, and the page that names them."""
    index = home.get_children().type(EventIndexPage).get()
    programme = Programme(loader, Days(loader.today))
    for name in names(FOLDER):
        programme.event(name, index)
    page = home.get_children().type(TraineesPage).get().specific
    slugs = [read(name)["slug"] for name in names(FOLDER)]
    events = EventPage.objects.child_of(index).filter(slug__in=slugs).order_by("path")
    page.parties = [
        TraineesParty(event=event, sort_order=order) for order, event in enumerate(events)
    ]
    page.save_revision().publish()
