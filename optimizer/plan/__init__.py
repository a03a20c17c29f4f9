"""The solver's numbers as a plan: an xarray Dataset with units."""
