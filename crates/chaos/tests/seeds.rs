//! Ten rounds of `cargo xtask chaos`, each ended by the checks of what is at AWS.

use std::process::Command;

#[test]
fn ten_seeds_lose_nothing_and_send_nothing_twice() {
    let run = Command::new(env!("CARGO_BIN_EXE_chaos"))
        .args(["run", "--seeds", "10"])
        .output()
        .expect("the program can be started");
    let told = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{told}\n{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(told.lines().last(), Some("10 passed, 0 failed"), "{told}");
}
