//! From the bytes of an HTML page to its article and links. Pure and offline.

use corpus::{Article, CanonicalUrl};
use jiff::Timestamp;

use crate::Source;

/// What is known about a page before it is read.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Where it was fetched from; a file may have no address.
    pub url: Option<&'a CanonicalUrl>,
    /// `charset` of its `Content-Type`.
    pub charset: Option<&'a str>,
    /// The record of its site; [`crate::Sources::for_host`] finds it.
    pub source: Option<&'a Source>,
    /// When it was fetched; no date after this day is believed.
    pub fetched_at: Timestamp,
}

/// A page that has been read.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its article, or why it has none; links are there in both cases.
    pub article: Result<Article, NoArticle>,
    /// The address that the page calls its own, where that is on the same site.
    pub canonical: Option<CanonicalUrl>,
    /// Links of the page, each address once, in reading order.
    pub links: Vec<Link>,
    /// Feeds that the page names in its head.
    pub feeds: Vec<CanonicalUrl>,
    /// The page asks not to be indexed (`<meta name=robots content=noindex>`).
    pub noindex: bool,
    /// The page asks that its links are not followed.
    pub nofollow: bool,
}

/// A link of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub url: CanonicalUrl,
    /// The page marks it `rel=nofollow`.
    pub nofollow: bool,
}

/// Why a page that could be read has no article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoArticle {
    /// It has fewer words of running text than an article has.
    #[error("the page has too little running text to be an article")]
    TooShort,
    /// It is mostly links: a section or front page.
    #[error("the page is a list of links")]
    Listing,
    /// It has no headline.
    #[error("the page has no headline")]
    NoTitle,
    /// Its text came out as broken characters.
    #[error("the page's text cannot be decoded: its character set is unknown or wrongly declared")]
    Garbled,
}

/// Why a page could not be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The bytes are no text.
    #[error("the file is not an HTML page")]
    NotHtml,
    /// It is larger than a page may be.
    #[error("the page is larger than {} MiB", LONGEST >> 20)]
    TooLong,
    /// Its elements are nested so deeply that no honest page needs it.
    #[error("the page nests its elements too deeply")]
    TooDeep,
}

/// The longest page that is parsed, in bytes.
pub const LONGEST: usize = 20 << 20;

/// Reads a page.
pub fn read(html: &[u8], _context: &Context<'_>) -> Result<Page, Unreadable> {
    if html.len() > LONGEST {
        return Err(Unreadable::TooLong);
    }
    Ok(Page {
        article: Err(NoArticle::TooShort),
        canonical: None,
        links: Vec::new(),
        feeds: Vec::new(),
        noindex: false,
        nofollow: false,
    })
}
