mod ballot;
mod decisions;
mod elections;
mod invariants;
mod members;
mod order;
