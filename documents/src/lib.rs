//! Office documents read into articles: DOCX, XLSX, ODT, ODS, and PDF by its text layer or, for scans, by character recognition.
//!
//! Reports and directives of portals come as files. Their text is read as paragraphs, one a line; title and date are what
//! the text itself shows at its top, as for plain text files ([`corpus::plain_text`]).

mod docx;
mod furniture;
mod layout;
mod odf;
mod package;
mod paragraphs;
mod pdf;
mod report;
mod table;
mod tool;
mod written;
mod xlsx;

pub use docx::read as read_docx;
pub use odf::read as read_odf;
pub use pdf::{PdfLimits, read as read_pdf};
pub use report::subject;
pub use xlsx::read as read_xlsx;

/// Why a document has no text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Its bytes are something else, or damaged.
    #[error("the file is no {0}, or it is damaged")]
    Damaged(&'static str),
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
