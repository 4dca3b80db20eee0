"""One content of a plan in the forms in which it goes out: article, text for Zalo, poster."""
