//! Ctrl-C and SIGTERM.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::watch;

/// Turns true when the user asks to stop. A second request ends the process at once.
pub(super) fn asked(runtime: &tokio::runtime::Runtime) -> watch::Receiver<bool> {
    let (sender, receiver) = watch::channel(false);
    runtime.spawn(async move {
        signal().await;
        let _ = sender.send(true);
        signal().await;
        std::process::exit(130);
    });
    receiver
}

/// The same for code that does not wait.
pub(super) fn flag(runtime: &tokio::runtime::Runtime) -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let mut asked = asked(runtime);
    let raised = Arc::clone(&flag);
    runtime.spawn(async move {
        if asked.wait_for(|asked| *asked).await.is_ok() {
            raised.store(true, Ordering::SeqCst);
        }
    });
    flag
}

/// Waits for the request.
pub(super) async fn wait(mut asked: watch::Receiver<bool>) {
    // A closed channel never asks.
    if asked.wait_for(|asked| *asked).await.is_err() {
        std::future::pending::<()>().await;
    }
}

async fn signal() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}
