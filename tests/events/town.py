"""A small site with its staff, two venues and two fields: what tables of events refer to."""

from __future__ import annotations

from events.factories import EventFieldFactory, VenueFactory
from home.factories import SmallSite
from tests.staff import employ


class Town:
    def __init__(self):
        self.site = SmallSite()
        employ()
        self.hall = VenueFactory(key="gakushu", name="生涯学習センター", address="元町1-2-11")
        self.clinic = VenueFactory(key="kenko", name="健康センター", address="中里5-842")
        self.culture = EventFieldFactory(key="culture", name="文化・芸術")
        self.health = EventFieldFactory(key="health", name="健康・福祉")
