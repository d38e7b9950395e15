//! The fields of the index. Documents, figures and entities live in one index and one commit; `record` tells them apart.

use tantivy::schema::{
    BytesOptions, FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, SchemaBuilder,
    TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::TokenizerManager;

use super::backlog::Backlog;
use super::tokenizer::{Pairs, Singles};
use crate::entity::EntityKind;

/// Raised when the fields or what stands in them change.
pub(crate) const VERSION: u32 = 19;

const SINGLES: &str = "singles";
const PAIRS: &str = "pairs";

/// What a record of the index is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RecordKind {
    /// The newest version of a document.
    Document,
    /// An older version, kept for reading.
    Version,
    /// When something was seen unchanged.
    Seen,
    Figure,
    /// What mentions stand for.
    Instrument,
    Person,
    Office,
}

impl RecordKind {
    /// The records of a kind of entities.
    pub(crate) fn of_entities(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Instrument => Self::Instrument,
            EntityKind::Person => Self::Person,
            EntityKind::Office => Self::Office,
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Version => "version",
            Self::Seen => "seen",
            Self::Figure => "figure",
            Self::Instrument => "instrument",
            Self::Person => "person",
            Self::Office => "office",
        }
    }
}

/// The fields, by what they answer.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    /// [`RecordKind`].
    pub(crate) record: Field,
    /// The document's id, on the document and its figures: deleting it deletes both.
    pub(crate) id: Field,
    /// The document's id, on its newest version alone.
    pub(crate) newest: Field,
    /// The document's id, on older versions.
    pub(crate) version_of: Field,
    /// Id of a document or of a capture's target, on what says when it was seen last.
    pub(crate) seen: Field,
    /// Seconds since 1970, beside `seen`.
    pub(crate) seen_at: Field,
    /// Title and text by syllables and numbers of documents; what weighs more stands there again ([`weighted`](crate::best::weighted)).
    pub(crate) text: Field,
    /// Title and text by pairs of syllables, each in its spelling alone ([`spelt`](super::spelt)).
    pub(crate) pairs: Field,
    /// What a figure says or an entity is called, by syllables.
    pub(crate) about: Field,
    /// The document without its text, or the entity: JSON, [packed](super::packing).
    pub(crate) stored: Field,
    /// The text of a document, packed.
    pub(crate) body: Field,
    /// What a list shows of a document: JSON in a fast field, since the document store is slow.
    pub(crate) summary: Field,
    /// A number made from the document's id, which decides between results that are equal otherwise.
    pub(crate) order: Field,
    /// Bands of the signature of a document's text: its candidates for being the same text, and the signature itself.
    pub(crate) bands: Field,
    /// Digest of a document's text, beside `bands`.
    pub(crate) digest: Field,
    /// When a document's newest version was captured, in seconds since 1970.
    pub(crate) captured: Field,
    /// Place of a figure in its document.
    pub(crate) place: Field,
    /// How many figures of its document stand before a figure: so far behind the document its record stands.
    pub(crate) number: Field,
    pub(crate) source: Field,
    pub(crate) province: Field,
    pub(crate) language: Field,
    /// Kinds of mentions in a document.
    pub(crate) types: Field,
    /// Days since 1970-01-01; absent where the date is unknown.
    pub(crate) day: Field,
    /// `year * 12 + month - 1`: calendar months, which a histogram of fixed days cannot have.
    pub(crate) month: Field,
    /// Groups that the mentions of a document are decided in.
    pub(crate) group: Field,
    /// Id of an entity, on its record, and ids that led to it before.
    pub(crate) entity: Field,
    pub(crate) also: Field,
    /// The group that an entity was decided in.
    pub(crate) entity_group: Field,
    /// Keys of the offices that a person holds or held.
    pub(crate) holds: Field,
    /// Documents that mention an entity: what lists are ordered by.
    pub(crate) weight: Field,
    /// How many mentions of each kind a document has.
    pub(crate) directives: Field,
    pub(crate) officials: Field,
    pub(crate) figures: Field,
    /// Keys of the mentions: on the document all of them, on a figure its own.
    pub(crate) directive: Field,
    pub(crate) official: Field,
    pub(crate) position: Field,
    pub(crate) indicator: Field,
    /// First and last year of a figure's period.
    pub(crate) first_year: Field,
    pub(crate) last_year: Field,
    /// How sure a mention is, in hundredths.
    pub(crate) confidence: Field,
}

