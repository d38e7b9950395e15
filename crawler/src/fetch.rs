//! Fetching: the one module that knows the HTTP client.
