"""A plan as figures, pages and workbooks."""
