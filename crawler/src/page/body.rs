//! Which part of a page is its text, where no template says so: the container with the most running text, found by
//! its paragraphs less its links.

use std::collections::{HashMap, HashSet};

use ego_tree::NodeId;
use scraper::{ElementRef, Html, Selector};

use super::knowledge::{self, Knowledge};
use super::text;

/// A text of this many words is one paragraph at least.
const PARAGRAPH: usize = 60;

/// What was found.
pub(super) struct Body<'a> {
    /// The container.
    pub(super) element: ElementRef<'a>,
    /// Characters of its running text, links left out.
    pub(super) running: usize,
    /// Characters of its links.
    pub(super) linked: usize,
}

/// Marks what is no text anywhere below `root`: elements of the drop list, and those whose class or id says so. An
/// element that holds most of the page, or stands inside a line, is never dropped by its class.
pub(super) fn dropped(page: &Html, knowledge: &Knowledge, more: &[Selector]) -> HashSet<NodeId> {
    let all: usize = page.root_element().text().map(str::len).sum();
    let mut dropped = HashSet::new();
    for element in page.root_element().descendent_elements() {
        let value = element.value();
        if matches!(value.name(), "html" | "body" | "main" | "head") {
            continue;
        }
        let selected =
            knowledge.drop.matches(&element) || more.iter().any(|selector| selector.matches(&element));
        let says_so = || {
            !matches!(value.name(), "p" | "h1" | "time" | "article")
                && !text::is_inline(value.name())
                && value
                    .classes()
                    .chain(value.id())
                    .any(|name| knowledge::parts(name).any(|part| knowledge.drop_words.contains(&part)))
                && element.text().map(str::len).sum::<usize>() * 3 < all
        };
        if selected || says_so() {
            dropped.insert(element.id());
        }
    }
    dropped
}

/// Whether an element or one around it is dropped.
pub(super) fn is_dropped(element: ElementRef<'_>, dropped: &HashSet<NodeId>) -> bool {
    dropped.contains(&element.id()) || element.ancestors().any(|around| dropped.contains(&around.id()))
}

/// Characters of text and of linked text below an element, without what is dropped.
pub(super) fn measure(element: ElementRef<'_>, dropped: &HashSet<NodeId>) -> (usize, usize) {
    fn walk(element: ElementRef<'_>, dropped: &HashSet<NodeId>, in_link: bool, sums: &mut (usize, usize)) {
        for child in element.children() {
            if let Some(text) = child.value().as_text() {
                let length = text.split_whitespace().map(|word| word.chars().count() + 1).sum::<usize>();
                if in_link { sums.1 += length } else { sums.0 += length }
            } else if let Some(element) = ElementRef::wrap(child)
                && !dropped.contains(&element.id())
            {
                walk(element, dropped, in_link || element.value().name() == "a", sums);
            }
        }
    }
    let mut sums = (0, 0);
    walk(element, dropped, false, &mut sums);
    sums
}

/// The container of the text.
pub(super) fn find<'a>(page: &'a Html, knowledge: &Knowledge, dropped: &HashSet<NodeId>) -> Option<Body<'a>> {
    let scored = by_paragraphs(page, dropped);
    let hinted = page
        .select(&knowledge.body)
        .filter(|element| !is_dropped(*element, dropped))
        .map(|element| (element, measure(element, dropped)))
        // Of two that hold the same text the inner one, which comes later.
        .max_by_key(|(_, (running, linked))| running.saturating_sub(*linked));
    let scored = scored.map(|element| (element, measure(element, dropped)));
    let (element, (running, linked)) = match (hinted, scored) {
        (Some(hinted), Some(scored)) => {
            let worth = |(running, linked): (usize, usize)| running.saturating_sub(2 * linked);
            let inside = scored.0.ancestors().any(|around| around.id() == hinted.0.id());
            if worth(hinted.1) * 2 >= worth(scored.1) || inside { hinted } else { scored }
        }
        (hinted, scored) => hinted.or(scored)?,
    };
    Some(Body { element, running, linked })
}

/// The element whose own and grandchild paragraphs weigh most.
fn by_paragraphs<'a>(page: &'a Html, dropped: &HashSet<NodeId>) -> Option<ElementRef<'a>> {
    let mut scores: HashMap<NodeId, (f64, ElementRef<'a>, usize)> = HashMap::new();
    let mut order = 0;
    let mut add = |element: Option<ElementRef<'a>>, score: f64| {
        if let Some(element) = element {
            order += 1;
            scores.entry(element.id()).or_insert((0.0, element, order)).0 += score;
        }
    };
    let mut live = vec![page.root_element()];
    while let Some(element) = live.pop() {
        live.extend(element.child_elements().filter(|child| !dropped.contains(&child.id())));
        let name = element.value().name();
        if text::is_inline(name) || matches!(name, "html" | "body" | "ul" | "ol" | "table" | "tbody" | "tr") {
            continue;
        }
        let (running, linked) = own_text(element);
        if running + linked < PARAGRAPH || linked * 2 > running {
            continue;
        }
        let weight = 1.0 + (running as f64 / 100.0).min(6.0) - linked as f64 / 100.0;
        let holds_itself = !matches!(name, "p" | "li" | "blockquote" | "pre" | "h2" | "h3" | "dd" | "td");
        let parent = element.parent().and_then(ElementRef::wrap);
        if holds_itself {
            add(Some(element), weight);
            add(parent, weight / 2.0);
        } else {
            add(parent, weight);
            add(parent.and_then(|parent| parent.parent()).and_then(ElementRef::wrap), weight / 2.0);
        }
    }
    let best = scores
        .values()
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.2.cmp(&a.2)))
        .map(|(score, element, _)| (*score, *element))?;
    // Where the text stands in several sibling containers, their parent holds it all.
    let parent = best.1.parent().and_then(ElementRef::wrap);
    let siblings: f64 = parent.map_or(0.0, |parent| {
        parent
            .child_elements()
            .filter(|child| child.id() != best.1.id())
            .filter_map(|child| scores.get(&child.id()))
            .map(|(score, ..)| *score)
            .filter(|score| *score > best.0 / 5.0)
            .sum()
    });
    match parent {
        Some(parent) if siblings > best.0 / 3.0 && parent.value().name() != "html" => Some(parent),
        _ => Some(best.1),
    }
}

/// Characters of an element's text that stands in it directly or inside lines, and of that in links.
fn own_text(element: ElementRef<'_>) -> (usize, usize) {
    let (mut running, mut linked) = (0, 0);
    let mut open: Vec<_> = element.children().map(|child| (child, false)).collect();
    while let Some((node, in_link)) = open.pop() {
        if let Some(text) = node.value().as_text() {
            let length = text.split_whitespace().map(|word| word.chars().count() + 1).sum::<usize>();
            if in_link { linked += length } else { running += length }
        } else if let Some(element) = node.value().as_element()
            && text::is_inline(element.name())
        {
            let in_link = in_link || element.name() == "a";
            open.extend(node.children().map(|child| (child, in_link)));
        }
    }
    (running, linked)
}
