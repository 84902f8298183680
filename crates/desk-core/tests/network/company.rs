//! AWS as it is seen from within a company: behind a proxy, with certificates of the company's own authority.
//!
//! The desk is told of nothing: it asks for AWS's own names at AWS's own port, which the proxy leads here.

use desk_core::{
    Desk, DeskOptions,
    account::{ConfigFiles, Partition, Secret},
    aws::Endpoint,
    delivery::DeliveryPace,
    network::{
        Environment, Hop, HopOutcome, Line, NetworkTest, ProxyMode, ProxySettings, SystemProxies, SystemProxy,
    },
    sync::SyncPace,
    time::Clock,
};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::{
    ServerConfig,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
};
use sign_in_sim::{Keys, Serving, SignInSim};
use std::{
    collections::HashMap,
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use support_sim::{Customer, Server, Sim};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional},
    net::{TcpListener, TcpStream},
};

pub(crate) const KEY: &str = "AKIANETWORKEXAMPLE00";
pub(crate) const SECRET: &str = "secretOfTheNetwork+SeCrEtOfThEnEtWoRk000";
pub(crate) const ARN: &str = "arn:aws:iam::123456789012:user/jane";
pub(crate) const SUPPORT: &str = "support.us-east-1.amazonaws.com";
pub(crate) const STS: &str = "sts.us-east-1.amazonaws.com";
/// Who issues the company's certificates.
pub(crate) const AUTHORITY: &str = "Norvik Inspection CA";

/// An authority that nobody knows but who is told of it.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub(crate) pem: String,
}

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Self { issuer: Issuer::new(params, key), pem }
    }

    /// A certificate for these names, good within these years, and its key.
    pub(crate) fn issue(&self, names: &[&str], years: std::ops::Range<i32>) -> (rcgen::Certificate, KeyPair) {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut params = CertificateParams::new(names).unwrap();
        params.not_before = rcgen::date_time_ymd(years.start, 1, 1);
        params.not_after = rcgen::date_time_ymd(years.end, 1, 1);
        let key = KeyPair::generate().unwrap();
        (params.signed_by(&key, &self.issuer).unwrap(), key)
    }
}

/// How TLS is spoken with a certificate.
fn tls(certificate: &rcgen::Certificate, key: &KeyPair) -> Arc<ServerConfig> {
    let chain = vec![CertificateDer::from(certificate.der().to_vec())];
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    Arc::new(config)
}

/// What the proxy does.
#[derive(Debug, Clone)]
pub(crate) enum Habit {
    /// It lets everybody through.
    Open,
    /// It lets those through who send this header.
    Basic(&'static str),
    /// It answers this and ends.
    Says(&'static str),
}

/// Where names lead.
pub(crate) type Routes = HashMap<&'static str, SocketAddr>;

/// A proxy that leads names to addresses here, and remembers who asked for what.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    pub(crate) asked: Arc<Mutex<Vec<String>>>,
    habit: Arc<Mutex<Habit>>,
}

impl Proxy {
    /// A proxy that leads every name to one address.
    pub(crate) async fn start(habit: Habit, to: SocketAddr) -> Self {
        Self::with(habit, Arc::new(move |_| Some(to))).await
    }

    /// A proxy that leads these names there, and no others anywhere.
    pub(crate) async fn leading(routes: Routes) -> Self {
        let find = move |target: &str| {
            let name = target.strip_suffix(":443")?;
            routes.get(name).copied()
        };
        Self::with(Habit::Open, Arc::new(find)).await
    }

    async fn with(habit: Habit, to: Find) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (asked, habit) = (Arc::<Mutex<Vec<String>>>::default(), Arc::new(Mutex::new(habit)));
        let (noted, now) = (asked.clone(), habit.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let habit = now.lock().unwrap().clone();
                tokio::spawn(serve(stream, habit, to.clone(), noted.clone()));
            }
        });
        Self { address, asked, habit }
    }

    pub(crate) fn now(&self, habit: Habit) {
        *self.habit.lock().unwrap() = habit;
    }

    /// The hosts that were asked for, without repetition.
    pub(crate) fn hosts(&self) -> Vec<String> {
        let mut hosts = self.asked.lock().unwrap().clone();
        hosts.sort();
        hosts.dedup();
        hosts
    }

    pub(crate) fn by_hand(&self) -> ProxySettings {
        ProxySettings {
            mode: ProxyMode::Manual,
            host: self.address.ip().to_string(),
            port: self.address.port(),
            ..ProxySettings::default()
        }
    }
}

type Find = Arc<dyn Fn(&str) -> Option<SocketAddr> + Send + Sync>;

