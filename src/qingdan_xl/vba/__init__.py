"""Macros without Excel: vbaProject.bin from source text alone."""
