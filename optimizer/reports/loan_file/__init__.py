"""The file that a loan officer reads: one page and one workbook made from the same tables."""
