"""考核: standings and a scheme → scores with their trail, ranks, grades and 考核.xlsx."""
