//! From a part of the tree to lines of text: one paragraph, heading or table row a line.

use std::collections::HashSet;

use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Node};

/// Elements that stand inside a line.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "picture", "source",
];

/// Whether an element of this name stands inside a line.
pub(super) fn is_inline(name: &str) -> bool {
    INLINE.contains(&name)
}

/// The lines of an element without what is dropped.
pub(super) fn lines(element: ElementRef<'_>, dropped: &HashSet<NodeId>) -> Vec<String> {
    let mut writer = Writer { dropped, lines: Vec::new(), line: String::new(), gap: false };
    writer.node(*element);
    writer.end_line();
    writer.lines
}

/// The words of an element on one line.
pub(super) fn words(element: ElementRef<'_>) -> String {
    lines(element, &HashSet::new()).join(" ")
}

struct Writer<'a> {
    dropped: &'a HashSet<NodeId>,
    lines: Vec<String>,
    line: String,
    /// White space was seen since the last word of the line.
    gap: bool,
}

impl Writer<'_> {
    fn node(&mut self, node: NodeRef<'_, Node>) {
        match node.value() {
            Node::Text(text) => self.text(text),
            Node::Element(element) => {
                if self.dropped.contains(&node.id()) {
                    self.gap = true;
                    return;
                }
                match element.name() {
                    "br" | "hr" => self.end_line(),
                    "table" => self.table(node),
                    "script" | "style" | "template" | "noscript" | "head" => {}
                    "a" => {
                        self.border(first_letter(node));
                        self.children(node);
                        let after = node.next_sibling().and_then(first_letter);
                        self.border(after);
                    }
                    name if is_inline(name) => self.children(node),
                    _ => {
                        self.end_line();
                        self.children(node);
                        self.end_line();
                    }
                }
            }
            _ => self.children(node),
        }
    }

    fn children(&mut self, node: NodeRef<'_, Node>) {
        for child in node.children() {
            self.node(child);
        }
    }

    /// At a link's border two words may touch where its editor lost the blank.
    fn border(&mut self, next: Option<char>) {
        let before = self.line.chars().next_back();
        if before.is_some_and(char::is_alphabetic) && next.is_some_and(char::is_alphabetic) {
            self.gap = true;
        }
    }

    fn text(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                // Zero-width marks of editors stand for nothing.
                '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{ad}' => {}
                letter if letter.is_whitespace() => self.gap = true,
                letter if letter.is_control() => {}
                letter => {
                    if std::mem::take(&mut self.gap) && !self.line.is_empty() {
                        self.line.push(' ');
                    }
                    self.line.push(letter);
                }
            }
        }
    }

    fn end_line(&mut self) {
        self.gap = false;
        if !self.line.is_empty() {
            self.lines.push(std::mem::take(&mut self.line));
        }
    }

    /// A table of data gives its rows, cells parted by ` | `; a table used for layout gives its cells' lines.
    fn table(&mut self, table: NodeRef<'_, Node>) {
        self.end_line();
        let rows: Vec<NodeRef<'_, Node>> = table.descendants().filter(|node| name(*node) == "tr").collect();
        let nested = table.descendants().skip(1).any(|node| name(node) == "table");
        let cells = |row: &NodeRef<'_, Node>| {
            row.children().filter(|cell| matches!(name(*cell), "td" | "th")).count()
        };
        if nested || rows.iter().map(cells).max().unwrap_or(0) < 2 {
            self.children(table);
            self.end_line();
            return;
        }
        for child in table.children().filter(|child| name(*child) == "caption") {
            self.node(child);
        }
        for row in rows {
            if self.dropped.contains(&row.id()) {
                continue;
            }
            let mut words = Vec::new();
            for cell in row.children().filter(|cell| matches!(name(*cell), "td" | "th")) {
                let mut inner =
                    Writer { dropped: self.dropped, lines: Vec::new(), line: String::new(), gap: false };
                inner.children(cell);
                inner.end_line();
                words.push(inner.lines.join(" "));
            }
            let line = words.join(" | ");
            if line.chars().any(char::is_alphanumeric) {
                self.lines.push(line.trim_matches([' ', '|']).to_owned());
            }
        }
    }
}

fn name(node: NodeRef<'_, Node>) -> &str {
    node.value().as_element().map_or("", scraper::node::Element::name)
}

/// The first character of a node's text, white space included.
fn first_letter(node: NodeRef<'_, Node>) -> Option<char> {
    node.descendants().find_map(|node| node.value().as_text().and_then(|text| text.chars().next()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    #[test]
    fn lines_are_paragraphs_rows_and_items() {
        let check = |html: &str, expected: &[&str]| {
            let tree = Html::parse_document(html);
            assert_eq!(lines(tree.root_element(), &HashSet::new()), expected, "{html}");
        };
        check("<p>Một  hai\n ba</p><p>bốn</p>", &["Một hai ba", "bốn"]);
        check("<div>một<br>hai<br/><br>ba</div>", &["một", "hai", "ba"]);
        check("<p>xem<a href=x>kế hoạch</a>này</p>", &["xem kế hoạch này"]);
        check("<p>xem <a href=x>kế hoạch</a>, rồi</p>", &["xem kế hoạch, rồi"]);
        check("<p><b>T</b>ỉnh giao <i>sở</i>.</p>", &["Tỉnh giao sở."]);
        check("<ul><li>một<li>hai</ul>", &["một", "hai"]);
        check("<table><tr><th>Xã<th>Năm<tr><td>A<td>2019</table>", &["Xã | Năm", "A | 2019"]);
        check("<table><tr><td><p>một</p><p>hai</p></table>", &["một", "hai"]);
        check("<p>a\u{200b}b\u{a0}c</p><script>x()</script>", &["ab c"]);
        check("<div>một<div>hai</div>ba</div>", &["một", "hai", "ba"]);
    }
}
