//! WARC files (ISO 28500, WARC 1.1): ours and other people's.

pub mod digest;
pub mod gzip;
pub mod http;
pub(crate) mod write;
