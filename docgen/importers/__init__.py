"""Existing documents read into the same models: workbooks, DOCX, recognised text."""
