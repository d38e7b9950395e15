//! The lede, where it stands outside of the text: called so, described by the head of the page, or between headline and text.

use scraper::Selector;

use super::body::{Cut, Cuts};
use super::knowledge::{Kind, Words};
use super::linked_data::LinkedData;
use super::outline::Role;
use super::{Reader, SENTENCE, Text, squeezed, text};

impl Reader<'_> {
    /// The lede, where it is not in the body already.
    pub(super) fn lede(
        &self,
        by_template: &[Selector],
        data: &LinkedData,
        found: &Text,
        (title, lines): (&str, &[String]),
    ) -> Option<String> {
        let outline = self.outline;
        let body = found.body;
        let known = |words: &str| {
            let start = squeezed(words, 60);
            start.is_empty() || lines.iter().take(6).any(|line| squeezed(line, 4_000).contains(&start))
        };
        let fits = |words: &String| (20..2_000).contains(&words.chars().count()) && words.contains(' ');
        let outside = |at: &usize| *at > outline.parts[body].end || outline.parts[*at].end <= body;
        let none = Cuts::none();
        let by_record = by_template
            .iter()
            .flat_map(|selector| self.tree.select(selector).take(3))
            .filter_map(|element| outline.find(element.id()));
        let by_rows = outline.fits(Kind::Lede).iter().map(|(_, at)| *at).take(3);
        let mut stated = by_record
            .chain(by_rows)
            .filter(|at| outside(at) && *at < body)
            .map(|at| text::words(outline, at, &none))
            .filter(fits);
        // A lede without a known class repeats what the head describes, or stands between headline and text.
        let described = || {
            let description =
                [self.meta.get(&["og:description", "description"]), data.description.as_deref()]
                    .into_iter()
                    .flatten()
                    .map(|text| squeezed(text, 50))
                    .find(|start| start.chars().count() >= 30)?;
            (0..body)
                .filter(|at| {
                    let part = &outline.parts[*at];
                    part.own.running >= 30 && outside(at) && !found.cuts.hides(outline, *at)
                })
                .map(|at| text::own_words(outline, at))
                .filter(|words| fits(words) && squeezed(words, 100).contains(&description))
                .min_by_key(String::len)
        };
        let between = || {
            let is_title = |at: &usize| text::own_words(outline, *at) == title;
            let shown = || outline.blocks(0..body).rev().find(is_title);
            let headline = outline.heading_before(body).or_else(shown)?;
            let mut words = Vec::new();
            for at in outline.blocks(outline.parts[headline].end..body) {
                let part = &outline.parts[at];
                let (running, linked) = (part.own.running as usize, part.own.linked as usize);
                let is_text = running >= SENTENCE && linked * 4 < running && part.own.stops > 0;
                if !is_text || !outside(&at) {
                    continue;
                }
                let hidden = outline.around(at).any(|around| {
                    found.cuts.at(around).is_some_and(|cut| cut != Cut::WeakWord)
                        || matches!(outline.parts[around].role, Role::Figure | Role::Caption)
                        || outline.parts[around].words.has(Words::CAPTION | Words::AUTHOR | Words::PICTURE)
                });
                if !hidden {
                    words.push(text::own_words(outline, at));
                }
            }
            let words = words.join(" ");
            (words.len() < 1_500).then_some(words).filter(fits)
        };
        stated.next().or_else(described).or_else(between).filter(|words| !known(words))
    }
}
