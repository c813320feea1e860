// What setup.mjs prepared, for every client.

import { existsSync, readFileSync } from "node:fs";

// Each has a lender of its own.
export const CLIENTS = ["@polkadot/api", "PAPI", "dedot", "py-substrate-interface", "sidecar"];

// What a client is not made for, it is not asked: Sidecar signs nothing, and two generate no types.
const OF_SIDECAR = ["print", "bare", "ready", "general"];
const WITHOUT_TYPES = ["@polkadot/api", "py-substrate-interface"];
export function isAsked(client, check) {
	if (client === "sidecar") return OF_SIDECAR.includes(check);
	return !(WITHOUT_TYPES.includes(client) && check === "generate");
}

// The names of the institutions of the development chain that the checks read.
export const NAMES = { regulator: "Regulator" };

// Three members of a multisig that is an institution, by the paths of their keys; two of them suffice.
export const MEMBERS = ["One", "Two", "Three"].map((name) => `Member//${name}`);

const digits = "0123456789abcdef".repeat(4);
// A digest, and what people make of one: no digits at all, the letters O and l for its first two digits, the digits
// of a longer digest, a pair of digits less.
export const TEXTS = {
	good: `0x${digits}`,
	zeros: `0x${"zz".repeat(32)}`,
	letter: `0xOl${digits.slice(2)}`,
	long: `0x${digits}${"f".repeat(64)}`,
	short: `0x${digits.slice(2)}`,
};

const file = process.env.SCENE;
export const SCENE = file && existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
export const DIGEST = SCENE.digest;
