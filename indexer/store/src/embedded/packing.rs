//! What is stored is packed record by record, so that reading one unpacks nothing else; by zstd with a dictionary
//! (RFC 8878), since a text of a few kilobytes alone has too little of its own to refer to. The dictionary is the same for all
//! archives and of our own writing: one that is learned from an archive would keep words of what is forgotten.

use std::sync::{LazyLock, Mutex, PoisonError};

use zstd::zstd_safe::{self, CCtx, CDict, DCtx, DDict};

/// Words that are frequent in what is stored, the most frequent last, where they are referred to most shortly.
const FREQUENT: &[u8] = include_bytes!("frequent.txt");

/// Of a thousand texts of the news a third is left at this level; at the ninth two hundredths less, for more time.
const LEVEL: i32 = 6;

/// The most that a record may hold, so that a damaged one cannot ask for more: no document is as large.
const LARGEST: u64 = 1 << 30;

/// Packs records.
pub(super) struct Packer {
    context: CCtx<'static>,
    dictionary: CDict<'static>,
}

impl Packer {
    pub(super) fn new() -> Self {
        Self { context: CCtx::create(), dictionary: CDict::create(FREQUENT, LEVEL) }
    }

    pub(super) fn pack(&mut self, content: &[u8]) -> Vec<u8> {
        let mut packed = Vec::with_capacity(zstd_safe::compress_bound(content.len()));
        self.context.compress_using_cdict(&mut packed, content, &self.dictionary).unwrap_or_else(|code| {
            panic!("what has room cannot be packed: {}", zstd_safe::get_error_name(code))
        });
        packed
    }
}

/// The one that all indexes are read with: the dictionary is the same in each.
pub(super) static UNPACKER: LazyLock<Unpacker> = LazyLock::new(Unpacker::new);

/// Unpacks records.
pub(super) struct Unpacker {
    dictionary: DDict<'static>,
    /// Those that are not in use.
    contexts: Mutex<Vec<DCtx<'static>>>,
}

impl Unpacker {
    fn new() -> Self {
        Self { dictionary: DDict::create(FREQUENT), contexts: Mutex::default() }
    }

    /// What was packed; where it cannot have been, why.
    pub(super) fn unpack(&self, packed: &[u8]) -> Result<Vec<u8>, &'static str> {
        let size =
            zstd_safe::get_frame_content_size(packed).ok().flatten().ok_or("a record is not packed")?;
        if size > LARGEST {
            return Err("a record is too large");
        }
        let mut content = Vec::with_capacity(size as usize);
        let context = self.contexts().pop();
        let mut context = context.unwrap_or_else(DCtx::create);
        let unpacked = context.decompress_using_ddict(&mut content, packed, &self.dictionary);
        self.contexts().push(context);
        unpacked.map(|_| content).map_err(zstd_safe::get_error_name)
    }

    fn contexts(&self) -> std::sync::MutexGuard<'_, Vec<DCtx<'static>>> {
        self.contexts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_packed_is_unpacked(content in prop::collection::vec(any::<u8>(), 0..2_000), words in ".{0,300}") {
            let (mut packer, unpacker) = (Packer::new(), Unpacker::new());
            for content in [content.as_slice(), words.as_bytes()] {
                prop_assert_eq!(unpacker.unpack(&packer.pack(content)).unwrap(), content);
            }
        }

        #[test]
        fn what_was_not_packed_is_told(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Unpacker::new().unpack(&bytes);
        }
    }

    #[test]
    fn what_papers_write_is_packed_well() {
        let text = "Ngày 12/3, Ủy ban nhân dân tỉnh Sơn Khê ban hành kế hoạch thực hiện chương trình phát triển kinh tế - xã hội trên \
                    địa bàn tỉnh. Theo đó, các sở, ngành và địa phương tiếp tục đẩy mạnh cải cách hành chính, nâng cao chất lượng \
                    phục vụ người dân và doanh nghiệp.";
        let packed = Packer::new().pack(text.as_bytes()).len();
        assert!(packed * 2 < text.len(), "{packed} of {}", text.len());
    }

    #[test]
    fn a_record_cannot_ask_for_any_size() {
        let mut packed = Packer::new().pack(&vec![0; 70_000]);
        // The four bytes of the size behind the magic number and the descriptor of the frame (RFC 8878, 3.1.1).
        packed[5..9].copy_from_slice(&u32::MAX.to_le_bytes());
        assert!(Unpacker::new().unpack(&packed).is_err());
    }
}
