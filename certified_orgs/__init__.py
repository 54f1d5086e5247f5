"""The certification scheme and its public register. Models come with the scheme itself."""
