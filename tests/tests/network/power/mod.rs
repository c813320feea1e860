//! A sudden end of all validators at once: what was told to be final, and the votes on it, outlast it.
//!
//! The processes are killed (`SIGKILL`): what they did not hand to the system is gone. The system itself stays up
//! and keeps what it was handed, on disk or not, so that this is less than a loss of power (docs/reliability.md).

pub mod kept;
pub mod told;
pub mod trial;
pub mod votes;
