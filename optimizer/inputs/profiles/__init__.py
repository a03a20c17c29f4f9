"""Hourly profiles of demand, sun, temperature and price, and the checks on metered series."""
