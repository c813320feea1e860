mod generator;
mod people;
