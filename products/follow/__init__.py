"""How residents follow the catalogue: feeds, a calendar, paper, a copy for when there is no network."""
