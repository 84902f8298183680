//! A forward proxy that speaks CONNECT.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// What a proxy does.
#[derive(Debug, Clone)]
pub enum Habit {
    /// It lets everybody through.
    Open,
    /// It lets those through who send this header.
    Basic(&'static str),
    /// It lets everybody through once this is closed.
    Waits(Arc<Semaphore>),
    /// It answers this and ends.
    Says(&'static str),
}

/// Where names lead.
pub type Routes = HashMap<&'static str, SocketAddr>;

type Find = Arc<dyn Fn(&str) -> Option<SocketAddr> + Send + Sync>;

/// A proxy that leads names to addresses here, and remembers who asked for what.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    habit: Arc<Mutex<Habit>>,
}

impl Proxy {
    /// A proxy that leads every name to one address.
    ///
    /// # Errors
    /// No port can be had.
    pub async fn start(habit: Habit, to: SocketAddr) -> io::Result<Self> {
        Self::with(habit, Arc::new(move |_| Some(to))).await
    }

    /// A proxy that leads these names there, and no others anywhere.
    ///
    /// # Errors
    /// No port can be had.
    pub async fn leading(routes: Routes) -> io::Result<Self> {
        let find = move |target: &str| {
            let name = target.strip_suffix(":443")?;
            routes.get(name).copied()
        };
        Self::with(Habit::Open, Arc::new(find)).await
    }

    async fn with(habit: Habit, to: Find) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (asked, habit) = (Arc::<Mutex<Vec<String>>>::default(), Arc::new(Mutex::new(habit)));
        let (noted, now) = (Arc::clone(&asked), Arc::clone(&habit));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let habit = held(&now).clone();
                tokio::spawn(serve(stream, habit, Arc::clone(&to), Arc::clone(&noted)));
            }
        });
        Ok(Self { address, asked, habit })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Changes what it does.
    pub fn now(&self, habit: Habit) {
        *held(&self.habit) = habit;
    }

    /// Each `host:port` that it was asked for, in the order of asking.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        held(&self.asked).clone()
    }

    /// What it was asked for without repetition, sorted.
    #[must_use]
    pub fn hosts(&self) -> Vec<String> {
        let mut hosts = self.asked();
        hosts.sort();
        hosts.dedup();
        hosts
    }
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(mut stream: TcpStream, habit: Habit, to: Find, asked: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_buf(&mut head).await {
            Ok(read) if read > 0 => {}
            Ok(_) | Err(_) => return,
        }
    }
    let head = String::from_utf8_lossy(&head);
    let target =
        head.strip_prefix("CONNECT ").and_then(|rest| rest.split(' ').next()).unwrap_or("?").to_owned();
    held(&asked).push(target.clone());
    let refusal = match habit {
        Habit::Open => None,
        Habit::Basic(expected) => (!head.contains(&format!("Proxy-Authorization: {expected}\r\n")))
            .then_some("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"Norvik\"\r\n\r\n"),
        Habit::Waits(until) => {
            // It has no permits: what ends the wait is its end.
            let _ = until.acquire().await;
            None
        }
        Habit::Says(answer) => Some(answer),
    };
    if let Some(refusal) = refusal {
        let _ = stream.write_all(refusal.as_bytes()).await;
        let _ = stream.shutdown().await;
        return;
    }
    let Some(to) = to(&target) else { return };
    let Ok(mut there) = TcpStream::connect(to).await else { return };
    if stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await.is_ok() {
        let _ = copy_bidirectional(&mut stream, &mut there).await;
    }
}
