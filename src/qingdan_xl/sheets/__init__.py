"""Every sheet, declared once; writer, reader, checker and docs derive from these declarations."""
