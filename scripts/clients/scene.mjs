// What setup.mjs prepared, for every client.

import { existsSync, readFileSync } from "node:fs";

export const CLIENTS = ["@polkadot/api", "PAPI", "dedot", "py-substrate-interface"];

// The names of the institutions of the development chain that the checks read.
export const NAMES = { regulator: "Regulator" };

const file = process.env.SCENE;
export const SCENE = file && existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
export const DIGEST = SCENE.digest;
