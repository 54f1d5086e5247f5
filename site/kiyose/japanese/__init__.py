"""Japanese as it is written: dates, eras, fiscal years, scripts."""
