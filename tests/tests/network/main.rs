//! Stories of a whole network: real node processes on loopback, four institutions' validators.

mod attestor;
mod failures;
mod nodes;
mod upgrade;
mod world;
