//! Office documents read into articles: DOCX, XLSX, PPTX, ODT, ODS, PDF by its text layer or, for scans, by character recognition,
//! and what older office programs wrote, where `LibreOffice` is installed.
//!
//! Reports and directives of portals come as files. Their text is read as paragraphs, one a line, with marks of what their
//! form says of it; title and date are what the text itself shows at its top, as for plain text files
//! ([`corpus::plain_text`]).

mod columns;
mod docx;
mod furniture;
mod grid;
mod layout;
mod legacy;
mod numbering;
mod odf;
mod package;
mod paragraphs;
mod pdf;
mod pptx;
mod table;
mod tool;
mod written;
mod xlsx;

use corpus::{Article, media};
pub use pdf::PdfLimits;

/// The article in a document of a media type; `None` where such files are not read here.
pub fn read(media: &str, bytes: &[u8], limits: &PdfLimits) -> Option<Result<Article, Unreadable>> {
    Some(match media {
        media::PDF => pdf::read(bytes, limits),
        media::DOCX => docx::read(bytes),
        media::XLSX => xlsx::read(bytes),
        media::PPTX => pptx::read(bytes),
        media::ODT | media::ODS => odf::read(bytes),
        media::DOC | media::XLS | media::RTF => legacy::read(media, bytes),
        _ => return None,
    })
}

/// Why a document has no text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Its bytes are something else, or damaged.
    #[error("the file is no {0}, or it is damaged")]
    Damaged(&'static str),
    /// It opens with a password alone.
    #[error("the file is encrypted and opens with a password alone")]
    Locked,
    /// It would take more memory than a document may.
    #[error("the document's text is longer than {0} MiB")]
    TooLong(u64),
    /// A program that reads such files is not installed.
    #[error("{0}")]
    NeedsTool(&'static str),
    /// It is pictures of pages, and no program that recognizes characters is installed.
    #[error(
        "the file is a scan without a text layer: install tesseract with Vietnamese (tesseract-ocr-vie) to have its \
         characters recognized, then build the index anew"
    )]
    NeedsRecognition,
    /// The program that reads it took too long.
    #[error("reading the file took longer than {0} seconds")]
    TookTooLong(u64),
    /// It has no text at all.
    #[error("the document has no text")]
    Empty,
}
