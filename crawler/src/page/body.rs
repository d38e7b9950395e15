//! Which part of a page is its text, where no template says so.
//!
//! Every block is worth the letters of its running text; links, labels and other furniture cost. The text of the page
//! stands in the element that is worth most with all that is below it, a maximum-sum subtree after the sequences of
//! Pasternack and Roth, “Extracting Article Text from the Web with Maximum Subsequence Segmentation” (WWW 2009). What
//! class, id or element say is looked at before (see `rules/page.toml`), what stands among the text and is none is cut
//! after.

use scraper::Selector;

use super::knowledge::{self, Kind, Words};
use super::outline::{Amount, Outline, Part, Role};
use super::text;

/// Letters from which a block without a sentence end is running text.
const LONG: i64 = 120;
/// Letters from which a block with one is.
const SENTENCE: i64 = 35;
/// What a label costs.
const LABEL: i64 = 12;
/// What a letter in a link costs.
const LINKED: i64 = 2;
/// A part of the page's running text, in hundredths: what holds more is not dropped for the words in its name.
const MAIN: i64 = 70;
/// The same for words that also name what holds a text.
const WEAK_MAIN: i64 = 30;
/// What one element below must be worth of the whole, in hundredths, for the whole to be left for it.
const INNER: i64 = 93;
/// The same for an element that a row calls the body.
const INNER_CALLED: i64 = 55;
/// Letters of running text below which a second look is taken, without the words in names.
const LITTLE: i64 = 250;
/// What is struck out is believed to be so where it is less than one part in so many of the page.
const STRUCK: usize = 3;
/// Paragraphs from which a box is none.
const PARAGRAPHS: usize = 3;
/// Letters outside of links from which a block that is mostly links is a sentence.
const AROUND_LINKS: u32 = 8;
/// Letters of a link that cites a document for one of running text.
const CITED: u32 = 4;

/// Why a part of a page is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// A row of `drop` fits it.
    Row(u16),
    /// A word of `drop_words` is in its class or id.
    Word,
    /// A word of `weak_words` is.
    WeakWord,
    /// The source's record drops it.
    Record,
    /// It is a picture's caption or credit.
    Caption,
    /// It holds more links than text.
    Links,
    /// It asks for consent to be watched.
    Consent,
    /// It is struck out.
    Struck,
}

/// What is cut out of a page.
#[derive(Clone)]
pub(super) struct Cuts(Vec<Option<Cut>>);

impl Cuts {
    /// Nothing.
    pub(super) fn none() -> Self {
        Self(Vec::new())
    }

    /// Why a part is cut, if it is; one below a cut part is not cut itself.
    pub(super) fn at(&self, at: usize) -> Option<Cut> {
        self.0.get(at).copied().flatten()
    }

    /// Cuts a part, if nothing cut it before.
    pub(super) fn cut(&mut self, at: usize, why: Cut) {
        if self.0.len() <= at {
            self.0.resize(at + 1, None);
        }
        self.0[at].get_or_insert(why);
    }

    /// Takes a cut back.
    pub(super) fn keep(&mut self, at: usize) {
        if let Some(cut) = self.0.get_mut(at) {
            *cut = None;
        }
    }

    /// Whether a part or one around it is cut.
    pub(super) fn hides(&self, outline: &Outline<'_>, at: usize) -> bool {
        outline.around(at).any(|around| self.at(around).is_some())
    }
}

/// What a part is worth with all below it that is not cut.
#[derive(Clone, Copy, Debug, Default)]
struct Worth {
    /// Letters of running text less what the rest costs.
    sum: i64,
    /// Letters of running text.
    good: i64,
    /// All its text.
    amount: Amount,
    /// Letters of sentences that are mostly links.
    cited: u32,
}

/// What a block is worth by itself.
fn own_worth(part: &Part<'_>) -> i64 {
    let (running, linked) = (i64::from(part.own.running), i64::from(part.own.linked));
    if running + linked == 0 {
        return 0;
    }
    let ends = part.own.stops > 0;
    let is_text = matches!(part.role, Role::Paragraph | Role::Item | Role::Row | Role::Cell);
    match part.role {
        _ if linked > running && !(is_text && running >= SENTENCE) => -LABEL - LINKED * linked,
        Role::Heading => -linked,
        Role::Paragraph if running >= SENTENCE || ends => (running - linked / 2).max(0),
        _ if running >= LONG || (running >= SENTENCE && ends) => (running - linked).max(0),
        _ if is_text => -linked,
        _ => -LABEL - linked,
    }
}

/// Whether a block says who publishes the site.
pub(super) fn is_imprint(outline: &Outline<'_>, at: usize) -> bool {
    let imprint = &knowledge::get().imprint;
    imprint.may_be_of(text::first(outline, at)) && imprint.of(&text::own_words(outline, at)).is_some()
}

