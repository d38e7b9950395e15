//! `yearline serve`.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use tokio::net::{TcpListener, TcpSocket};

use crate::settings::Settings;
use crate::terminal;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Address and port to answer on [default: 127.0.0.1:8080]
    #[arg(long, env = "YEARLINE_LISTEN", value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
}

/// Serves until asked to stop.
pub(super) fn run(arguments: &Arguments, archive: &Path, settings: &Settings) -> anyhow::Result<ExitCode> {
    let index = super::open_index(archive, settings)?;
    let mut how = api::Settings {
        coverage: super::coverage::for_service(archive.to_owned()),
        decisions: super::decide::for_service(archive.to_owned()),
        ..settings.serve.api()
    };
    if let Some(room) = crate::open_files::room_for_connections()
        && room < how.patience.connections
    {
        tracing::warn!(
            "this process may open too few files for {} connections: {room} are served at once; raise the limit with `ulimit -n`",
            how.patience.connections
        );
        how.patience.connections = room;
    }
    let address =
        arguments.listen.or(settings.listen).unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)));
    how.hosts = settings.serve.hosts(address);
    let runtime = super::runtime()?;
    let stop = super::stop::asked(&runtime);
    runtime.block_on(async move {
        let listener = listen(address)?;
        writeln!(terminal::out(), "http://{}/", listener.local_addr()?)?;
        api::serve(listener, index, how, super::stop::wait(stop)).await?;
        anyhow::Ok(())
    })?;
    // A question that is still being answered has nobody who waits for it.
    runtime.shutdown_background();
    Ok(ExitCode::SUCCESS)
}

/// Takes the port, or says who may have it.
pub(super) fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    /// Connections that the system keeps for us until we take them. Where there is no room, the client tries again only
    /// after a second; the usual 128 are there at once when many come.
    const KEPT: u32 = 4096;
    let bind = || {
        let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        #[cfg(unix)]
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        socket.listen(KEPT)
    };
    bind().with_context(|| {
        format!("{address} cannot be listened on: choose another port with --listen 127.0.0.1:0")
    })
}
