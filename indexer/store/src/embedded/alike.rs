//! Signatures of texts, out of fast fields.

use std::collections::BTreeSet;

use jiff::Timestamp;
use tantivy::{DocAddress, Term};
use text::Signature;

use super::reader::{Embedded, Snapshot};
use super::schema::name;
use crate::error::Error;
use crate::store::Signed;

impl Embedded {
    /// Documents that share a band, each once.
    pub(super) fn with_bands(&self, bands: &[u64], limit: usize) -> Result<Vec<Signed>, Error> {
        let snapshot = self.snapshot();
        let mut places = BTreeSet::new();
        for band in bands {
            let term = Term::from_field_u64(self.fields().bands, *band);
            places.extend(self.with_term(&snapshot, &term, limit)?);
        }
        let mut found = Vec::with_capacity(places.len());
        for place in places {
            found.extend(self.signed_at(&snapshot, place)?);
        }
        Ok(found)
    }

    /// The document at a place; `None` where it has no signature.
    pub(super) fn signed_at(
        &self,
        snapshot: &Snapshot,
        address: DocAddress,
    ) -> Result<Option<Signed>, Error> {
        let reader = snapshot.searcher.segment_reader(address.segment_ord);
        let fast = reader.fast_fields();
        let read = || -> tantivy::Result<Option<(Signature, i64)>> {
            let (digests, captured) = (fast.u64(name::DIGEST)?, fast.i64(name::CAPTURED)?);
            let bands = fast.u64(name::BANDS)?;
            let digest = digests.first(address.doc_id);
            let signature =
                digest.and_then(|digest| Signature::from_bands(digest, bands.values_for_doc(address.doc_id)));
            Ok(signature.zip(captured.first(address.doc_id)))
        };
        let Some((signature, second)) = read().map_err(|error| self.error(error))? else {
            return Ok(None);
        };
        let captured = Timestamp::from_second(second).map_err(|error| self.corrupt(error))?;
        Ok(Some(Signed { signature, summary: self.summary(snapshot, address)?, captured }))
    }
}
