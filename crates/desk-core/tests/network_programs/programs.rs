//! The real programs: tinyproxy and socat, as Debian packages them. `cargo xtask test` installs both.

use company_sim::Authority;
use desk_network::{ProxyMode, ProxySettings};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::process::{Listener, free_port, listener_at};

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

/// Starts a program that must be told its port, at one that nobody else has taken by the time it listens.
fn at_a_free_port(command: impl Fn(SocketAddr) -> Command) -> (SocketAddr, Program) {
    let ends = Instant::now() + Duration::from_secs(60);
    loop {
        let address = SocketAddr::from(([127, 0, 0, 1], free_port()));
        let mut program = Program::start(&mut command(address));
        loop {
            assert!(Instant::now() < ends, "{:?} does not listen at {address}", program.0);
            match listener_at(address.port(), program.0.id()) {
                Listener::Family => return (address, program),
                Listener::Stranger => break,
                Listener::Nobody if program.0.try_wait().unwrap().is_some() => break,
                Listener::Nobody => std::thread::sleep(Duration::from_millis(20)),
            }
        }
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
        let (log, file) = (dir.join("tinyproxy.log"), dir.join("tinyproxy.conf"));
        let configuration = |address: SocketAddr| {
            format!(
                "Listen {}\nPort {}\nTimeout 60\nMaxClients 50\nLogFile \"{}\"\nLogLevel Connect\nBasicAuth {user} {password}\nUpstream http {parent}\nConnectPort 443\nDisableViaHeader Yes\n",
                address.ip(),
                address.port(),
                log.display()
            )
        };
        let (address, program) = at_a_free_port(|address| {
            std::fs::write(&file, configuration(address)).unwrap();
            let mut command = Command::new("tinyproxy");
            command.arg("-d").arg("-c").arg(&file);
            command
        });
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
        let (log, file) = (dir.join(format!("{name}.log")), dir.join(format!("{name}.pem")));
        std::fs::write(&file, certificate.pem() + &key.serialize_pem()).unwrap();
        let to = format!("TCP:{}", to.trim_start_matches("http://"));
        let (address, program) = at_a_free_port(|address| {
            let from = format!(
                "OPENSSL-LISTEN:{},bind={},reuseaddr,fork,verify=0,cert={}",
                address.port(),
                address.ip(),
                file.display()
            );
            let mut command = Command::new("socat");
            command.args(["-d", "-d", "-lf"]).arg(&log).args([from, to.clone()]);
            command
        });
        Self { address, log, _program: program }
    }

    /// How many connections came.
    pub(crate) fn came(&self) -> usize {
        std::fs::read_to_string(&self.log).unwrap().matches("accepting connection from").count()
    }
}
