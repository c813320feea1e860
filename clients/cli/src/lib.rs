//! `winddown`, the command of an institution's clerk.

pub mod demo;
