mod generator;
pub mod network;
mod people;
