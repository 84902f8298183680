//! Keeps the memory of this program, in which secrets are, out of core dumps. Reports of crashes hold stacks and no heap.

use rustix::process::{Resource, Rlimit, setrlimit};

/// Makes sure that no dump of this process is written.
pub(crate) fn keep_memory_out_of_dumps() {
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
}
