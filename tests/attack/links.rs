//! Links in a library lead no write and no deletion out of it.
