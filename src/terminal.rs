//! The one way to standard output and standard error.
//!
//! Titles, texts, names of files and servers' words come from strangers, and a terminal obeys what stands in them: it
//! moves the cursor, changes its title, writes lines anew. So nothing is printed but through here, where control
//! characters are shown, not sent.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use indicatif::{ProgressBar, ProgressStyle};

/// Standard output, for text that people read.
pub(crate) fn out() -> Shown<io::StdoutLock<'static>> {
    Shown { to: io::stdout().lock(), form: Form::Text, cut: Vec::new() }
}

/// Standard output, for JSON: what is escaped there is the same JSON.
pub(crate) fn json() -> Shown<io::StdoutLock<'static>> {
    Shown { to: io::stdout().lock(), form: Form::Json, cut: Vec::new() }
}

/// Standard error, for messages and logs.
pub(crate) fn err() -> Shown<io::Stderr> {
    Shown { to: io::stderr(), form: Form::Text, cut: Vec::new() }
}

/// Text of a stranger for the middle of a line: the ends of its own lines are shown too.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    shown(text, |letter| letter.is_control() || is_bidi(letter), Form::Text)
}

/// A line of progress on a terminal; nothing elsewhere.
#[derive(Debug)]
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// An empty line.
    pub(crate) fn begin() -> Self {
        let bar = ProgressBar::new_spinner();
        bar.set_style(
            ProgressStyle::with_template("{spinner} {wide_msg}").expect("the template is constant"),
        );
        Self(bar)
    }

    /// Whether anybody sees it.
    pub(crate) fn is_seen(&self) -> bool {
        !self.0.is_hidden()
    }

    /// Shows how far it is.
    pub(crate) fn tell(&self, text: &str) {
        self.0.set_message(one_line(text).into_owned());
    }

    /// Takes the line away.
    pub(crate) fn end(self) {
        self.0.finish_and_clear();
    }
}

/// How a control character is written.
#[derive(Clone, Copy, Debug)]
enum Form {
    /// `\u{1b}`
    Text,
    /// `\u001b`: they stand in strings alone.
    Json,
}

/// Writes text with its control characters shown; ends of lines and tabs stay.
#[derive(Debug)]
pub(crate) struct Shown<W> {
    to: W,
    form: Form,
    /// The beginning of a character whose end has not come yet.
    cut: Vec<u8>,
}

impl<W: Write> Write for Shown<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut whole = std::mem::take(&mut self.cut);
        whole.extend_from_slice(bytes);
        let mut chunks = whole.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            let hidden =
                |letter: char| (letter.is_control() && !matches!(letter, '\n' | '\t')) || is_bidi(letter);
            self.to.write_all(shown(chunk.valid(), hidden, self.form).as_bytes())?;
            let is_cut = chunks.peek().is_none()
                && std::str::from_utf8(chunk.invalid()).is_err_and(|error| error.error_len().is_none());
            match chunk.invalid() {
                [] => {}
                invalid if is_cut => self.cut = invalid.to_vec(),
                _ => self.to.write_all("\u{fffd}".as_bytes())?,
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

fn shown(text: &str, hidden: impl Fn(char) -> bool, form: Form) -> Cow<'_, str> {
    if !text.contains(&hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match form {
            _ if !hidden(letter) => shown.push(letter),
            Form::Text => shown.extend(letter.escape_unicode()),
            Form::Json => {
                write!(shown, "\\u{:04x}", u32::from(letter)).expect("writing to a string succeeds");
            }
        }
    }
    Cow::Owned(shown)
}

/// Whether a character turns the direction of those around it (`Bidi_Control` in Unicode).
fn is_bidi(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_shown() {
        let check = |text: &str, expected: &str| {
            // Wherever a write ends.
            for end in 0..=text.len() {
                let mut out = Shown { to: Vec::new(), form: Form::Text, cut: Vec::new() };
                out.write_all(&text.as_bytes()[..end]).unwrap();
                out.write_all(&text.as_bytes()[end..]).unwrap();
                assert_eq!(String::from_utf8(out.to).unwrap(), expected, "{text:?} {end}");
            }
        };
        check("Sửa đê\n\ttrước mùa mưa", "Sửa đê\n\ttrước mùa mưa");
        check("\u{1b}]0;x\u{7}", "\\u{1b}]0;x\\u{7}");
        check("a\r\u{8}b\0", "a\\u{d}\\u{8}b\\u{0}");
        check("\u{7f}\u{9b}31m\u{80}", "\\u{7f}\\u{9b}31m\\u{80}");
        check("ảnh\u{202e}gpj.exe\u{2066}", "ảnh\\u{202e}gpj.exe\\u{2066}");
        check("👩\u{200d}🌾", "👩\u{200d}🌾");
    }

    #[test]
    fn json_stays_the_same_json() {
        let value = serde_json::json!({ "title\u{9b}": "a\u{1b}\u{7f}\u{9b}\u{202e}\"\\b\n" });
        let mut out = Shown { to: Vec::new(), form: Form::Json, cut: Vec::new() };
        serde_json::to_writer(&mut out, &value).unwrap();
        let text = String::from_utf8(out.to).unwrap();
        assert!(!text.contains(|letter: char| letter.is_control() || is_bidi(letter)), "{text}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
    }

    #[test]
    fn what_is_no_utf_8_is_replaced() {
        let mut out = Shown { to: Vec::new(), form: Form::Text, cut: Vec::new() };
        out.write_all(b"a\x9b31m\xffb").unwrap();
        assert_eq!(String::from_utf8(out.to).unwrap(), "a\u{fffd}31m\u{fffd}b");
    }

    #[test]
    fn a_line_stays_one() {
        assert_eq!(one_line("a\nb\tc\u{1b}"), "a\\u{a}b\\u{9}c\\u{1b}");
    }
}