async fn serve(mut stream: TcpStream, habit: Habit, to: Find, asked: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_buf(&mut head).await {
            Ok(read) if read > 0 => {}
            Ok(_) | Err(_) => return,
        }
    }
    let head = String::from_utf8(head).unwrap();
    let target =
        head.strip_prefix("CONNECT ").and_then(|rest| rest.split(' ').next()).unwrap_or("?").to_owned();
    asked.lock().unwrap().push(target.clone());
    let refusal = match habit {
        Habit::Open => None,
        Habit::Basic(expected) => (!head.contains(&format!("Proxy-Authorization: {expected}\r\n")))
            .then_some("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"Norvik\"\r\n\r\n"),
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

/// Decrypts for AWS's services and leads each to its emulator.
pub(crate) struct Front {
    pub(crate) address: SocketAddr,
    /// How many connections came.
    pub(crate) came: Arc<AtomicUsize>,
}

impl Front {
    async fn start(config: Arc<ServerConfig>, support: SocketAddr, sign_in: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let came = Arc::<AtomicUsize>::default();
        let counted = came.clone();
        tokio::spawn(async move {
            let acceptor = tokio_rustls::TlsAcceptor::from(config);
            while let Ok((stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let Ok(mut stream) = acceptor.accept(stream).await else { return };
                    let name = stream.get_ref().1.server_name().unwrap_or_default().to_owned();
                    let to = if name.starts_with("support.") { support } else { sign_in };
                    if let Ok(mut there) = TcpStream::connect(to).await {
                        let _ = copy_bidirectional(&mut stream, &mut there).await;
                    }
                });
            }
        });
        Self { address, came }
    }
}

/// A desk in such a company.
pub(crate) struct Company {
    pub(crate) authority: Authority,
    pub(crate) support: Sim,
    _sign_in: SignInSim,
    pub(crate) front: Front,
    pub(crate) proxy: Proxy,
    pub(crate) desk: Desk,
    pub(crate) dir: TempDir,
    _server: Server,
    _serving: Serving,
}

impl Company {
    pub(crate) async fn new(habit: Habit) -> Self {
        Self::with(habit, &[SUPPORT, STS], 2020..2060).await
    }

    /// Whose certificates are for these names, good within these years.
    pub(crate) async fn with(habit: Habit, names: &[&str], years: std::ops::Range<i32>) -> Self {
        let support = Sim::builder().customer(Customer::new(KEY, SECRET, "jane (User)")).build().unwrap();
        let server = support.serve(TcpListener::bind("127.0.0.1:0").await.unwrap()).unwrap();
        let sign_in = SignInSim::new();
        sign_in.knows(Keys::long_term(KEY, SECRET), ARN);
        let serving = sign_in.serve().await.unwrap();
        let authority = Authority::new(AUTHORITY);
        let (certificate, key) = authority.issue(names, years);
        let at = |url: String| url.trim_start_matches("http://").parse::<SocketAddr>().unwrap();
        let front = Front::start(tls(&certificate, &key), at(server.url()), at(serving.url())).await;
        let proxy = Proxy::start(habit, front.address).await;
        let dir = tempfile::tempdir().unwrap();
        let desk = open(&dir, silent(), Clock::System).await;
        Self {
            authority,
            support,
            _sign_in: sign_in,
            front,
            proxy,
            desk,
            dir,
            _server: server,
            _serving: serving,
        }
    }

    /// A file with the authority's certificate.
    pub(crate) fn certificate(&self) -> PathBuf {
        let file = self.dir.path().join("norvik-ca.pem");
        std::fs::write(&file, &self.authority.pem).unwrap();
        file
    }

    pub(crate) async fn trust(&self) {
        self.desk.add_certificates(vec![self.certificate()]).await.unwrap();
    }

    /// Everything as it should be: the proxy entered, the authority trusted.
    pub(crate) async fn set_up(&self) {
        self.trust().await;
        self.desk.save_network(self.proxy.by_hand(), None).await.unwrap();
    }

    pub(crate) async fn connect(&self) -> Result<desk_core::account::Account, desk_core::Problem> {
        self.desk.accounts.connect_keys(KEY, &Secret::new(SECRET), Partition::Aws, "Production").await
    }

    pub(crate) async fn test(&self) -> NetworkTest {
        let proxy = self.desk.network.settings().await.proxy;
        self.desk.test_network(proxy, None).await.unwrap()
    }
}

/// A line that nothing on this computer tells of a proxy.
pub(crate) fn silent() -> Line {
    Line::new(Environment::default(), Arc::new(Silent))
}

#[derive(Debug)]
struct Silent;

impl SystemProxies for Silent {
    fn find(&self, _url: &str) -> Result<Vec<SystemProxy>, String> {
        Ok(Vec::new())
    }
}

pub(crate) async fn open(dir: &TempDir, line: Line, clock: Clock) -> Desk {
    let options = DeskOptions {
        data_dir: dir.path().join("data"),
        clock,
        endpoint: Endpoint::ByPartition,
        config: ConfigFiles {
            config: dir.path().join("config"),
            credentials: dir.path().join("credentials"),
        },
        sync: SyncPace { poll: Some(Duration::from_secs(1)), ..SyncPace::default() },
        delivery: DeliveryPace::default(),
    };
    Desk::open_over(line, options).await.unwrap()
}

/// A web server that is not AWS, with a certificate that is trusted.
pub(crate) async fn page(certificate: &rcgen::Certificate, key: &KeyPair) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(tls(certificate, key));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut asked = [0; 4096];
            let _ = stream.read(&mut asked).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nSign in").await;
            let _ = stream.shutdown().await;
        }
    });
    address
}

/// The step that failed on the way to AWS Support.
pub(crate) fn failed(test: &NetworkTest) -> Option<Hop> {
    let way = test.ways.first().unwrap();
    let failed = way.hops.iter().find(|result| matches!(result.outcome, HopOutcome::Failed { .. }))?;
    Some(failed.hop)
}

/// What `look` finds, asked until it finds it.
pub(crate) async fn within<T>(limit: Duration, look: impl AsyncFn() -> Option<T>) -> T {
    let asked = async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(limit, asked).await.expect("it did not come within the time")
}