/// Names of fast fields that are read by name.
pub(crate) mod name {
    pub(crate) const SUMMARY: &str = "summary";
    pub(crate) const ORDER: &str = "order";
    pub(crate) const BANDS: &str = "bands";
    pub(crate) const DIGEST: &str = "digest";
    pub(crate) const CAPTURED: &str = "captured";
    pub(crate) const PLACE: &str = "place";
    pub(crate) const NUMBER: &str = "number";
    pub(crate) const DAY: &str = "day";
    pub(crate) const MONTH: &str = "month";
    pub(crate) const SOURCE: &str = "source";
    pub(crate) const PROVINCE: &str = "province";
    pub(crate) const LANGUAGE: &str = "language";
    pub(crate) const TYPES: &str = "types";
    pub(crate) const DIRECTIVE: &str = "directive";
    pub(crate) const OFFICIAL: &str = "official";
    pub(crate) const POSITION: &str = "position";
    pub(crate) const INDICATOR: &str = "indicator";
    pub(crate) const FIRST_YEAR: &str = "first_year";
    pub(crate) const LAST_YEAR: &str = "last_year";
    pub(crate) const SEEN_AT: &str = "seen_at";
    pub(crate) const CONFIDENCE: &str = "confidence";
    pub(crate) const ENTITY: &str = "entity";
    pub(crate) const WEIGHT: &str = "weight";
    pub(crate) const DIRECTIVES: &str = "directives";
    pub(crate) const OFFICIALS: &str = "officials";
    pub(crate) const FIGURES: &str = "figures";
}

/// The schema and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut schema = SchemaBuilder::default();
    let words = |tokenizer: &str, option| {
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option);
        TextOptions::default().set_indexing_options(indexing)
    };
    let unscored = || {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(SINGLES)
            .set_index_option(IndexRecordOption::Basic)
            .set_fieldnorms(false);
        TextOptions::default().set_indexing_options(indexing)
    };
    let fields = Fields {
        record: schema.add_text_field("record", STRING),
        id: schema.add_text_field("id", STRING),
        newest: schema.add_text_field("newest", STRING),
        version_of: schema.add_text_field("version_of", STRING),
        seen: schema.add_text_field("seen", STRING),
        seen_at: schema.add_i64_field(name::SEEN_AT, FAST),
        text: schema.add_text_field("text", words(SINGLES, IndexRecordOption::WithFreqs)),
        pairs: schema.add_text_field("pairs", words(PAIRS, IndexRecordOption::WithFreqsAndPositions)),
        about: schema.add_text_field("about", unscored()),
        stored: schema.add_bytes_field("stored", STORED),
        body: schema.add_bytes_field("body", STORED),
        summary: schema.add_bytes_field(name::SUMMARY, BytesOptions::default().set_fast()),
        order: schema.add_u64_field(name::ORDER, FAST),
        bands: schema.add_u64_field(name::BANDS, INDEXED | FAST),
        digest: schema.add_u64_field(name::DIGEST, FAST),
        captured: schema.add_i64_field(name::CAPTURED, FAST),
        place: schema.add_u64_field(name::PLACE, FAST),
        number: schema.add_u64_field(name::NUMBER, FAST),
        source: schema.add_text_field(name::SOURCE, STRING | FAST),
        province: schema.add_text_field(name::PROVINCE, STRING | FAST),
        language: schema.add_text_field(name::LANGUAGE, STRING | FAST),
        types: schema.add_text_field(name::TYPES, STRING | FAST),
        day: schema.add_i64_field(name::DAY, FAST),
        month: schema.add_u64_field(name::MONTH, INDEXED | FAST),
        group: schema.add_text_field("group", STRING),
        entity: schema.add_text_field(name::ENTITY, STRING | FAST),
        also: schema.add_text_field("also", STRING),
        entity_group: schema.add_text_field("entity_group", STRING),
        holds: schema.add_text_field("holds", STRING),
        weight: schema.add_u64_field(name::WEIGHT, FAST),
        directives: schema.add_u64_field(name::DIRECTIVES, FAST),
        officials: schema.add_u64_field(name::OFFICIALS, FAST),
        figures: schema.add_u64_field(name::FIGURES, FAST),
        directive: schema.add_text_field(name::DIRECTIVE, STRING | FAST),
        official: schema.add_text_field(name::OFFICIAL, STRING | FAST),
        position: schema.add_text_field(name::POSITION, STRING | FAST),
        indicator: schema.add_text_field(name::INDICATOR, STRING | FAST),
        first_year: schema.add_i64_field(name::FIRST_YEAR, FAST),
        last_year: schema.add_i64_field(name::LAST_YEAR, FAST),
        confidence: schema.add_u64_field(name::CONFIDENCE, FAST),
    };
    (schema.build(), fields)
}

/// Makes the index's tokenizers known to it, and gives what tells of the text that waits for them.
pub(crate) fn register(tokenizers: &TokenizerManager) -> Backlog {
    let backlog = Backlog::default();
    tokenizers.register(SINGLES, Singles);
    tokenizers.register(PAIRS, Pairs { backlog: backlog.clone() });
    backlog
}
