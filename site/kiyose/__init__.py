"""What every page of the site shares; no app that owns content is imported from here."""
