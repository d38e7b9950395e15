//! Officials across documents.
