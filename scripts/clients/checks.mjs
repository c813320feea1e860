// What each client is asked to do, and how the answers are told.

import { appendFileSync } from "node:fs";

// The checks, in the order of the table in docs/clients.md.
export const CHECKS = {
	generate: "generates its types from the metadata",
	sign: "signs and sends, with no code for this chain",
	digest: "signs with the digest of the metadata, as a hardware wallet asks for",
	weight: "asks for weight and fee of a call",
	print: "prints the block of a signed transaction, with the signer, and the right hash where it tells one",
	names: "shows an institution's name, roles and peer ids in words",
	view: "calls a view function",
	motion: "carries a motion of the council through, with the weight that it was told",
	proxy: "acts with an institution's second key",
	stranger: "tells a refusal of the pool by its code",
	multisig: "acts as a member of a multisig that is an institution",
	intent: "makes a bare transaction of a lender's intent and sends it",
	bare: "prints the block of a bare transaction of an intent, likewise",
	ready: "hands in a general transaction of an intent that is ready as bytes",
	general: "prints the block of a general transaction of an intent, likewise",
	nothing: "takes `null` for no kind of a proxy",
	zeros: "a digest `0xzz…` changes nothing on the chain",
	hash: "a hash `0xzz…` in `multisig.approveAsMulti` changes nothing on the chain",
	amount: "an amount of -1 changes nothing on the chain",
	letter: "letters for digits in a digest, O for 0 and l for 1, are noticed",
	long: "a digest of 64 bytes is noticed",
	short: "a digest of 31 bytes is noticed",
};

// Runs the checks of a client one after the other. A check that throws, or returns a text, is "no"; the text,
// or the first line of the error, says why. One that returns `{ note }` is "yes" with a remark.
export async function run(client, checks) {
	for (const [check, perform] of Object.entries(checks)) {
		if (!(check in CHECKS)) throw new Error(`unknown check ${check}`);
		let [ok, said] = [true, ""];
		try {
			const answer = (await within(90, perform())) ?? "";
			[ok, said] = typeof answer === "string" ? [answer === "", answer] : [true, answer.note];
		} catch (error) {
			[ok, said] = [false, firstLine(error)];
		}
		report(client, check, ok, said);
	}
}

function report(client, check, ok, said) {
	appendFileSync(process.env.RESULTS, `${JSON.stringify({ client, check, ok, said })}\n`);
	console.log(`${client}: ${CHECKS[check]}: ${ok ? "yes" : "no"}${said === "" ? "" : `: ${said}`}`);
}

export function ensure(condition, what) {
	if (!condition) throw new Error(what);
}

export function firstLine(error) {
	return String(error?.message ?? error).replace(/\s+/g, " ").trim().slice(0, 120);
}

// A value as text, for messages and for searching in it.
export function shown(value) {
	return JSON.stringify(value, (_, part) => (typeof part === "bigint" ? String(part) : part));
}

// Waits until a block holds `bytes`; `blockAt` gives a height's extrinsics, or nothing yet.
export async function included(bytes, height, blockAt) {
	for (let number = height; number < height + 10; number++) {
		let extrinsics = await blockAt(number);
		while (!extrinsics) {
			await new Promise((resolve) => setTimeout(resolve, 500));
			extrinsics = await blockAt(number);
		}
		if (extrinsics.includes(bytes)) return number;
	}
	throw new Error("no block took it");
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
