"""The festival, its events and calendars. Its first models come with the festival itself."""
