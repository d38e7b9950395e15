//! The offices of one person that texts name wholly: what short wordings of others are completed from.

use super::appearance::{Appearance, Appeared, Post};
use super::node::Node;
use super::rarity::is_vietnamese;
use crate::month::month;
use crate::office::{Office, SOME_STATE};
use crate::tally::by_frequency;

/// The offices of one person that texts name wholly: what short wordings of others are completed from.
pub(super) struct Completion {
    /// Office, how often, and first and last month.
    pub(super) offices: Vec<(Office, u32, (i32, i32))>,
    /// States whose offices the person holds.
    countries: Vec<(String, u32)>,
    /// The same of offices whose place is only guessed from what the texts are about.
    guessed: Vec<(Office, u32)>,
    /// Mentions of such offices without a state.
    pub(super) bare: u32,
    /// How often each role stands without a body.
    short: Vec<(String, u32)>,
    vietnamese: bool,
    /// The state whose offices the person holds above all, and none at a place of this country.
    of_state: Option<String>,
}

/// What a text calls an office wholly once does not stand for more than so many short wordings: such a body may be misread, and
/// would be printed for all of them.
const SHORT_FOR_ONE: u32 = 10;

/// So many texts to one guess the place of an office where it is.
const MANY_GUESS: u32 = 3;

impl Completion {
    pub(super) fn new(group: &[Appeared], node: &Node) -> Self {
        let mut offices: Vec<(Office, u32, (i32, i32))> = Vec::new();
        let posts = || node.members.iter().flat_map(|member| &group[*member].appearance.posts);
        let countries = by_frequency(posts().filter_map(|post| post.office.country.as_deref()));
        let without_body = posts().filter(|post| post.office.body.is_empty());
        let short = by_frequency(without_body.filter_map(|post| post.office.role.as_deref()));
        let of_state = of_state(posts);
        let guesses = || posts().filter(|post| post.guessed && post.office.is_definite());
        let mut guessed: Vec<(Office, u32)> = Vec::new();
        for post in guesses() {
            match guessed.iter_mut().find(|(known, _)| *known == post.office) {
                Some((_, count)) => *count += 1,
                None => guessed.push((post.office.clone(), 1)),
            }
        }
        let mut bare = 0;
        for member in &node.members {
            let appearance = &group[*member].appearance;
            let when = appearance.published.map_or(0, month);
            for post in &appearance.posts {
                bare += u32::from(post.office.may_be_abroad());
                if !post.office.is_definite() || post.guessed || post.office.may_be_abroad() {
                    continue;
                }
                match offices.iter_mut().find(|(known, ..)| *known == post.office) {
                    Some((_, count, (first, last))) => {
                        *count += 1;
                        *first = when.min(*first);
                        *last = when.max(*last);
                    }
                    None => offices.push((post.office.clone(), 1, (when, when))),
                }
            }
        }
        Self { offices, guessed, countries, bare, short, vietnamese: is_vietnamese(&node.exact), of_state }
    }

    /// The office that many texts guess where one guesses it at another place: a paper of one province writes of another too.
    fn guessed_elsewhere(&self, post: &Post) -> Option<Office> {
        let office = Some(&post.office).filter(|office| post.guessed && office.is_definite())?;
        let often =
            |of: &Office| self.guessed.iter().find(|(known, _)| known == of).map_or(0, |(_, count)| *count);
        let alike = self.guessed.iter().filter(|(known, _)| {
            known.role == office.role && known.body == office.body && known.place.level == office.place.level
        });
        let (most, count) = alike.max_by_key(|(known, count)| (*count, known.key()))?;
        (*count >= MANY_GUESS * often(office)).then(|| most.clone())
    }

    /// The office of a post, completed from what other texts say of the same person.
    pub(super) fn settled(&self, post: &Post, appearance: &Appearance) -> Office {
        let office = &post.office;
        if !self.vietnamese && office.country.is_none() && !office.is_local() {
            return office.abroad(self.countries.first().map_or(SOME_STATE, |(country, _)| country));
        }
        // `Ủy viên Bộ Chính trị` of a minister of China.
        if let Some(state) = self.of_state.as_ref().filter(|_| office.is_central()) {
            return office.abroad(state);
        }
        if office.may_be_abroad() {
            // "Thủ tướng" beside somebody who is elsewhere called Thủ tướng Nhật Bản.
            // A stray word makes nobody a foreigner.
            let enough = |count: u32| count * 2 >= self.bare;
            if let Some((country, _)) = self.countries.first().filter(|(_, count)| enough(*count)) {
                return office.abroad(country);
            }
        }
        if office.is_definite() && !post.guessed {
            return office.clone();
        }
        let when = appearance.published.map(month);
        let short = self.short.iter().find(|(role, _)| Some(role) == office.role.as_ref());
        let short = short.filter(|_| office.body.is_empty()).map_or(0, |(_, count)| *count);
        let fits = self.offices.iter().filter(|(known, count, _)| {
            known.role == office.role
                && count * SHORT_FOR_ONE >= short
                && (office.body.is_empty()
                    || known.body == office.body
                    || known.body.starts_with(&format!("{} ", office.body)))
                && (office.place.level.is_none() || known.place.level == office.place.level)
        });
        let distance = |span: &(i32, i32)| when.map_or(0, |when| (span.0 - when).max(when - span.1).max(0));
        let best = fits.min_by_key(|(_, count, span)| (distance(span), std::cmp::Reverse(*count)));
        let told = best.filter(|(.., span)| distance(span) <= 36).map(|(known, ..)| known.clone());
        told.or_else(|| self.guessed_elsewhere(post)).unwrap_or_else(|| office.clone())
    }
}

/// The state whose offices somebody holds, by most posts that tell of a body; none of whoever holds one at a place of this country,
/// or serves it abroad.
fn of_state<'p, P: Iterator<Item = &'p Post>>(posts: impl Fn() -> P) -> Option<String> {
    let told = || posts().filter(|post| post.office.is_definite() && !post.guessed);
    if told().any(|post| post.office.place.is_named() || post.office.is_posted_abroad()) {
        return None;
    }
    let (state, count) =
        by_frequency(told().filter_map(|post| post.office.country.as_deref())).into_iter().next()?;
    let all = u32::try_from(told().count()).unwrap_or(u32::MAX);
    (count >= 2 && count * 2 > all).then_some(state)
}
