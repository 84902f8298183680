//! TLS inspection: decrypts connections to AWS's services and forwards them to emulators.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// Builds the server's TLS configuration with a certificate.
///
/// # Errors
/// If the key does not fit the certificate.
pub fn tls(
    certificate: &rcgen::Certificate,
    key: &rcgen::KeyPair,
) -> Result<Arc<ServerConfig>, rustls::Error> {
    let chain = vec![CertificateDer::from(certificate.der().to_vec())];
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    Ok(Arc::new(config))
}

/// A running TLS inspection, which forwards AWS Support's connections to one address and all others to another.
#[derive(Debug)]
pub struct Inspection {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
}

impl Inspection {
    /// Starts listening on a free loopback port, until the runtime ends.
    ///
    /// # Errors
    /// If no port is free.
    pub async fn start(
        config: Arc<ServerConfig>,
        support: SocketAddr,
        sign_in: SocketAddr,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let connections = Arc::<AtomicUsize>::default();
        let counted = Arc::clone(&connections);
        tokio::spawn(async move {
            let acceptor = TlsAcceptor::from(config);
            while let Ok((stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(forward(acceptor.clone(), stream, support, sign_in));
            }
        });
        Ok(Self { address, connections })
    }

    /// Returns the address it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns how many connections it has accepted.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

async fn forward(acceptor: TlsAcceptor, stream: TcpStream, support: SocketAddr, sign_in: SocketAddr) {
    let Ok(mut stream) = acceptor.accept(stream).await else { return };
    let name = stream.get_ref().1.server_name().unwrap_or_default();
    let to = if name.starts_with("support.") { support } else { sign_in };
    if let Ok(mut there) = TcpStream::connect(to).await {
        // Either side may end it.
        let _ = copy_bidirectional(&mut stream, &mut there).await;
    }
}
