"""The committee pack: a decision sheet and what it rests on, as one page and one workbook."""
