// What each client is asked to do, and how the answers are told.

import { appendFileSync } from "node:fs";

// The checks, in the order of the table in docs/clients.md.
export const CHECKS = {
	generate: "generates its types from the metadata",
	sign: "signs and sends, with no code for this chain",
	digest: "signs with the digest of the metadata, as a hardware wallet asks for",
	weight: "asks for weight and fee of a call",
	print: "prints the block of a signed transaction",
	names: "shows an institution's name, roles and peer ids in words",
	view: "calls a view function",
	motion: "carries a motion of the council through, with the weight that it was told",
	proxy: "acts with an institution's second key",
	refusal: "tells a refusal of the pool by its code",
	multisig: "acts as a member of a multisig that is an institution",
	intent: "makes the transaction of a lender's intent and sends it",
	ready: "hands in a lender's intent that is ready as bytes",
	block: "prints the block of a lender's intent",
};

// Runs the checks of a client one after the other. A check that throws, or returns a text, is "no"; the text,
// or the first line of the error, says why.
export async function run(client, checks) {
	for (const [check, perform] of Object.entries(checks)) {
		if (!(check in CHECKS)) throw new Error(`unknown check ${check}`);
		let said = "";
		try {
			said = (await within(60, perform())) ?? "";
		} catch (error) {
			said = firstLine(error);
		}
		report(client, check, said);
	}
}

export function report(client, check, said) {
	const line = JSON.stringify({ client, check, ok: said === "", said });
	appendFileSync(process.env.RESULTS, `${line}\n`);
	console.log(`${client}: ${CHECKS[check]}: ${said === "" ? "yes" : `no: ${said}`}`);
}

export function ensure(condition, what) {
	if (!condition) throw new Error(what);
}

export function firstLine(error) {
	return String(error?.message ?? error).replace(/\s+/g, " ").trim().slice(0, 120);
}

function within(seconds, promise) {
	const late = new Promise((_, reject) =>
		setTimeout(() => reject(new Error(`no answer within ${seconds} s`)), seconds * 1000).unref(),
	);
	return Promise.race([promise, late]);
}

// Runs a generator of types; what it says when it fails.
export async function generated(command) {
	const { spawnSync } = await import("node:child_process");
	const { status, stdout, stderr } = spawnSync(command, { shell: true, encoding: "utf8" });
	if (status === 0) return "";
	const errors = `${stdout}${stderr}`.split("\n").filter((line) => /error/i.test(line));
	return errors[0]?.trim().slice(0, 160) ?? `it ends with ${status}`;
}
