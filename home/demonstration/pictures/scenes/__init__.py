"""Every picture by its key."""

from scenes import economy, environment, society

PICTURES = {**economy.PICTURES, **society.PICTURES, **environment.PICTURES}
