"""How firm the places are: what would have to be different for them to change. Advice; nothing here decides a place."""
