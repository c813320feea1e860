// The page: takes a receipt code or a file, has it verified in this browser, shows the result.

import * as language from "./language.js";
import * as proof from "./proof.js";
import { show } from "./result.js";
import * as scanner from "./scan.js";
import { ERRORS } from "./words.js";

const MAX_BYTES = 16 * 1024 * 1024;
const FIELDS = ["code", "file", "genesis", "checkpoint"];
const at = (id) => document.getElementById(id);

let result;
const errors = {};

/** Shows what is wrong with a field, or that nothing is. */
function complain(field, pair) {
	errors[field] = pair;
	at(`${field}-error`).textContent = pair ? language.say(pair) : "";
	at(field).setAttribute("aria-invalid", String(Boolean(pair)));
}

function redraw() {
	FIELDS.forEach((field) => complain(field, errors[field]));
	if (result) show(at("result"), result, save);
}

/** The hashes from which the lender wants to verify; nothing when one is malformed. */
function anchor() {
	const genesis = proof.hash(at("genesis").value);
	const text = at("checkpoint").value.trim();
	const checkpoint = text === "" ? undefined : proof.hash(text);
	complain("genesis", genesis ? undefined : ERRORS.not_a_hash);
	complain("checkpoint", text === "" || checkpoint ? undefined : ERRORS.not_a_hash);
	if (!genesis) at("genesis").focus();
	else if (text !== "" && !checkpoint) at("checkpoint").focus();
	else return { genesis, checkpoint };
	return undefined;
}

function begin() {
	FIELDS.forEach((field) => complain(field, undefined));
	result = undefined;
	at("result").hidden = true;
	return anchor();
}

/** Verifies a bundle and shows what came of it. */
async function check(bundle, trust, source, wanted) {
	try {
		result = { ...(await verify(bundle, trust)), source, wanted, bundle };
	} catch {
		// The module gave up: whatever the file is, it is none that this project writes.
		return complain(source === "file" ? "file" : "code", ERRORS.crashed);
	}
	show(at("result"), result, save);
	at("result").focus();
	at("result").scrollIntoView({ block: "start" });
}

async function verify(bundle, { genesis, checkpoint }) {
	const start = performance.now();
	const answer = await proof.verify(bundle, genesis, checkpoint);
	const took = Math.max(1, Math.round(performance.now() - start));
	const origin = answer.failure?.code === "other_chain" ? (await proof.origin(bundle)).origin : undefined;
	return { answer, took, origin };
}

async function checkFile(file) {
	const trust = begin();
	if (!trust || !file) return;
	if (file.size > MAX_BYTES) return complain("file", ERRORS.too_large);
	let bundle;
	try {
		bundle = new Uint8Array(await file.arrayBuffer());
	} catch {
		return complain("file", ERRORS.unreadable);
	}
	await check(bundle, trust, "file");
}

async function checkCode(text) {
	const trust = begin();
	if (!trust) return;
	const { receipt, failure } = await proof.receipt(text);
	const problem = text.trim() === "" ? ERRORS.no_code : failure;
	if (problem) {
		complain("code", problem);
		return at("code").focus();
	}
	at("code").value = receipt.code;
	if (receipt.genesis.some((byte, place) => byte !== trust.genesis[place])) {
		return complain("code", ERRORS.other_chain);
	}
	const answer = await ask(receipt.code);
	if (answer.error) return complain("code", answer.error);
	await check(answer.bundle, trust, answer.source, receipt);
}

/** The bundle of a receipt, as the service hands it out. */
async function ask(code) {
	try {
		const response = await fetch(`/v1/receipts/${code}`, { credentials: "omit" });
		if (!response.ok) {
			const { error } = await response.json();
			return { error: ERRORS[error.code] ?? { zh: error.message, en: error.message } };
		}
		const bundle = new Uint8Array(await response.arrayBuffer());
		return { bundle, source: response.headers.get("winddown-source") };
	} catch {
		return { error: ERRORS.offline };
	}
}

function save() {
	const { ballot } = result.answer.report?.subject ?? {};
	const address = URL.createObjectURL(new Blob([result.bundle], { type: "application/octet-stream" }));
	const name = `${result.wanted?.code ?? ballot?.receipt ?? "proof"}.wdproof`;
	Object.assign(document.createElement("a"), { href: address, download: name }).click();
	setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Where the service's own trust begins is offered, and may be changed. */
async function offer() {
	const response = await fetch("/v1/health", { credentials: "omit" });
	const { genesis, checkpoint, version } = await response.json();
	at("genesis").value ||= grouped(genesis);
	at("checkpoint").value ||= grouped(checkpoint ?? "");
	at("checkpoint-box").open = Boolean(checkpoint);
	at("version").textContent = `winddown ${version}`;
}

/** In groups of four, as people compare them. */
const grouped = (hash) => hash.replace(/^0x/, "").replace(/.{4}(?=.)/g, "$& ");

function listen() {
	at("code-form").addEventListener("submit", async (event) => {
		event.preventDefault();
		const button = event.submitter ?? at("code-form").querySelector("button");
		button.disabled = true;
		await checkCode(at("code").value).finally(() => (button.disabled = false));
	});
	at("code").addEventListener("keydown", (event) => {
		if (event.key !== "Enter") return;
		event.preventDefault();
		at("code-form").requestSubmit();
	});
	at("file").addEventListener("change", async () => {
		await checkFile(at("file").files[0]);
		// The same file can be picked again, after a hash was changed.
		at("file").value = "";
	});
	// A file that misses its place is not opened by the browser instead of this page.
	addEventListener("dragover", (event) => {
		event.preventDefault();
		at("drop").classList.add("over");
	});
	addEventListener("dragleave", () => at("drop").classList.remove("over"));
	addEventListener("drop", (event) => {
		event.preventDefault();
		at("drop").classList.remove("over");
		checkFile(event.dataTransfer.files[0]);
	});
}

language.begin(redraw);
at("code").value = decodeURIComponent(location.hash.slice(1));
offer().catch(() => {});
proof.load().then(listen, () => (at("broken").hidden = false));
scanner.begin({
	found: (text) => {
		at("code").value = text;
		checkCode(text);
	},
	failed: () => complain("code", ERRORS.no_camera),
}).catch(() => {});
