"""The macros of 工作台.xlsm, and the builder of that workbook: `make workbooks`."""
