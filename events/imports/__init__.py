"""Events from tables, and to tables: the columns that others have laid down, and ours."""
