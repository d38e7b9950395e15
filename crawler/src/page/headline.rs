//! The headline that readers see, where no `h1` is one and the head of the page names the site: portals call it by a class,
//! or set it in bold above the text.

use super::Reader;
use super::knowledge::Words;
use super::outline::{Outline, Role};
use super::text;

/// Words of a headline.
const WORDS: std::ops::RangeInclusive<usize> = 4..=45;
/// Letters of a headline.
const LETTERS: std::ops::RangeInclusive<u32> = 12..=400;
/// Elements around a line in which a word may say that it is a title.
const AROUND: usize = 4;
/// Letters of an element that is called a title, with what else stands in it.
const TITLED: u32 = 400;
/// Letters of the first paragraph of a text.
const PARAGRAPH: u32 = 100;
/// Lines above a paragraph among which its headline is looked for.
const ABOVE: usize = 6;
/// Paragraphs that are tried.
const TRIED: usize = 4;
/// Words of an address that a headline shares with it, in hundredths.
const SHARED: usize = 70;

/// Words of a line right above a text that is taken for its headline although nothing calls it one.
const NEAREST: usize = 5;
/// Letters of a block with a link to a file that a headline can stand above.
const FILE: u32 = 200;

/// A headline, and how sure it is.
#[derive(Clone)]
pub(super) struct Shown {
    pub(super) words: String,
    /// The address of the page says the same.
    pub(super) in_address: bool,
    /// A word of its class or id, or its element, calls it a title.
    pub(super) is_called: bool,
    /// It stands in a cell by itself.
    in_cell: bool,
}

/// The headline of a page: the line that its address repeats, else the nearest above the text that is called a title, else
/// the line right above the text. Some pages have no text but a file, and a headline above that.
pub(super) fn shown(page: &Reader<'_>) -> Option<Shown> {
    let outline = page.outline;
    let cuts = page.named_cuts();
    let address = page.context.url.map(|url| slug(url.as_url().path())).unwrap_or_default();
    let mut above: Vec<Shown> = Vec::new();
    let mut called = None;
    let mut nearest = None;
    let mut above_table = None;
    let mut tried = 0;
    for at in outline.blocks(0..outline.parts.len()) {
        let part = &outline.parts[at];
        if cuts.hides(outline, at) {
            continue;
        }
        if part.own.linked == 0 && LETTERS.contains(&part.own.running) && part.role != Role::Row {
            let words = text::own_words(outline, at);
            let is_named = part.words.has(Words::TITLE) || tops_called(outline, at);
            if WORDS.contains(&words.split(' ').count())
                && page.knowledge.site_names.of(&words).is_none()
                && (is_named || !words.ends_with(['.', ':', ';', ',']))
            {
                let in_address = is_in_address(&words, &address);
                let is_called = is_named || is_called(outline, at);
                let shown = Shown { words, in_address, is_called, in_cell: part.role == Role::Cell };
                if in_address {
                    return Some(shown);
                }
                above.push(shown);
                above.drain(..above.len().saturating_sub(ABOVE));
            }
        }
        // Some pages have no text but a table.
        if part.role == Role::Cell && above_table.is_none() {
            above_table = above.iter().rfind(|shown| shown.is_called && !shown.in_cell).cloned();
        }
        let is_paragraph = part.own.running >= PARAGRAPH && part.own.stops > 0;
        let anchors = is_paragraph || part.own.letters() <= FILE && file_below(outline, at).is_some();
        if anchors && called.is_none() && tried < TRIED {
            tried += 1;
            let is_day = |words: &str| words.split(' ').count() < 10 && corpus::date::find(words).is_some();
            let last = above.last().filter(|shown| {
                shown.words.split(' ').count() >= NEAREST
                    && !shown.in_cell
                    && !is_day(&shown.words)
                    && page.knowledge.imprint.of(&shown.words).is_none()
            });
            nearest = nearest.or_else(|| last.cloned());
            called = above.iter().rposition(|shown| shown.is_called).map(|at| above.swap_remove(at));
        }
    }
    called.or(above_table).or(nearest)
}

/// The link to a file of a kind that is read in a block itself, not in blocks below it.
pub(super) fn file_below(outline: &Outline<'_>, block: usize) -> Option<usize> {
    let mut at = block + 1;
    let end = if outline.parts[block].own.linked > 0 { outline.parts[block].end } else { at };
    while at < end {
        let part = &outline.parts[at];
        if part.role == Role::Link && part.attr("href").is_some_and(crate::files::names_file) {
            return Some(at);
        }
        at = if part.role.is_inline() { at + 1 } else { part.end };
    }
    None
}

/// Whether a line is called a title: by itself, or by an element around it that holds little else.
fn is_called(outline: &Outline<'_>, at: usize) -> bool {
    let part = &outline.parts[at];
    let is_heading = part.role == Role::Heading && matches!(part.name(), "h1" | "h2" | "h3");
    is_heading
        || outline
            .around(at)
            .take(AROUND)
            .take_while(|around| outline.text_letters(*around, TITLED).is_some())
            .any(|around| outline.parts[around].words.has(Words::TITLE))
}

/// Whether a line is the first in an element that is called a title, whatever else stands in that.
fn tops_called(outline: &Outline<'_>, at: usize) -> bool {
    let mut around = outline.around(at).skip(1).take(AROUND);
    around.any(|around| {
        let part = &outline.parts[around];
        part.words.has(Words::TITLE) && outline.blocks(around..at).next().is_none()
    })
}

/// The words of the last part of a path, without marks of tones and numbers.
fn slug(path: &str) -> Vec<String> {
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let name = last.rsplit_once('.').map_or(last, |(name, _)| name);
    let words =
        name.split(['-', '_', '+']).filter(|word| word.bytes().any(|byte| byte.is_ascii_alphabetic()));
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    if WORDS.contains(&words.len()) { words } else { Vec::new() }
}

/// Whether an address is made of the words of a line.
fn is_in_address(line: &str, address: &[String]) -> bool {
    if address.is_empty() {
        return false;
    }
    let words = plain(line);
    let shared = address.iter().filter(|word| words.contains(word)).count();
    // An address may be cut, a line not.
    shared * 100 >= address.len() * SHARED && shared * 100 >= words.len().min(address.len() + 1) * SHARED
}

/// The words of a line as addresses write them: `Xã về đích` as `xa`, `ve`, `dich`.
fn plain(line: &str) -> Vec<String> {
    let letters = corpus::text::plain(line);
    letters
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_repeat_headlines() {
        let check = |line: &str, path: &str, expected: bool| {
            assert_eq!(is_in_address(line, &slug(path)), expected, "{line} {path}");
        };
        check("Ba xã về đích sớm một năm", "/tin/ba-xa-ve-dich-som-mot-nam-1234.html", true);
        check(
            "Ba xã của huyện Khê Thượng về đích sớm một năm so với kế hoạch",
            "/ba-xa-cua-huyen-khe-thuong-ve-dich",
            true,
        );
        check("Đoàn công tác của tỉnh kiểm tra ba xã", "/tin/ba-xa-ve-dich-som-mot-nam.html", false);
        check("Tin nổi bật trong tuần", "/Pages/default.aspx", false);
        check("Xã về", "/xa-ve", false);
    }
}