/// Whether a block that is mostly links is a sentence all the same: one that names a document (`Căn cứ Luật …`), or a
/// sentence with a long link in it. What leads to another page is a headline, which has no words around its link.
pub(super) fn is_cited(outline: &Outline<'_>, at: usize) -> bool {
    let part = &outline.parts[at];
    if !matches!(part.role, Role::Paragraph | Role::Item | Role::Block | Role::Cell) {
        return false;
    }
    if part.own.running >= AROUND_LINKS && part.own.stops > 0 && part.role == Role::Paragraph {
        return true;
    }
    // A sentence that names a document by its number, however it begins.
    if part.role == Role::Paragraph && part.own.stops > 0 && names_document(&text::own_words(outline, at)) {
        return true;
    }
    let cited = &knowledge::get().cited;
    cited.may_be_of(text::first(outline, at)) && {
        let words = text::own_words(outline, at);
        cited.of(&words).is_some() && words.bytes().any(|byte| byte.is_ascii_digit())
    }
}

/// Whether words are a sentence with the number of a document in it: `Tờ trình số 45/TTr-STC …;`.
fn names_document(words: &str) -> bool {
    let is_number = |word: &str| {
        let (number, symbol) = word.split_once('/').unwrap_or_default();
        number.bytes().all(|byte| byte.is_ascii_digit())
            && !number.is_empty()
            && symbol.contains('-')
            && symbol.chars().filter(|letter| letter.is_uppercase()).count() > 1
    };
    words.ends_with(['.', ';', ',']) && words.split(' ').any(is_number)
}

/// What every part is worth with all below it that is not cut.
fn worths(outline: &Outline<'_>, cuts: &Cuts) -> Vec<Worth> {
    let mut worths = vec![Worth::default(); outline.parts.len()];
    for (at, part) in outline.parts.iter().enumerate().rev() {
        // Its letters are counted where they belong.
        if part.role == Role::Text {
            continue;
        }
        let is_imprint = part.own.running > 0 && is_imprint(outline, at);
        let is_cited = part.own.linked > part.own.running && is_cited(outline, at);
        let own = if is_imprint {
            -LABEL - i64::from(part.own.running)
        } else if is_cited {
            i64::from(part.own.running.max(part.own.linked / CITED))
        } else {
            own_worth(part)
        };
        let here = &mut worths[at];
        here.sum += own;
        here.good += own.max(0);
        here.amount.add(part.own);
        if is_cited {
            here.cited = here.cited.saturating_add(part.own.letters());
        }
        let here = *here;
        if at > 0 && cuts.at(at).is_none() {
            let around = &mut worths[part.parent];
            around.sum += here.sum;
            around.good += here.good;
            around.amount.add(here.amount);
            around.cited = around.cited.saturating_add(here.cited);
        }
    }
    worths
}

/// Cuts what the rows, the words of class and id where they are believed, and the source's record say is no text.
pub(super) fn cut_by_name(outline: &Outline<'_>, by_record: &[Selector], believe_words: bool) -> Cuts {
    let mut cuts = Cuts::none();
    let worths = worths(outline, &cuts);
    let all = worths[0].good.max(1);
    // What holds the headline, or is called the body, is not cut for a word.
    let mut holds_text = called(outline);
    let headings = outline.headings.iter().map(|at| &outline.parts[*at]);
    for heading in headings.filter(|heading| heading.own.running > 0) {
        for around in outline.around(heading.parent) {
            holds_text[around] = true;
        }
    }
    for (row, at) in outline.fits(Kind::Drop) {
        // Systems put a whole page into a form, also one of tables alone, which have no running text.
        let is_page = || {
            let running = |at: usize| i64::from(worths[at].amount.running);
            outline.parts[*at].name() == "form" && running(*at) * 2 >= running(0)
        };
        if worths[*at].good * 100 / all < MAIN && !is_page() {
            cuts.cut(*at, Cut::Row(*row));
        }
    }
    cut_struck(outline, &mut cuts);
    for (at, part) in outline.parts.iter().enumerate() {
        let Some(element) = part.element() else { continue };
        if by_record.iter().any(|selector| selector.matches(&element)) {
            cuts.cut(at, Cut::Record);
            continue;
        }
        let kept = part.role.is_inline()
            || matches!(part.name(), "html" | "body" | "main" | "article" | "h1" | "p" | "time")
            || matches!(part.role, Role::Silent | Role::Cell | Role::Row);
        if kept || holds_text[at] || part.words.has(Words::ARTICLE) || worths[at].amount.letters() == 0 {
            continue;
        }
        let share = worths[at].good * 100 / all;
        if part.words.has(Words::CONSENT) && asks_for_consent(outline, at) {
            cuts.cut(at, Cut::Consent);
        }
        if !believe_words {
            continue;
        }
        let is_gate = part.words.has(Words::GATE) && !holds_paragraphs(outline, at);
        if is_gate || (part.words.has(Words::DROP) && share < MAIN) {
            cuts.cut(at, Cut::Word);
        } else if part.words.has(Words::WEAK) && share < WEAK_MAIN {
            cuts.cut(at, Cut::WeakWord);
        }
    }
    cuts
}

