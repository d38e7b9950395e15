//! A segment of a commit with the fast fields that searches read.

use tantivy::columnar::{BytesColumn, Column, StrColumn};
use tantivy::{DocAddress, DocId, SegmentReader};

use super::plan::Days;
use super::schema::name;
use crate::search::Rank;

/// The fast fields of a segment that searches read. To open one its head is looked for and read, so that is done once for a
/// commit.
pub(crate) struct Columns {
    /// Days of publication.
    pub(crate) days: Column<i64>,
    /// What decides between equals.
    pub(crate) order: Column<u64>,
    /// Months of publication.
    pub(crate) months: Column<u64>,
    /// What lists show of documents; `None` where the segment has no document.
    pub(crate) summaries: Option<BytesColumn>,
    texts: Vec<(&'static str, Option<StrColumn>)>,
}

impl Columns {
    /// Opens those of a segment, among them `texts`.
    pub(crate) fn open(reader: &SegmentReader, texts: &[&'static str]) -> tantivy::Result<Self> {
        let fast = reader.fast_fields();
        let text = |name: &&'static str| Ok((*name, fast.str(name)?));
        Ok(Self {
            days: fast.i64(name::DAY)?,
            order: fast.u64(name::ORDER)?,
            months: fast.u64(name::MONTH)?,
            summaries: fast.bytes(name::SUMMARY)?,
            texts: texts.iter().map(text).collect::<tantivy::Result<_>>()?,
        })
    }

    /// A field of text; `None` where the segment has no value of it.
    pub(crate) fn text(&self, name: &str) -> Option<&StrColumn> {
        self.texts.iter().find(|(known, _)| *known == name).and_then(|(_, column)| column.as_ref())
    }
}

/// A segment, and which of its documents are wanted.
#[derive(Clone, Copy)]
pub(crate) struct Segment<'a> {
    /// Its place in the commit.
    pub(crate) number: u32,
    pub(crate) reader: &'a SegmentReader,
    pub(crate) columns: &'a Columns,
    pub(crate) wanted: Days,
}

impl Segment<'_> {
    /// Whether a document is in the commit, and of the wanted days.
    pub(crate) fn wants(&self, doc: DocId) -> bool {
        !self.reader.is_deleted(doc)
            && (self.wanted.is_everything() || self.wanted.has(self.columns.days.first(doc)))
    }

    /// The place of a document among others of other weights.
    pub(crate) fn rank(&self, doc: DocId, weight: u64) -> Rank {
        Rank { weight, key: self.columns.order.first(doc).unwrap_or_default() }
    }

    /// Where a document stands in the commit.
    pub(crate) fn address(&self, doc: DocId) -> DocAddress {
        DocAddress::new(self.number, doc)
    }
}
