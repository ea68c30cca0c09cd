"""Records: finding, listing, saving."""