/// Cuts what is struck out, if it is the lesser part of the page.
fn cut_struck(outline: &Outline<'_>, cuts: &mut Cuts) {
    // What holds paragraphs and tables was opened by mistake.
    let holds_blocks =
        |at: usize| outline.parts[at..outline.parts[at].end].iter().any(|part| !part.role.is_inline());
    let struck: Vec<usize> =
        outline.fits(Kind::Struck).iter().map(|(_, at)| *at).filter(|at| !holds_blocks(*at)).collect();
    if struck.is_empty() {
        return;
    }
    let letters: usize = struck.iter().map(|at| outline.letters_below(*at) as usize).sum();
    let all = outline.parts.iter().map(|part| part.own.running as usize).sum::<usize>();
    if letters * STRUCK < all {
        for at in struck {
            cuts.cut(at, Cut::Struck);
        }
    }
}

/// Whether the text of a box that is named so speaks of being watched.
fn asks_for_consent(outline: &Outline<'_>, at: usize) -> bool {
    outline.texts(at).any(|text| knowledge::get().consent_texts.is_match(text))
}

/// Whether a part holds several paragraphs of running text.
fn holds_paragraphs(outline: &Outline<'_>, at: usize) -> bool {
    let is_paragraph = |at: &usize| {
        let own = outline.parts[*at].own;
        i64::from(own.running) >= LONG && own.stops > 0
    };
    outline.blocks(at..outline.parts[at].end).filter(is_paragraph).nth(PARAGRAPHS - 1).is_some()
}

/// For each part, whether a row calls it the body.
fn called(outline: &Outline<'_>) -> Vec<bool> {
    let mut called = vec![false; outline.parts.len()];
    for (_, at) in outline.fits(Kind::Body) {
        called[*at] = true;
    }
    called
}

/// The element that holds the text, and the letters of its running text.
fn find(outline: &Outline<'_>, cuts: &Cuts) -> Option<(usize, i64)> {
    let worths = worths(outline, cuts);
    let called = called(outline);
    let is_block = |at: usize| {
        let part = &outline.parts[at];
        let is_line =
            matches!(part.role, Role::Paragraph | Role::Item | Role::Heading | Role::List | Role::Row);
        part.element().is_some() && !part.role.is_inline() && !is_line
    };
    let mut best: Option<(i64, usize)> = None;
    let mut at = 0;
    while at < outline.parts.len() {
        if cuts.at(at).is_some() {
            at = outline.parts[at].end;
            continue;
        }
        if is_block(at) {
            let sum = worths[at].sum;
            if sum > 0 && best.is_none_or(|(most, _)| sum > most) {
                best = Some((sum, at));
            }
        }
        at += 1;
    }
    let (_, mut at) = best?;
    // From there inwards, as long as one element below holds nearly all of it.
    loop {
        let enough = |child: &usize| {
            let least = if called[*child] { INNER_CALLED } else { INNER };
            worths[*child].sum * 100 >= worths[at].sum * least
        };
        let inner = outline
            .children(at)
            .filter(|child| is_block(*child) && cuts.at(*child).is_none())
            .filter(enough)
            .max_by_key(|child| worths[*child].sum);
        match inner {
            Some(inner) => at = inner,
            None => return Some((at, worths[at].good)),
        }
    }
}

/// Finds the text by what the page itself shows, with what is cut by name: the element that holds it, and what is cut.
/// Where the words in names leave next to nothing, they are not believed.
pub(super) fn look(outline: &Outline<'_>, cuts: Cuts) -> Result<(usize, Cuts), Cuts> {
    let found = find(outline, &cuts);
    if let Some((at, good)) = found
        && good >= LITTLE
    {
        return Ok((at, cuts));
    }
    let fewer = cut_by_name(outline, &[], false);
    let again = find(outline, &fewer);
    match (found, again) {
        (Some((at, good)), Some((_, more))) if more < good.saturating_mul(2) => Ok((at, cuts)),
        (_, Some((at, _))) => Ok((at, fewer)),
        (Some((at, _)), None) => Ok((at, cuts)),
        (None, None) => match largest_called(outline, &cuts) {
            Some(at) => Ok((at, cuts)),
            None => Err(cuts),
        },
    }
}

/// The element that a row calls the body, where no part of the page is worth anything; the one with the most text.
fn largest_called(outline: &Outline<'_>, cuts: &Cuts) -> Option<usize> {
    let rows = outline.fits(Kind::Body).iter().map(|(_, at)| *at);
    rows.filter(|at| !cuts.hides(outline, *at)).max_by_key(|at| outline.letters(*at))
}

/// Cuts what stands among the text of `body` and is none: lists of links, boxes of labels.
pub(super) fn cut_furniture(outline: &Outline<'_>, body: usize, cuts: &mut Cuts) {
    let worths = worths(outline, cuts);
    let mut at = body + 1;
    while at < outline.parts[body].end {
        let part = &outline.parts[at];
        if cuts.at(at).is_some() || part.role.is_inline() {
            at = part.end;
            continue;
        }
        let Worth { good, amount, cited, .. } = worths[at];
        let is_told = cited > amount.letters() / 2;
        if amount.linked > amount.running && good < i64::from(amount.linked) && !is_told {
            cuts.cut(at, Cut::Links);
            at = part.end;
        } else {
            at += 1;
        }
    }
}
