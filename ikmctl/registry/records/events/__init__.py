"""Events: their parties and money, and the entries on their lists."""
