"""Sheets and workbooks: files in by python-calamine, workbooks out by openpyxl."""
