//! JSON-LD: what a page states about its article in a script.

use hashbrown::HashMap;
use scraper::ElementRef;
use serde_json::Value;

/// What the article's object says, as printed.
#[derive(Debug, Default)]
pub(super) struct LinkedData {
    pub(super) headline: Option<String>,
    pub(super) authors: Vec<String>,
    /// Those of them that it calls organizations.
    pub(super) organizations: Vec<String>,
    pub(super) published: Option<String>,
    /// What another object, or a script that cannot be read as one, gives as date of publication.
    pub(super) published_elsewhere: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) section: Option<String>,
    pub(super) keywords: Vec<String>,
    pub(super) language: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) description: Option<String>,
    /// Its text, lines as they are.
    pub(super) body: Option<String>,
    /// It calls the page an article.
    pub(super) is_article: bool,
}

/// Objects looked at in one page.
const OBJECTS: usize = 2_000;

/// Reads the objects of a page; the first that calls itself an article wins, others fill what it leaves out.
pub(super) fn read(scripts: &[ElementRef<'_>]) -> LinkedData {
    let mut found = LinkedData::default();
    let mut names = HashMap::new();
    let stating = scripts.iter().filter(|script| {
        script.attr("type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
    });
    for script in stating {
        let text: String = script.text().collect();
        let text = text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>").trim_end_matches(';');
        let value = serde_json::from_str::<Value>(text)
            // Line breaks inside strings and entities in place of quotes are the usual faults.
            .or_else(|_| serde_json::from_str(&text.replace(['\n', '\r', '\t'], " ")))
            .or_else(|_| serde_json::from_str(&text.replace("&quot;", "\"").replace("&amp;", "&")));
        let Ok(value) = value else {
            if found.published_elsewhere.is_none() {
                found.published_elsewhere = field(text, "datePublished");
            }
            continue;
        };
        named(&value, &mut names);
        let mut open = vec![&value];
        let mut seen = 0;
        while let Some(value) = open.pop() {
            seen += 1;
            if seen > OBJECTS {
                break;
            }
            match value {
                Value::Array(values) => open.extend(values.iter().rev()),
                Value::Object(object) => {
                    open.extend(object.get("@graph"));
                    open.extend(object.get("mainEntity"));
                    let is_article = types(value).any(|kind| {
                        kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report"
                    });
                    if is_article {
                        fill(&mut found, value, &names);
                    } else if found.published_elsewhere.is_none()
                        && types(value).any(|kind| {
                            kind.ends_with("Page") || ["Recipe", "Review", "Product"].contains(&kind)
                        })
                    {
                        found.published_elsewhere = object.get("datePublished").and_then(words);
                    }
                }
                _ => {}
            }
        }
    }
    found
}

fn types(value: &Value) -> impl Iterator<Item = &str> {
    let kinds = &value["@type"];
    kinds.as_str().into_iter().chain(kinds.as_array().into_iter().flatten().filter_map(Value::as_str))
}

/// Notes the names of the objects of a graph that others call by their `@id`.
fn named(value: &Value, names: &mut HashMap<String, String>) {
    let nodes = each(value).iter().flat_map(|object| std::iter::once(object).chain(each(&object["@graph"])));
    for node in nodes.take(OBJECTS) {
        if let (Some(id), Some(name)) = (node["@id"].as_str(), node["name"].as_str()) {
            names.insert(id.to_owned(), clean(name));
        }
    }
}

fn fill(found: &mut LinkedData, object: &Value, names: &HashMap<String, String>) {
    found.is_article = true;
    let set = |slot: &mut Option<String>, value: Option<String>| {
        if slot.is_none() {
            *slot = value;
        }
    };
    set(&mut found.headline, words(&object["headline"]).or_else(|| words(&object["name"])));
    set(&mut found.published, words(&object["datePublished"]));
    set(&mut found.published_elsewhere, words(&object["dateCreated"]));
    set(&mut found.modified, words(&object["dateModified"]));
    set(&mut found.section, words(&object["articleSection"]));
    set(&mut found.language, words(&object["inLanguage"]));
    set(&mut found.publisher, words(&object["publisher"]));
    set(&mut found.description, words(&object["description"]));
    set(&mut found.body, object["articleBody"].as_str().map(str::to_owned));
    if found.authors.is_empty() {
        let by_id = |author: &Value| author["@id"].as_str().and_then(|id| names.get(id)).cloned();
        found.authors = each(&object["author"])
            .iter()
            .filter_map(|author| words(author).or_else(|| by_id(author)))
            .collect();
        let authors = each(&object["author"]).iter();
        let organizations = authors.filter(|author| types(author).any(|kind| kind.ends_with("Organization")));
        found.organizations = organizations.filter_map(words).collect();
    }
    if found.keywords.is_empty() {
        found.keywords = match &object["keywords"] {
            Value::String(text) => {
                text.split([',', ';']).map(clean).filter(|word| !word.is_empty()).collect()
            }
            value => many(value),
        };
    }
}

/// The text of a field in what is no right JSON.
pub(super) fn field(text: &str, name: &str) -> Option<String> {
    let after = &text[text.find(&format!("\"{name}\""))? + name.len() + 2..];
    let after = after.trim_start().strip_prefix(':')?.trim_start();
    let value = match after.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => after.split(|letter: char| !letter.is_ascii_digit()).next(),
    };
    value.map(clean).filter(|text| !text.is_empty())
}

/// A text, the name of an object, or the first of a list.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(clean(text)),
        // Some give days as seconds.
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => values.iter().find_map(words),
        Value::Object(object) => object.get("name").or_else(|| object.get("@value")).and_then(words),
        _ => None,
    }
    .filter(|text| !text.is_empty())
}

