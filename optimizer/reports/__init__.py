"""A plan as figures, pages and workbooks.

`html.write_report`, `tables.write_tables`, `iamc.write_iamc` and `workbook.write_workbook` write
into a run folder; `html.build_report` gives the page as text.
"""
