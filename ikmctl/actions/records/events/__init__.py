"""Events: their days, status, budget and parties, and who took part in them."""
