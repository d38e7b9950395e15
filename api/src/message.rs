//! What is said to whoever asked where a request cannot be answered: sentences of a table, in both languages
//! (`messages/errors.toml`).

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::words::Ui;

/// Declares the sentences, each with the words that are filled in.
macro_rules! sayings {
    ($($name:ident($($value:ident),*);)+) => {
        /// Which sentence.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub(crate) enum Saying { $($name,)+ }

        #[cfg(test)]
        const ALL: &[(Saying, &[&str])] = &[$((Saying::$name, &[$(stringify!($value)),*]),)+];
    };
}

sayings! {
    DidYouMean(nearest);
    UnknownParameter(name, nearest);
    Unreadable(name, value, example);
    UnreadableCursor(value);
    ForeignCursor();
    Repeated(name);
    TooManyAsked(name, value, most);
    NoneOf(name, value, known);
    NotAShare(value);
    NotALanguage(name, value);
    UnknownLanguage(name, value);
    UnknownProvince(name, value);
    UnknownSource(name, value);
    UnknownDirective(name, value);
    UnknownOfficial(name, value);
    UnknownPosition(name, value);
    UnknownIndicator(name, value);
    UnknownUnit(value, known);
    UnknownPlace(value);
    UnknownFacet(value, known);
    UnknownField(value, known);
    TurnedRound(from, to);
    NoDocument(key);
    NoDirective(key);
    NoOfficial(key);
    NothingAt(path);
    NameAnAddress();
    NamePlaces();
    TooManyPlaces(most);
    NameAStatistic();
    NoStatistic(value, found);
    NotUtf8();
    OtherHost(host);
    AddressNotUtf8();
    NotPlainText(found);
    TornBody(reason);
    NoEncoding();
    AddressTooLong(most);
    LengthToldTwice();
    NameTheHost();
    Moved(to);
    Split();
    TextTooLong(most);
    ReadWithGet();
    Busy();
    TooManyWaiting();
    Slow(seconds);
    Full();
    Damaged();
    Away();
    OutOfReach();
    Failed();
    Query(reason);
    QueryTooLong(bytes, most);
    QueryTooManyWords(most);
    QueryPhraseTooLong(most);
    QueryNoWords();
    QueryNoSuchSyntax(text);
    QueryPrefixTooShort(word);
    QueryPrefixOfPhrase(word);
    QueryFilterValue(value, name, example);
    QueryForeignCursor();
    QueryTooSlow(ms);
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
    en: String,
    vi: String,
}

static SENTENCES: LazyLock<HashMap<Saying, Sentence>> = LazyLock::new(|| {
    toml::from_str(include_str!("../messages/errors.toml")).expect("a test reads the same table")
});

/// Characters of what others wrote that are said again at most.
const LONGEST: usize = 100;

/// A sentence with what is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    saying: Saying,
    values: Vec<(&'static str, String)>,
    then: Option<Box<Message>>,
}

impl Message {
    pub(crate) fn new(saying: Saying) -> Self {
        Self { saying, values: Vec::new(), then: None }
    }

    /// With a word filled in.
    #[expect(clippy::needless_pass_by_value, reason = "texts and numbers are handed in as they are")]
    pub(crate) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.values.push((name, value.to_string()));
        self
    }

    /// The same for what somebody typed, as much of it as is worth saying again.
    pub(crate) fn quoting(self, name: &'static str, value: &str) -> Self {
        self.with(name, value.chars().take(LONGEST).collect::<String>())
    }

    /// And what may be meant, where something is like it.
    pub(crate) fn or_nearest(mut self, nearest: Option<impl ToString>) -> Self {
        self.then = nearest.map(|nearest| Box::new(Self::new(Saying::DidYouMean).with("nearest", nearest)));
        self
    }

    /// The sentence on a page, which has names of its own for what is asked with.
    pub(crate) fn on_page(&self, ui: Ui) -> String {
        let mut shown = self.clone();
        for (name, value) in &mut shown.values {
            if let Some(called) = ui.parameter(value).filter(|_| *name == "name") {
                called.clone_into(value);
            }
        }
        shown.said(ui)
    }

    /// The sentence in a language.
    pub(crate) fn said(&self, ui: Ui) -> String {
        let sentence = &SENTENCES[&self.saying];
        let sentence = match ui {
            Ui::English => &sentence.en,
            Ui::Vietnamese => &sentence.vi,
        };
        let mut said = String::with_capacity(sentence.len());
        // Once over the sentence: braces in what is filled in are its own.
        let mut rest = sentence.as_str();
        while let Some((before, behind)) = rest.split_once('{') {
            said.push_str(before);
            let Some((name, behind)) = behind.split_once('}') else { break };
            if let Some((_, value)) = self.values.iter().find(|(own, _)| *own == name) {
                said.push_str(value);
            }
            rest = behind;
        }
        said.push_str(rest);
        if let Some(then) = &self.then {
            said.push_str(&then.said(ui));
        }
        said
    }
}

impl From<Saying> for Message {
    fn from(saying: Saying) -> Self {
        Self::new(saying)
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said(Ui::English))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_is_there_in_both_languages() {
        assert_eq!(SENTENCES.len(), ALL.len());
        for (saying, values) in ALL {
            for sentence in [&SENTENCES[saying].en, &SENTENCES[saying].vi] {
                let mut filled: Vec<&str> =
                    sentence.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
                filled.sort_unstable();
                let mut expected = values.to_vec();
                expected.sort_unstable();
                assert_eq!(filled, expected, "{saying:?}: {sentence}");
            }
        }
    }

    #[test]
    fn words_are_filled_in_once() {
        let message = Message::new(Saying::UnknownSource)
            .with("name", "source")
            .quoting("value", "{name} “")
            .or_nearest(Some("Báo Sơn Khê"));
        assert_eq!(
            message.said(Ui::Vietnamese),
            "source: không có nguồn nào tên là “{name} “”; có phải ý bạn là “Báo Sơn Khê”?"
        );
        assert_eq!(
            message.to_string(),
            "source: no source is called “{name} “”; did you mean “Báo Sơn Khê”?"
        );
    }
}
