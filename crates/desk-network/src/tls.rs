//! TLS with AWS's host: trusts the system's certificates and the extra ones, and names the issuer in errors.

use super::{
    certificates,
    connect_error::{ConnectError, TlsError, describe_io_error, format_utc},
};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, OtherError, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, aws_lc_rs},
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::{TlsConnector, client::TlsStream};

/// Builds the TLS configuration. Reads the system's certificates, which blocks for some tens of milliseconds.
pub(super) fn config(extra: &[CertificateDer<'static>]) -> Result<Arc<ClientConfig>, String> {
    let mut roots = RootCertStore::empty();
    let native = rustls_native_certs::load_native_certs();
    if !native.errors.is_empty() {
        let count = native.errors.len();
        tracing::warn!(count, "some of the system's certificates cannot be read");
    }
    roots.add_parsable_certificates(native.certs);
    let (added, ignored) = roots.add_parsable_certificates(extra.iter().cloned());
    if ignored > 0 {
        tracing::warn!(added, ignored, "an extra certificate cannot be used");
    }
    if roots.is_empty() {
        return Err("this computer has no trusted certificates at all".to_owned());
    }
    let provider = Arc::new(aws_lc_rs::default_provider());
    let inner = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone())
        .build()
        .map_err(|error| error.to_string())?;
    let mut config = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        // The verifier is rustls' own; ours only adds to its refusals who issued the certificate.
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(IssuerNamingVerifier { inner, provider }))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

/// Makes the TLS handshake with `host` over `wire`.
pub(super) async fn encrypt<W: AsyncRead + AsyncWrite + Unpin>(
    config: &Arc<ClientConfig>,
    host: &str,
    wire: W,
) -> Result<TlsStream<W>, ConnectError> {
    let handshake_error =
        |reason: String| ConnectError::Tls(TlsError::Handshake { host: host.to_owned(), reason });
    let name = ServerName::try_from(host.to_owned()).map_err(|error| handshake_error(error.to_string()))?;
    TlsConnector::from(config.clone()).connect(name, wire).await.map_err(|error| {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            Some(rustls::Error::InvalidCertificate(CertificateError::Other(OtherError(other)))) => {
                match other.downcast_ref::<RefusedCertificate>() {
                    Some(refused) => ConnectError::Tls(refused.to_error(host)),
                    None => handshake_error(other.to_string()),
                }
            }
            Some(rustls::Error::InvalidMessage(_)) => {
                handshake_error("what answers does not speak TLS".to_owned())
            }
            Some(error) => handshake_error(error.to_string()),
            None => handshake_error(describe_io_error(&error)),
        }
    })
}

/// Describes a TLS connection: its version and the issuer of the certificate.
pub(super) fn describe<W>(stream: &TlsStream<W>) -> String {
    let (_, session) = stream.get_ref();
    let issuer = session.peer_certificates().and_then(|chain| certificates::info(chain.first()?));
    let version = match session.protocol_version() {
        Some(rustls::ProtocolVersion::TLSv1_3) => "TLS 1.3",
        Some(rustls::ProtocolVersion::TLSv1_2) => "TLS 1.2",
        // Nothing else can be agreed on.
        Some(_) | None => "TLS",
    };
    match issuer {
        Some(info) => format!("{version}; certificate issued by “{}”", info.issuer),
        None => version.to_owned(),
    }
}

/// The verification error of a certificate, with its issuer.
#[derive(Debug, thiserror::Error)]
#[error("{error}; issued by {issuer}")]
struct RefusedCertificate {
    error: CertificateError,
    issuer: String,
}

impl RefusedCertificate {
    fn to_error(&self, host: &str) -> TlsError {
        let (host, issuer) = (host.to_owned(), self.issuer.clone());
        let seconds = |time: &UnixTime| format_utc(i64::try_from(time.as_secs()).unwrap_or(i64::MAX));
        match &self.error {
            CertificateError::UnknownIssuer => TlsError::UnknownIssuer { host, issuer },
            CertificateError::ExpiredContext { time, not_after } => {
                TlsError::Expired { host, issuer, on: seconds(not_after), now: seconds(time) }
            }
            CertificateError::NotValidYetContext { time, not_before } => {
                TlsError::NotYetValid { host, issuer, on: seconds(not_before), now: seconds(time) }
            }
            CertificateError::NotValidForNameContext { presented, .. } => {
                let shown = match presented.as_slice() {
                    [] => "without a name".to_owned(),
                    [first, rest @ ..] if rest.len() > 2 => format!("{} and others", dns_name(first)),
                    some => some.iter().map(|name| dns_name(name)).collect::<Vec<_>>().join(", "),
                };
                TlsError::NameMismatch { host, issuer, shown }
            }
            // Any other error; the enum is non-exhaustive.
            other => TlsError::Invalid { host, issuer, reason: other.to_string() },
        }
    }
}

/// Extracts the name from rustls' debug form (`DnsName("example.com")`).
fn dns_name(presented: &str) -> &str {
    presented.split('"').nth(1).unwrap_or(presented)
}

/// Wraps rustls' verifier and adds the issuer of the certificate to its errors.
#[derive(Debug)]
struct IssuerNamingVerifier {
    inner: Arc<WebPkiServerVerifier>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for IssuerNamingVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        self.inner.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now).map_err(
            |error| match error {
                rustls::Error::InvalidCertificate(error) => {
                    let issuer = issuer(end_entity, intermediates);
                    let refused = OtherError(Arc::new(RefusedCertificate { error, issuer }));
                    rustls::Error::InvalidCertificate(CertificateError::Other(refused))
                }
                other => other,
            },
        )
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.inner.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.inner.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// Returns the issuer at the end of the chain that the server sent: the authority that would have to be trusted.
fn issuer(end_entity: &CertificateDer<'_>, intermediates: &[CertificateDer<'_>]) -> String {
    let Some(mut top) = certificates::info(end_entity) else { return "nobody who can be named".to_owned() };
    for intermediate in intermediates {
        if let Some(next) = certificates::info(intermediate).filter(|next| next.subject == top.issuer) {
            top = next;
        }
    }
    top.issuer
}
