mod invariants;
mod payments;
mod plans;
mod replies;
mod story;
mod votes;
