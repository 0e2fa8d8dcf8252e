"""Checklist + Roster → one workbook per unit."""
