"""Every picture by its key."""

from scenes import city, economy, environment, events, society

PICTURES = {**city.PICTURES, **economy.PICTURES, **society.PICTURES, **environment.PICTURES, **events.PICTURES}
