"""What a new site starts with, and what the demonstration adds: content in YAML, and its loader."""
