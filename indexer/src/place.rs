//! Where an index stands: in the archive's folder, or in an engine of its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use answers::Index;
use store::Error;
use store::embedded::{Embedded, EmbeddedWriter};
use store::opensearch::{EngineSettings, OpenSearch, OpenSearchWriter};

use crate::{IndexSettings, Indexer};

/// Where an index stands.
#[derive(Clone, Debug)]
pub struct Place {
    /// Of the archive: its files, or the lock of whoever writes to the engine.
    folder: PathBuf,
    engine: Option<EngineSettings>,
}

impl Place {
    /// In a folder of the archive, or in an engine where one is named.
    pub fn new(folder: &Path, engine: Option<EngineSettings>) -> Self {
        Self { folder: folder.to_owned(), engine }
    }

    /// Whether it stands in files of the archive's folder.
    pub fn is_folder(&self) -> bool {
        self.engine.is_none()
    }

    /// Opens the index to be asked.
    pub fn open(&self) -> Result<Index, Error> {
        match &self.engine {
            None => open(&self.folder),
            Some(engine) => Ok(Index::new(Arc::new(OpenSearch::open(engine.clone())?))),
        }
    }

    /// Opens the index for writing; makes it where there is none.
    pub fn write(&self, settings: IndexSettings) -> Result<Indexer, crate::Error> {
        match &self.engine {
            None => Indexer::over(Box::new(EmbeddedWriter::open(&self.folder, settings.writer())?), settings),
            Some(engine) => {
                Indexer::over(Box::new(OpenSearchWriter::open(engine.clone(), &self.folder)?), settings)
            }
        }
    }

    /// Begins the index again from nothing, beside the one in use. That one stays until a run is over: who reads it goes on
    /// reading, and a run that is stopped or killed changes nothing.
    pub fn rebuild(&self, settings: IndexSettings) -> Result<Indexer, crate::Error> {
        match &self.engine {
            None => {
                Indexer::over(Box::new(EmbeddedWriter::rebuild(&self.folder, settings.writer())?), settings)
            }
            Some(engine) => {
                Indexer::over(Box::new(OpenSearchWriter::rebuild(engine.clone(), &self.folder)?), settings)
            }
        }
    }

    /// Begins the index again beside the one in use, from the articles that that one keeps: for rules that have changed since.
    /// No capture is read for it. Where there is no sound one, or another reader made its articles, the captures are.
    pub fn renew(&self, settings: IndexSettings) -> Result<Indexer, crate::Error> {
        Ok(self.rebuild(settings)?.over_kept())
    }

    /// Reads all of the index, without trusting any, and says what is not as it was written, with what mends it: a line each.
    pub fn problems(&self) -> Result<Vec<String>, Error> {
        let Some(engine) = &self.engine else {
            let told = |file: PathBuf| {
                let file = file.display();
                format!("{file}: its checksum is wrong; `yearline index --rebuild` makes the index again")
            };
            return Ok(Embedded::damaged_files(&self.folder)?.into_iter().map(told).collect());
        };
        OpenSearch::open(engine.clone())?.disagreements()
    }
}

/// Opens the index in a folder to be asked.
pub fn open(folder: &Path) -> Result<Index, Error> {
    Ok(Index::new(Arc::new(Embedded::open(folder)?)))
}
