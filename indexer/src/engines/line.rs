//! A line between two programs of a test that can be cut.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::{sleep, spawn};
use std::time::Duration;

/// What a line does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It carries.
    None,
    /// It closes at once.
    Refuse,
    /// It is silent for ten seconds.
    Stall,
    /// It takes the question and closes.
    Reset,
    /// It carries the first bytes of the answer and closes.
    Half,
}

/// A line from a port of its own to another one.
pub(crate) struct Line {
    port: u16,
    fault: Arc<Mutex<Fault>>,
}

impl Line {
    pub(crate) fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let fault = Arc::new(Mutex::new(Fault::None));
        let line = Self { port: listener.local_addr().unwrap().port(), fault: Arc::clone(&fault) };
        spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                let fault = Arc::clone(&fault);
                spawn(move || carry(near, port, &fault));
            }
        });
        line
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// From now on, also on what is open.
    pub(crate) fn has(&self, fault: Fault) {
        *self.fault.lock().unwrap() = fault;
    }
}

fn carry(mut near: TcpStream, port: u16, fault: &Mutex<Fault>) {
    let now = || *fault.lock().unwrap();
    if now() == Fault::Refuse {
        return;
    }
    let mut far = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let (mut question, mut answer) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    let (near_in, far_in) = (near.try_clone().unwrap(), far.try_clone().unwrap());
    for stream in [&near_in, &far_in] {
        stream.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
    }
    loop {
        match near.read(&mut question) {
            Ok(0) => return,
            Ok(size) => match now() {
                Fault::None | Fault::Half => far.write_all(&question[..size]).unwrap(),
                Fault::Stall => sleep(Duration::from_secs(10)),
                Fault::Refuse | Fault::Reset => return,
            },
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => return,
        }
        match far.read(&mut answer) {
            Ok(0) => return,
            Ok(size) if now() == Fault::Half => {
                near.write_all(&answer[..size.min(60)]).ok();
                return;
            }
            Ok(size) => {
                if near.write_all(&answer[..size]).is_err() {
                    return;
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => return,
        }
    }
}
