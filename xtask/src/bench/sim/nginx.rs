//! nginx as a plain file server that takes PUT: the yardstick of uploads.
//!
//! Where it is not installed, Debian's package is unpacked into target/, so that no service of that name starts.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::{process, workspace};

/// A running server. Ended when dropped.
pub(super) struct Nginx {
    child: Child,
    url: String,
}

impl Nginx {
    /// Serves PUT and GET below `folder`.
    ///
    /// # Errors
    /// When nginx is not there and cannot be had, or does not listen.
    pub(super) fn start(folder: &Path) -> Result<Self> {
        let program = program()?;
        // nginx cannot take a free port by itself; between here and its start nobody else asks for one.
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        for name in ["files", "body"] {
            fs::create_dir_all(folder.join(name))?;
        }
        let configuration = folder.join("nginx.conf");
        fs::write(&configuration, configured(folder, port))?;
        let child = process::program(program)
            .args(["-p".as_ref(), folder.as_os_str(), "-c".as_ref(), configuration.as_os_str()])
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start nginx")?;
        let nginx = Self { child, url: format!("http://127.0.0.1:{port}") };
        let deadline = Instant::now() + Duration::from_secs(30);
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            if Instant::now() > deadline {
                let log = fs::read_to_string(folder.join("error.log")).unwrap_or_default();
                bail!("nginx did not listen: {log}");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(nginx)
    }

    /// `http://127.0.0.1:PORT`.
    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // One process alone (master_process off), so there is nobody else to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A body is written to a file beside its destination and renamed, as nginx does it out of the box.
fn configured(folder: &Path, port: u16) -> String {
    let folder = folder.display();
    format!(
        "daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n\
         http {{\n  access_log off;\n  client_max_body_size 1g;\n  client_body_buffer_size 1m;\n\
         client_body_temp_path {folder}/body;\n  proxy_temp_path {folder}/t1;\n  fastcgi_temp_path {folder}/t2;\n  \
         uwsgi_temp_path {folder}/t3;\n  scgi_temp_path {folder}/t4;\n  server {{\n    listen 127.0.0.1:{port};\n    \
         root {folder}/files;\n    location / {{ dav_methods PUT DELETE; }}\n  }}\n}}\n"
    )
}

/// The program: installed, or unpacked from Debian's package.
fn program() -> Result<PathBuf> {
    let unpacked = workspace::target().join("nginx");
    let inside = unpacked.join("usr/sbin/nginx");
    let installed = std::env::var_os("PATH").unwrap_or_default();
    let mut known: Vec<PathBuf> =
        std::env::split_paths(&installed).map(|folder| folder.join("nginx")).collect();
    known.extend([PathBuf::from("/usr/sbin/nginx"), inside.clone()]);
    if let Some(found) = known.into_iter().find(|path| path.is_file()) {
        return Ok(found);
    }
    fs::create_dir_all(&unpacked)?;
    let mut download = Command::new("apt-get");
    process::run(download.args(["-q", "download", "nginx"]).current_dir(&unpacked))
        .context("nginx is the yardstick of this bench: install it")?;
    for entry in fs::read_dir(&unpacked)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "deb") {
            process::run(Command::new("dpkg").arg("-x").arg(path).arg(&unpacked))?;
        }
    }
    if !inside.is_file() {
        bail!(
            "nginx is the yardstick of this bench, and the system's package of that name has no program: install it"
        );
    }
    Ok(inside)
}
