//! A forward proxy for CONNECT requests.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// How a proxy reacts to a request.
#[derive(Debug, Clone)]
pub enum ProxyBehavior {
    /// Opens every tunnel.
    Allow,
    /// Opens tunnels for requests with this `Proxy-Authorization`; responds 407 to others.
    RequireBasic(&'static str),
    /// Opens every tunnel, once this semaphore is closed.
    WaitFor(Arc<Semaphore>),
    /// Sends this response and closes the connection.
    Respond(&'static str),
}

/// The address for each host name.
pub type Routes = HashMap<&'static str, SocketAddr>;

type Resolve = Arc<dyn Fn(&str) -> Option<SocketAddr> + Send + Sync>;

/// A running proxy that connects host names to local addresses and records the requests.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    behavior: Arc<Mutex<ProxyBehavior>>,
}

impl Proxy {
    /// Starts a proxy that connects every name to one address.
    ///
    /// # Errors
    /// If no port is free.
    pub async fn start(behavior: ProxyBehavior, to: SocketAddr) -> io::Result<Self> {
        Self::with(behavior, Arc::new(move |_| Some(to))).await
    }

    /// Starts a proxy that connects these names only.
    ///
    /// # Errors
    /// If no port is free.
    pub async fn with_routes(routes: Routes) -> io::Result<Self> {
        let find = move |target: &str| {
            let name = target.strip_suffix(":443")?;
            routes.get(name).copied()
        };
        Self::with(ProxyBehavior::Allow, Arc::new(find)).await
    }

    async fn with(behavior: ProxyBehavior, to: Resolve) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (asked, behavior) = (Arc::<Mutex<Vec<String>>>::default(), Arc::new(Mutex::new(behavior)));
        let (noted, now) = (Arc::clone(&asked), Arc::clone(&behavior));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let behavior = locked(&now).clone();
                tokio::spawn(serve(stream, behavior, Arc::clone(&to), Arc::clone(&noted)));
            }
        });
        Ok(Self { address, asked, behavior })
    }

    /// Returns the address it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Changes the behavior for later requests.
    pub fn set_behavior(&self, behavior: ProxyBehavior) {
        *locked(&self.behavior) = behavior;
    }

    /// Returns the `host:port` of each request, in order.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        locked(&self.asked).clone()
    }

    /// Returns the requested `host:port`s without duplicates, sorted.
    #[must_use]
    pub fn hosts(&self) -> Vec<String> {
        let mut hosts = self.asked();
        hosts.sort();
        hosts.dedup();
        hosts
    }
}

fn locked<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(mut stream: TcpStream, behavior: ProxyBehavior, to: Resolve, asked: Arc<Mutex<Vec<String>>>) {
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
    locked(&asked).push(target.clone());
    let refusal = match behavior {
        ProxyBehavior::Allow => None,
        ProxyBehavior::RequireBasic(expected) => (!head.contains(&format!("Proxy-Authorization: {expected}\r\n")))
            .then_some("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"Norvik\"\r\n\r\n"),
        ProxyBehavior::WaitFor(until) => {
            // It has no permits, so this returns when it is closed.
            let _ = until.acquire().await;
            None
        }
        ProxyBehavior::Respond(answer) => Some(answer),
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
