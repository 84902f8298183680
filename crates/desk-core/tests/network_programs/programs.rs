//! The real programs: tinyproxy and socat, as Debian packages them. `cargo xtask test` installs both.

use company_sim::Authority;
use desk_core::network::{ProxyMode, ProxySettings};
use std::{
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// What tinyproxy asks for.
#[derive(Clone, Copy)]
pub(crate) struct Password {
    pub(crate) user: &'static str,
    pub(crate) password: &'static str,
}

/// A program that is ended with the test.
struct Program(Child);

impl Program {
    fn start(command: &mut Command) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        Self(
            child
                .unwrap_or_else(|error| panic!("{name} is needed: {error}. `cargo xtask test` installs it.")),
        )
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A port that is free. Neither program takes one by itself; between here and its start nobody else asks for one.
fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

fn wait_for(address: SocketAddr) {
    let ends = Instant::now() + Duration::from_secs(30);
    while TcpStream::connect(address).is_err() {
        assert!(Instant::now() < ends, "nobody listens at {address}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A proxy that asks for a password and hands everything on to another one.
pub(crate) struct Tinyproxy {
    address: SocketAddr,
    log: PathBuf,
    _program: Program,
}

impl Tinyproxy {
    pub(crate) fn start(dir: &Path, Password { user, password }: Password, parent: SocketAddr) -> Self {
        let (address, log, file) = (free(), dir.join("tinyproxy.log"), dir.join("tinyproxy.conf"));
        let configuration = format!(
            "Listen {}\nPort {}\nTimeout 60\nMaxClients 50\nLogFile \"{}\"\nLogLevel Connect\nBasicAuth {user} {password}\nUpstream http {parent}\nConnectPort 443\nDisableViaHeader Yes\n",
            address.ip(),
            address.port(),
            log.display()
        );
        std::fs::write(&file, configuration).unwrap();
        let program = Program::start(Command::new("tinyproxy").arg("-d").arg("-c").arg(file));
        wait_for(address);
        Self { address, log, _program: program }
    }

    pub(crate) fn by_hand(&self) -> ProxySettings {
        ProxySettings {
            mode: ProxyMode::Manual,
            host: self.address.ip().to_string(),
            port: self.address.port(),
            ..ProxySettings::default()
        }
    }

    /// What it has written of its work.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }
}

/// OpenSSL in front of an emulator, with a certificate for one name.
pub(crate) struct Tls {
    pub(crate) address: SocketAddr,
    log: PathBuf,
    _program: Program,
}

impl Tls {
    pub(crate) fn start(dir: &Path, authority: &Authority, name: &str, to: &str) -> Self {
        let (certificate, key) = authority.issue(&[name], 2020..2060).unwrap();
        let (address, log, file) = (free(), dir.join(format!("{name}.log")), dir.join(format!("{name}.pem")));
        std::fs::write(&file, certificate.pem() + &key.serialize_pem()).unwrap();
        let from = format!(
            "OPENSSL-LISTEN:{},bind={},reuseaddr,fork,verify=0,cert={}",
            address.port(),
            address.ip(),
            file.display()
        );
        let to = format!("TCP:{}", to.trim_start_matches("http://"));
        let program =
            Program::start(Command::new("socat").args(["-d", "-d", "-lf"]).arg(&log).args([from, to]));
        let ends = Instant::now() + Duration::from_secs(30);
        // Asked by its log: a connection to see whether it listens would be counted.
        while !std::fs::read_to_string(&log).is_ok_and(|log| log.contains("listening on")) {
            assert!(Instant::now() < ends, "socat does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
        Self { address, log, _program: program }
    }

    /// How many connections came.
    pub(crate) fn came(&self) -> usize {
        std::fs::read_to_string(&self.log).unwrap().matches("accepting connection from").count()
    }
}
