//! HTTP messages inside records.

/// How many bytes of a message are its head: status line, header fields and the empty line. All of it where there is
/// no empty line.
pub fn head_length(message: &[u8]) -> usize {
    let mut line_start = 0;
    for (at, _) in message.iter().enumerate().filter(|(_, byte)| **byte == b'\n') {
        if matches!(&message[line_start..at], b"" | b"\r") {
            return at + 1;
        }
        line_start = at + 1;
    }
    message.len()
}
