//! The tamper corpus: a case as the real runtime plays it, and copies of its archive, its export and its
//! bundles of which each breaks one thing. Where validators who collude could make the rest of the
//! chain agree with it, the copy does.

mod ballots;
mod bundles;
mod case;
mod chain;
mod counts;
mod courts;
mod evidence;
mod outcomes;
mod payments;
mod plaintext;
mod roll;
mod way_back;
