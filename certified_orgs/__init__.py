"""The certification scheme and its public register. Its first models come with the scheme itself."""
