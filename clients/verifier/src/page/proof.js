// The verification module: WebAssembly without imports, so that it can reach nothing but its own memory.

const ADDRESS = "/page/proof.wasm";
const LENGTH = 4;
/** How every module begins; what a network's own page is, which answers in its place, does not. */
const MAGIC = [0x00, 0x61, 0x73, 0x6d];
let module;

/** Why there is no module: this browser cannot run it, or it did not arrive. */
export const UNFIT = "unfit";
export const LOST = "lost";

/**
 * Fetches the module. It is kept: what comes later needs no network. Rejects with `UNFIT` or `LOST`: a failed
 * download says nothing about the browser.
 */
export async function load() {
	if (typeof WebAssembly !== "object" || typeof TextDecoder !== "function") throw UNFIT;
	const bytes = await download();
	try {
		module = await WebAssembly.compile(bytes);
		await WebAssembly.instantiate(module, {});
	} catch {
		throw UNFIT;
	}
}

async function download() {
	try {
		const response = await fetch(ADDRESS, { credentials: "omit" });
		const bytes = new Uint8Array(await response.arrayBuffer());
		if (!response.ok || MAGIC.some((byte, place) => bytes[place] !== byte)) throw LOST;
		return bytes;
	} catch {
		throw LOST;
	}
}

/** The report on a bundle, or why it proves nothing. */
export function verify(bundle, genesis, checkpoint) {
	return checkpoint
		? call("winddown_verify_from", [bundle, genesis, checkpoint])
		: call("winddown_verify", [bundle, genesis]);
}

/** At which block a bundle begins. */
export const origin = (bundle) => call("winddown_origin", [bundle]);

/** What a receipt code names. */
export const receipt = (code) => call("winddown_receipt", [new TextEncoder().encode(code)]);

/** The bytes of a hash that a person typed, or nothing. */
export function hash(text) {
	const digits = text.replace(/\s/g, "").replace(/^0x/i, "");
	if (!/^[0-9a-f]{64}$/i.test(digits)) return undefined;
	return Uint8Array.from(digits.match(/../g), (pair) => parseInt(pair, 16));
}

// Each call has an instance of its own: nothing is left over from the one before, also not of one that
// failed. The first argument is passed with its length, the others are hashes.
async function call(name, values) {
	const { exports } = await WebAssembly.instantiate(module, {});
	const places = values.map((value) => {
		const place = exports.winddown_alloc(value.length);
		new Uint8Array(exports.memory.buffer, place, value.length).set(value);
		return place;
	});
	const answer = exports[name](places[0], values[0].length, ...places.slice(1));
	const { buffer } = exports.memory;
	const length = new DataView(buffer).getUint32(answer, true);
	return JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, answer + LENGTH, length)));
}

