//! Lines of a text that are none after all: the title again, labels at both ends, what leads elsewhere.

use corpus::charset::is_broken_line;

use super::outline::{self, Role};
use super::text::{LeftOut, Line};
use super::{HEAD, Reader, SENTENCE, is_document, squeezed};

impl Reader<'_> {
    /// Leaves out lines that are no text: the title again, what leads elsewhere, names of picture files.
    pub(super) fn tidy(&self, lines: &mut [Line], title: &str) {
        if let Some(at) = lines.iter().take(8).position(|line| line.text == title) {
            lines[at].left_out = Some(LeftOut::Title);
            // Labels above the title are none of the text; a lede can stand there.
            for line in lines[..at].iter_mut().filter(|line| line.text.chars().count() < SENTENCE) {
                line.left_out = Some(LeftOut::Title);
            }
        }
        let ends = |line: &Line| {
            // “3 comments”
            let words = line.text.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == ' ');
            line.role == Role::Heading && self.knowledge.end_lines.of(words).is_some()
        };
        if let Some(at) = lines.iter().position(ends) {
            for line in &mut lines[at..] {
                line.left_out = Some(LeftOut::Comments);
            }
        }
        // Who publishes a site is told in several lines, at its foot.
        let is_imprint: Vec<bool> =
            lines.iter().map(|line| self.knowledge.imprint.of(&line.text).is_some()).collect();
        for at in 0..lines.len() {
            let near = &is_imprint[at.saturating_sub(2)..(at + 3).min(lines.len())];
            if is_imprint[at] && near.iter().filter(|is_imprint| **is_imprint).count() > 1 {
                lines[at].left_out = Some(LeftOut::Imprint);
            }
        }
        // A broken box among sound paragraphs is none of them; where they are broken too, the page is.
        let is_broken: Vec<bool> = lines.iter().map(|line| is_broken_line(&line.text)).collect();
        let is_box = is_broken.iter().filter(|broken| **broken).count() * 2 < lines.len();
        for (line, is_broken) in lines.iter_mut().zip(is_broken) {
            if is_broken && is_box {
                match corpus::charset::mended(&line.text) {
                    Some(mended) => line.text = mended,
                    None => line.left_out = Some(LeftOut::Garbled),
                }
            }
            let leads_away = line.text.len() < 300 && self.knowledge.drop_lines.of(&line.text).is_some();
            let is_file = !line.text.contains(' ') && {
                let lower = line.text.to_lowercase();
                let name = lower.trim_end_matches(')');
                [".jpg", ".jpeg", ".png", ".gif", ".webp"].iter().any(|end| name.ends_with(end))
            };
            let is_credit = line.text.chars().count() < 400 && self.knowledge.credits.is_match(&line.text);
            if is_credit {
                line.left_out = Some(LeftOut::Credit);
            } else if leads_away {
                line.left_out = Some(LeftOut::LeadsAway);
            } else if is_file || !line.text.chars().any(char::is_alphanumeric) {
                line.left_out = Some(LeftOut::NoWords);
            }
        }
    }
}

/// Leaves short lines out at both ends of a text: labels, dates, buttons.
pub(super) fn trim(lines: &mut [Line]) {
    let is_text = |line: &Line| {
        let long = line.text.chars().count() >= 60;
        let bare = line.text.trim_end_matches(['"', '”', '’', '»', ')', '\'']);
        let several = line.text.contains(' ') || line.text.chars().any(outline::is_dense);
        let ends = several && bare.ends_with(['.', '!', '?', '…', '。', ':', '」']);
        line.linked * 2 <= line.text.len() && (long || ends || line.role == Role::Row)
    };
    let leave_out = |lines: &mut [Line]| {
        for line in lines {
            line.left_out.get_or_insert(LeftOut::Label);
        }
    };
    let kept = |line: &Line| line.left_out.is_none();
    // The short lines at both ends of a document are its head and foot.
    let head: Vec<&str> = lines.iter().take(HEAD).map(|line| line.text.as_str()).collect();
    if is_document(&head) || !lines.iter().any(|line| kept(line) && is_text(line)) {
        return;
    }
    let first = lines
        .iter()
        .position(|line| kept(line) && (is_text(line) || line.role == Role::Heading))
        .unwrap_or(0);
    leave_out(&mut lines[..first]);
    let last = lines
        .iter()
        .rposition(|line| kept(line) && (is_text(line) || line.role == Role::Item))
        .unwrap_or(first);
    let after = (last + 1).min(lines.len());
    leave_out(&mut lines[after..]);
}

/// A last line that names the author, or where the text was taken from.
pub(super) fn ends_the_text(line: &str, author: Option<&str>) -> bool {
    let lower = line.to_lowercase();
    let short = line.split(' ').count() <= 8;
    let names_author = |author: &str| {
        let (own, its) = (squeezed(line, 200), squeezed(author, 200));
        // Behind the name stands its house, or its place.
        own == its || short && own.starts_with(&its) && line.contains(['/', '('])
    };
    author.is_some_and(names_author)
        || (short && (lower.starts_with("theo ") || lower.starts_with("nguồn:")) && !line.ends_with('.'))
}
