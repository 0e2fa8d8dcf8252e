"""Files as they come in: what the bytes are, whether a zip is let in, and what a workbook's parts say."""
