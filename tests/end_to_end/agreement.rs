//! One truth: every entity is counted alike by the list, the facet, the filter, the dossier and the search box.

use std::collections::{BTreeMap, BTreeSet};

use crate::program::{Folder, Server, shared};

/// A list of entities, the facet and filter of its name, and where a dossier says its documents.
struct Kind {
    list: &'static str,
    facet: &'static str,
    dossier: Option<&'static str>,
}

const KINDS: [Kind; 3] = [
    Kind { list: "/v1/directives", facet: "directive", dossier: Some("directive") },
    Kind { list: "/v1/officials", facet: "official", dossier: Some("official") },
    Kind { list: "/v1/offices", facet: "position", dossier: None },
];

/// Entities of a kind that are at least so many, of which the box names so many in a hundred by their label: it may be that of
/// several, some texts name an office or an instrument by less than tells it from others, and no table knows an invented
/// province.
pub(crate) fn agree(server: &Server, least: usize, boxed: usize) {
    for Kind { list, facet, dossier } in KINDS {
        let lines = server.get(&format!("{list}.ndjson")).1;
        let mut labels = Vec::new();
        let listed: BTreeMap<String, u64> = lines
            .lines()
            .map(|line| {
                let entity: serde_json::Value = serde_json::from_str(line).expect("a line");
                let label = entity.get("label").unwrap_or(&entity["name"]);
                labels.push(label.as_str().unwrap().to_owned());
                (entity["key"].as_str().unwrap().to_owned(), entity["documents"].as_u64().unwrap())
            })
            .collect();
        assert!(listed.len() >= least, "{list} has {}", listed.len());
        assert_eq!(lines.lines().count(), listed.len(), "{list} names one twice");
        assert_eq!(server.json(&format!("{list}?limit=1"))["count"], listed.len(), "{list}");
        let found = server.json(&format!("/v1/search?limit=0&facet={facet}&facet_size.{facet}=1000"));
        let counted = &found["facets"][facet];
        assert_eq!(counted["distinct"], listed.len(), "{facet}");
        for value in counted["values"].as_array().unwrap() {
            let id = value["id"].as_str().unwrap();
            assert_eq!(value["count"].as_u64(), listed.get(id).copied(), "the facet of {id}");
            assert_ne!(value["label"].as_str(), Some(""), "the label of {id}");
        }
        for (key, documents) in &listed {
            let filtered = server.json(&format!("/v1/search?limit=0&{facet}={key}"));
            assert_eq!(filtered["count"], *documents, "the filter of {key}");
            if let Some(form) = dossier {
                let known = server.json(&format!("{list}/{key}"));
                assert_eq!(known[form]["documents"], *documents, "the dossier of {key}");
            }
        }
        let mut named = BTreeSet::new();
        for label in &labels {
            let query: String = url::form_urlencoded::byte_serialize(label.as_bytes()).collect();
            let found = server.json(&format!("/v1/search?limit=0&q={query}"));
            for entity in found["entities"].as_array().into_iter().flatten() {
                let key = entity["key"].as_str().unwrap();
                if let Some(documents) = listed.get(key) {
                    assert_eq!(entity["count"], *documents, "the box of {label}");
                    named.insert(key.to_owned());
                }
            }
        }
        let (named, all) = (named.len(), listed.len());
        assert!(named * 100 >= all * boxed, "{list}: the box names {named} of {all}");
    }
}

#[test]
fn the_demo_counts_alike_everywhere() {
    let folder = Folder::new();
    let server = Server::start(&folder, &["demo", "--listen", "127.0.0.1:0"], "a number over the years");
    agree(&server, 5, 10);
}

#[test]
fn real_news_count_alike_everywhere() {
    let Some(news) = shared("data/provincial_2020.jsonl") else { return };
    let folder = Folder::new();
    folder.ok(&["import", &news.display().to_string()]);
    folder.ok(&["index"]);
    let server = Server::start(&folder, &["serve", "--listen", "127.0.0.1:0"], "http://");
    agree(&server, 400, 75);
}
