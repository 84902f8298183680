//! AWS as it is seen from within a company: behind a proxy, with certificates of the company's own authority.
//!
//! The desk is told of nothing: it asks for AWS's own names at AWS's own port, which the proxy leads here.

use company_sim::{Authority, Inspection, Proxy, ProxyBehavior, tls};
use desk_aws::Endpoint;
use desk_core::{Desk, DeskOptions, account::ConfigFiles, delivery::Backoff, sync::SyncPace};
use desk_model::{Clock, Partition, Secret};
use desk_network::{
    Connector, Hop, HopOutcome, NetworkTest, ProxyEnvironment, ProxyMode, ProxySettings, SystemProxies,
    SystemProxy,
};
use rcgen::KeyPair;
use sign_in_sim::{Keys, SignInServer, SignInSim};
use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};
use support_sim::{Customer, Server, Sim};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

pub(crate) const KEY: &str = "AKIANETWORKEXAMPLE00";
pub(crate) const SECRET: &str = "secretOfTheNetwork+SeCrEtOfThEnEtWoRk000";
pub(crate) const ARN: &str = "arn:aws:iam::123456789012:user/jane";
pub(crate) const SUPPORT: &str = "support.us-east-1.amazonaws.com";
pub(crate) const STS: &str = "sts.us-east-1.amazonaws.com";
/// Who issues the company's certificates.
pub(crate) const AUTHORITY: &str = "Norvik Inspection CA";

/// A desk in such a company.
pub(crate) struct Company {
    pub(crate) authority: Authority,
    pub(crate) support: Sim,
    _sign_in: SignInSim,
    pub(crate) inspection: Inspection,
    pub(crate) proxy: Proxy,
    pub(crate) desk: Desk,
    pub(crate) dir: TempDir,
    _server: Server,
    _serving: SignInServer,
}

impl Company {
    pub(crate) async fn new(habit: ProxyBehavior) -> Self {
        Self::with(habit, &[SUPPORT, STS], 2020..2060).await
    }

    /// Whose certificates are for these names, good within these years.
    pub(crate) async fn with(habit: ProxyBehavior, names: &[&str], years: std::ops::Range<i32>) -> Self {
        let support = Sim::builder().customer(Customer::new(KEY, SECRET, "jane (User)")).build().unwrap();
        let server = support.serve(TcpListener::bind("127.0.0.1:0").await.unwrap()).unwrap();
        let sign_in = SignInSim::new();
        sign_in.add_keys(Keys::long_term(KEY, SECRET), ARN);
        let serving = sign_in.serve().await.unwrap();
        let authority = Authority::new(AUTHORITY).unwrap();
        let (certificate, key) = authority.issue(names, years).unwrap();
        let at = |url: String| url.trim_start_matches("http://").parse::<SocketAddr>().unwrap();
        let tls = tls(&certificate, &key).unwrap();
        let inspection = Inspection::start(tls, at(server.url()), at(serving.url())).await.unwrap();
        let proxy = Proxy::start(habit, inspection.address()).await.unwrap();
        let dir = tempfile::tempdir().unwrap();
        let desk = open(&dir, silent(), Clock::System).await;
        Self {
            authority,
            support,
            _sign_in: sign_in,
            inspection,
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
        std::fs::write(&file, self.authority.pem()).unwrap();
        file
    }

    pub(crate) async fn trust(&self) {
        self.desk.add_certificates(vec![self.certificate()]).await.unwrap();
    }

    /// Everything as it should be: the proxy entered, the authority trusted.
    pub(crate) async fn set_up(&self) {
        self.trust().await;
        self.desk.save_network(by_hand(&self.proxy), None).await.unwrap();
    }

    pub(crate) async fn connect(&self) -> Result<desk_core::account::Account, desk_model::Problem> {
        self.desk.accounts.setup.connect_keys(KEY, &Secret::new(SECRET), Partition::Aws, "Production").await
    }

    pub(crate) async fn test(&self) -> NetworkTest {
        let proxy = self.desk.network.settings().await.proxy;
        self.desk.test_network(proxy, None).await.unwrap()
    }
}

/// The proxy as one enters it.
pub(crate) fn by_hand(proxy: &Proxy) -> ProxySettings {
    let address = proxy.address();
    ProxySettings {
        mode: ProxyMode::Manual,
        host: address.ip().to_string(),
        port: address.port(),
        ..ProxySettings::default()
    }
}

/// A line that nothing on this computer tells of a proxy.
pub(crate) fn silent() -> Connector {
    Connector::new(ProxyEnvironment::default(), Arc::new(Silent))
}

#[derive(Debug)]
struct Silent;

impl SystemProxies for Silent {
    fn find(&self, _url: &str) -> Result<Vec<SystemProxy>, String> {
        Ok(Vec::new())
    }
}

pub(crate) async fn open(dir: &TempDir, line: Connector, clock: Clock) -> Desk {
    let options = DeskOptions {
        data_dir: dir.path().join("data"),
        clock,
        endpoint: Endpoint::ByPartition,
        config: ConfigFiles {
            config: dir.path().join("config"),
            credentials: dir.path().join("credentials"),
        },
        sync: SyncPace { poll: Some(Duration::from_secs(1)), ..SyncPace::default() },
        delivery: Backoff::default(),
    };
    Desk::open_over(line, options).await.unwrap()
}

/// A web server that answers this and ends, with a certificate that is trusted.
pub(crate) async fn page(
    certificate: &rcgen::Certificate,
    key: &KeyPair,
    answer: &'static str,
) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(tls(certificate, key).unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut asked = [0; 4096];
            let _ = stream.read(&mut asked).await;
            let _ = stream.write_all(answer.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    address
}

/// The step that failed on the way to AWS Support.
pub(crate) fn failed(test: &NetworkTest) -> Option<Hop> {
    let probe = test.probes.first().unwrap();
    let failed = probe.hops.iter().find(|result| matches!(result.outcome, HopOutcome::Failed { .. }))?;
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
