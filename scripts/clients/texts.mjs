// Texts that are no values: whether the client refuses them, and what the chain says of the bytes that it
// writes for them.

import { ensure } from "./checks.mjs";
import { TEXTS } from "./scene.mjs";

// The checks of a client. `digest`, `hash` and `amount` each have `encode`, the call's bytes in hex, and
// `send`, which throws what the chain says.
export function ofTexts({ digest, hash, amount }) {
	return {
		zeros: () => harmless(digest, TEXTS.good, TEXTS.zeros, "ZeroDigest"),
		// 8 is the pool's code.
		hash: () => harmless(hash, TEXTS.good, TEXTS.zeros, /Custom error: 8\b|Custom.*\b8\b/),
		amount: () => harmless(amount, 1, -1, "AmountTooLarge"),
		letter: () => noticed(digest, TEXTS.letter),
		long: () => noticed(digest, TEXTS.long),
		short: () => noticed(digest, TEXTS.short),
	};
}

// Either the client refuses the text, or the chain does what it wrote, by this name.
async function harmless({ encode, send }, good, text, name) {
	ensure(await encode(good), "it refuses a good value, too");
	try {
		await encode(text);
	} catch {
		return { note: "the client refuses it" };
	}
	try {
		await send(text);
	} catch (error) {
		ensure(error.message.match(name), error.message);
		return { note: `the client writes other bytes, and the chain refuses them: ${named(name)}` };
	}
	return "the client writes other bytes, and the chain takes them";
}

const named = (name) => (typeof name === "string" ? name : "ZeroHash, code 8");

// Whether the client refuses the text: for another digest the chain can only take it.
async function noticed({ encode }, text) {
	const good = await encode(TEXTS.good);
	const place = good.indexOf(TEXTS.good.slice(2));
	ensure(place > 0, "it writes a good digest as something else");
	let written;
	try {
		written = await encode(text);
	} catch {
		return { note: "the client refuses it" };
	}
	const digest = written.slice(place, place + TEXTS.good.length - 2);
	const pieces = (hex) => `0x${hex.slice(0, 8)}…${hex.slice(-4)}`;
	return `the client writes ${pieces(digest)} for ${pieces(text.slice(2))}`;
}
