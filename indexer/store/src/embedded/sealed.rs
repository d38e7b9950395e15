//! tantivy's files with a checksum behind each, so that damage is told apart from another answer.
//!
//! tantivy's own checksums leave out `meta.json`, which says what belongs to the index, and the footers that they stand
//! in. Here each file ends in a line with the CRC-32 of all that stands before it.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crc32fast::Hasher;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, FileSlice, Lock, META_LOCK, MmapDirectory,
    TerminatingWrite, WatchCallback, WatchHandle, WritePtr,
};
use tantivy::store::Compressor;
use tantivy::{HasLen as _, IndexSettings, schema::Schema};

/// Bytes of a seal: a line break and eight hexadecimal digits.
const SEAL: usize = 9;

fn seal(hasher: Hasher) -> [u8; SEAL] {
    let mut seal = [b'\n'; SEAL];
    seal[1..].copy_from_slice(format!("{:08x}", hasher.finalize()).as_bytes());
    seal
}

/// Opens the index in a folder.
pub(super) fn open(folder: &Path) -> tantivy::Result<tantivy::Index> {
    tantivy::Index::open(Sealed::open(folder)?)
}

/// Makes an empty index in a folder.
pub(super) fn create(folder: &Path, schema: Schema) -> tantivy::Result<tantivy::Index> {
    // What is stored comes packed.
    let settings = IndexSettings {
        docstore_compression: Compressor::None,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    };
    tantivy::Index::create(Sealed::open(folder)?, schema, settings)
}

/// Whether a file is as it was written.
pub(super) fn is_whole(path: &Path) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let Some(mut left) = (file.metadata()?.len() as usize).checked_sub(SEAL) else { return Ok(false) };
    let mut hasher = Hasher::new();
    let mut portion = vec![0; 256 << 10];
    while left > 0 {
        let most = left.min(portion.len());
        file.read_exact(&mut portion[..most])?;
        hasher.update(&portion[..most]);
        left -= most;
    }
    let mut found = [0; SEAL];
    file.read_exact(&mut found)?;
    Ok(found == seal(hasher))
}

/// A folder of files with seals.
#[derive(Clone, Debug)]
struct Sealed(MmapDirectory, PathBuf);

impl Sealed {
    fn open(folder: &Path) -> Result<Self, OpenDirectoryError> {
        Ok(Self(MmapDirectory::open(folder)?, folder.to_owned()))
    }
}

fn damaged(path: &Path) -> OpenReadError {
    let error = io::Error::new(io::ErrorKind::InvalidData, "its checksum is wrong");
    OpenReadError::wrap_io_error(error, path.to_owned())
}

impl Directory for Sealed {
    /// The content is checked by [`is_whole`], when there is time for it.
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let whole = FileSlice::new(self.0.get_file_handle(path)?);
        let content = whole.len().checked_sub(SEAL).ok_or_else(|| damaged(path))?;
        Ok(Arc::new(whole.slice_to(content)))
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let sealing = Sealing { to: self.0.open_write(path)?, hasher: Hasher::new() };
        Ok(BufWriter::new(Box::new(sealing)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let mut bytes = self.0.atomic_read(path)?;
        let end = bytes.len().saturating_sub(SEAL);
        let found = &bytes[end..];
        let is_sealed = found.first() == Some(&b'\n')
            && found[1..].iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
        // These files are JSON: where the seal is damaged, it is none with it. One of an older version has no seal, and
        // its payload says which version that is.
        if is_sealed {
            let mut hasher = Hasher::new();
            hasher.update(&bytes[..end]);
            if found != seal(hasher) {
                return Err(damaged(path));
            }
            bytes.truncate(end);
        }
        Ok(bytes)
    }

    /// tantivy's own makes a file that only its user may read, whoever may read those beside it.
    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let mut hasher = Hasher::new();
        hasher.update(data);
        let path = self.1.join(path);
        let new = path.with_added_extension("new");
        let mut file = File::create(&new)?;
        file.write_all(data)?;
        file.write_all(&seal(hasher))?;
        file.sync_data()?;
        std::fs::rename(&new, &path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.0.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.0.sync_directory()
    }

    /// Where nothing may be written nothing is: whoever reads there needs no lock.
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        // One process writes, by a lock of its own: who still holds tantivy's is a program that this one is starting.
        let is_held = |error: &LockError| matches!(error, LockError::LockBusy);
        match corpus::lock::patiently(|| self.0.acquire_lock(lock), is_held) {
            Err(LockError::IoError(error))
                if matches!(
                    error.kind(),
                    io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied
                ) && lock.filepath == META_LOCK.filepath =>
            {
                Ok(DirectoryLock::from(Box::new(())))
            }
            acquired => acquired,
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.0.watch(callback)
    }
}

/// Writes the seal when the file is complete.
struct Sealing {
    to: WritePtr,
    hasher: Hasher,
}

impl Write for Sealing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl TerminatingWrite for Sealing {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.to.write_all(&seal(std::mem::take(&mut self.hasher)))?;
        self.to.terminate_ref(token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn whoever_may_read_one_file_may_read_all() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let other = folder.path().join("other");
        std::fs::write(&other, b"").unwrap();
        create(folder.path(), Schema::builder().build()).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode();
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let path = entry.unwrap().path();
            assert_eq!(mode(&path), mode(&other), "{}", path.display());
        }
        assert!(folder.path().join("meta.json").exists());
    }

    #[test]
    fn each_flipped_bit_of_a_sealed_file_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let sealed = Sealed::open(folder.path()).unwrap();
        let (lines, json) = (Path::new("lines"), Path::new("meta.json"));
        let mut writer = sealed.open_write(lines).unwrap();
        writer.write_all(b"content\n00000000").unwrap();
        writer.terminate().unwrap();
        sealed.atomic_write(json, b"{\"a\":1}").unwrap();
        assert_eq!(sealed.open_read(lines).unwrap().read_bytes().unwrap().as_slice(), b"content\n00000000");
        assert_eq!(sealed.atomic_read(json).unwrap(), b"{\"a\":1}");
        for name in [lines, json] {
            let path = folder.path().join(name);
            let whole = std::fs::read(&path).unwrap();
            assert!(is_whole(&path).unwrap());
            for bit in 0..whole.len() * 8 {
                let mut bytes = whole.clone();
                bytes[bit / 8] ^= 1 << (bit % 8);
                std::fs::write(&path, &bytes).unwrap();
                assert!(!is_whole(&path).unwrap(), "{bit}");
                let read = sealed.atomic_read(json).ok();
                let read = read.and_then(|read| serde_json::from_slice::<serde_json::Value>(&read).ok());
                assert_eq!(read.is_none(), name == json, "{bit} {read:?}");
            }
            std::fs::write(&path, &whole).unwrap();
        }
    }
}
