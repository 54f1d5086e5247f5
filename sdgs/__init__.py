"""The SDGs mark: goals, targets, what carries them and where it is listed."""
