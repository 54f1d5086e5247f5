"""What every page shares: the abstract page, its rules for going public, its furniture."""
