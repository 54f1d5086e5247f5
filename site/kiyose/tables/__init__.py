"""Tables that staff bring as a file: read, checked, previewed, and saved all or not at all."""