fn many(value: &Value) -> Vec<String> {
    each(value).iter().filter_map(words).collect()
}

/// The values of a list, or the one that there is.
fn each(value: &Value) -> &[Value] {
    match value {
        Value::Array(values) => values,
        value => std::slice::from_ref(value),
    }
}

/// Undoes entities (JSON-LD is often escaped once too often) and joins blanks.
pub(super) fn clean(text: &str) -> String {
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (entity, letter) in [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ] {
        if text.contains('&') && text.contains(entity) {
            text = text.replace(entity, letter);
        }
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::{Html, Selector};

    #[test]
    fn objects_lists_and_graphs() {
        let read = |json: &str| {
            let page = Html::parse_document(&format!("<script type='application/ld+json'>{json}</script>"));
            let scripts: Vec<_> = page.select(&Selector::parse("script").unwrap()).collect();
            read(&scripts)
        };
        let found = read(
            r#"{"@graph":[{"@type":"WebSite","name":"Báo"},{"@type":["NewsArticle"],"headline":"Xã &quot;A&quot;",
            "author":[{"@type":"Person","name":"Lan"},{"name":""},"Hải"],"datePublished":"2021-06-26T07:00:00+07:00",
            "publisher":{"name":"Báo"},"keywords":"một, hai"}]}"#,
        );
        assert_eq!(found.headline.as_deref(), Some("Xã \"A\""));
        assert_eq!(found.authors, ["Lan", "Hải"]);
        assert_eq!(found.keywords, ["một", "hai"]);
        assert_eq!(found.publisher.as_deref(), Some("Báo"));
        let found = read(
            r##"{"@graph":[{"@type":"NewsArticle","headline":"a","author":{"@id":"#lan"}},{"@type":"Person","@id":"#lan","name":"Hà Lan"}]}"##,
        );
        assert_eq!(found.authors, ["Hà Lan"]);
        assert!(read("[{\"@type\":\"NewsArticle\",\"headline\":\"a\nb\"}]").headline.is_some());
        assert!(!read("{not json").is_article);
        assert!(!read("{\"@type\":\"WebPage\",\"headline\":\"x\"}").is_article);
    }
}
