//! Discovery: addresses from sitemaps, feeds and links.
