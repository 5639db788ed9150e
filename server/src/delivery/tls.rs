//! TLS towards gateways: the system's certificate authorities, and those of a file.

use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};

/// The certificate authorities of a PEM file.
///
/// # Errors
/// A sentence that names the file.
pub fn authorities(file: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let named = |why: String| format!("{}: {why}", file.display());
    let bytes = std::fs::read(file).map_err(|error| named(error.to_string()))?;
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&bytes).collect();
    match found {
        Ok(found) if found.is_empty() => Err(named("there is no certificate in it".to_owned())),
        Ok(found) => Ok(found),
        Err(error) => Err(named(error.to_string())),
    }
}

/// The settings of a client, for TLS 1.2 and 1.3. `ca_file`: further certificate authorities.
///
/// # Errors
/// A sentence: the file cannot be read.
pub fn client(ca_file: Option<&Path>) -> Result<ClientConfig, String> {
    let mut roots = RootCertStore::empty();
    let native = rustls_native_certs::load_native_certs();
    let (known, _) = roots.add_parsable_certificates(native.certs);
    if known == 0 {
        tracing::warn!(
            "the system has no certificate authorities: name those of a gateway as ca-file"
        );
    }
    for authority in ca_file.map(authorities).transpose()?.unwrap_or_default() {
        roots
            .add(authority)
            .map_err(|error| format!("a certificate authority: {error}"))?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| format!("TLS: {error}"))?;
    Ok(versions.with_root_certificates(roots).with_no_client_auth())
}
