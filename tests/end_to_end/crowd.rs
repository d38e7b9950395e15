//! Many who ask at once: who comes new is heard meanwhile.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

use crate::program::{Folder, Server};

async fn connect(from: Ipv4Addr, to: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((from, 0).into()).unwrap();
    socket.connect(to).await.unwrap()
}

#[tokio::test]
async fn a_newcomer_is_heard_while_hundreds_search() {
    const CROWD: usize = 200;
    /// Each asks more than is answered while this lasts.
    const QUESTIONS: usize = 200;
    let folder = Folder::new();
    for number in 0..400 {
        let text = format!("Bản tin số {number}\n\n{}\n", "Toàn tỉnh có 121/180 xã đạt chuẩn. ".repeat(20));
        folder.write(&format!("in/{number}.txt"), text);
    }
    folder.ok(&["import", "in"]);
    folder.ok(&["index"]);
    let server = Server::start(&folder, &["serve", "--listen", "127.0.0.1:0"], "http://");
    let address: SocketAddr = server.address.parse().unwrap();

    let asked = "GET /v1/search?q=x%C3%A3&limit=100&facet=year HTTP/1.1\r\nHost: a\r\n\r\n".repeat(QUESTIONS);
    for _ in 0..CROWD {
        let asked = asked.clone();
        tokio::spawn(async move {
            let mut stream = connect(Ipv4Addr::LOCALHOST, address).await;
            let (mut answers, mut questions) = stream.split();
            let mut taken = tokio::io::sink();
            let _ = tokio::join!(
                questions.write_all(asked.as_bytes()),
                tokio::io::copy(&mut answers, &mut taken)
            );
        });
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let mut times = Vec::new();
    for _ in 0..15 {
        let begin = Instant::now();
        let mut stream = connect(Ipv4Addr::new(127, 0, 0, 2), address).await;
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await.unwrap();
        let mut told = String::new();
        let heard = tokio::time::timeout(Duration::from_secs(20), stream.read_to_string(&mut told)).await;
        heard.expect("in time").unwrap();
        assert!(told.starts_with("HTTP/1.1 200 "), "{told}");
        times.push(begin.elapsed());
    }
    times.sort();
    // With the sockets looked after between any 61 answers it was seconds.
    assert!(times[times.len() / 2] < Duration::from_millis(400), "{times:?}");
}
