// The page: takes a receipt code or a file, has it verified in this browser, shows the result.

import * as language from "./language.js";
import * as proof from "./proof.js";
import { show } from "./result.js";
import * as scanner from "./scan.js";
import { ERRORS, refusal, STARTS } from "./words.js";

const MAX_BYTES = 16 * 1024 * 1024;
const FIELDS = ["code", "file", "genesis", "checkpoint"];
const at = (id) => document.getElementById(id);

let result;
const errors = {};

/** Shows what is wrong with a field, or that nothing is. */
function complain(field, pair) {
	errors[field] = pair;
	const later = Boolean(pair && pair.later);
	at(`${field}-error`).textContent = pair ? language.say(pair) : "";
	at(`${field}-error`).classList.toggle("later", later);
	at(field).setAttribute("aria-invalid", String(Boolean(pair) && !later));
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
	const problem = at("genesis").value.trim() === "" ? ERRORS.no_genesis : ERRORS.not_a_hash;
	complain("genesis", genesis ? undefined : problem);
	complain("checkpoint", text === "" || checkpoint ? undefined : ERRORS.not_a_hash);
	if (!genesis) at("genesis").focus();
	else if (text !== "" && !checkpoint) at("checkpoint").focus();
	else return { genesis, checkpoint };
	return undefined;
}

async function begin() {
	FIELDS.forEach((field) => complain(field, undefined));
	result = undefined;
	at("result").hidden = true;
	// What did not come at the start may come now.
	if (at("genesis").value.trim() === "") await offer().catch(() => {});
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
	const { failure } = answer;
	const origin = failure && failure.code === "other_chain" ? (await proof.origin(bundle)).origin : undefined;
	return { answer, took, origin };
}

async function checkFile(file) {
	const trust = await begin();
	if (!trust || !file) return;
	if (file.size > MAX_BYTES) return complain("file", ERRORS.too_large);
	let bundle;
	try {
		bundle = new Uint8Array(await new Response(file).arrayBuffer());
	} catch {
		return complain("file", ERRORS.unreadable);
	}
	await check(bundle, trust, "file");
}

async function checkCode(text) {
	const trust = await begin();
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
			// A proxy before the service answers in words of its own.
			const { error } = await response.json().catch(() => ({ error: { code: "away" } }));
			return { error: refusal(error) };
		}
		const bundle = new Uint8Array(await response.arrayBuffer());
		return { bundle, source: response.headers.get("winddown-source") };
	} catch {
		return { error: ERRORS.offline };
	}
}

function save() {
	const { report } = result.answer;
	const receipt = report && report.subject.ballot ? report.subject.ballot.receipt : "proof";
	const address = URL.createObjectURL(new Blob([result.bundle], { type: "application/octet-stream" }));
	const name = `${result.wanted ? result.wanted.code : receipt}.wdproof`;
	Object.assign(document.createElement("a"), { href: address, download: name }).click();
	setTimeout(() => URL.revokeObjectURL(address), 60000);
}

/** Where the service's own trust begins is offered, and may be changed. */
async function offer() {
	const response = await fetch("/v1/health", { credentials: "omit" });
	const { genesis, checkpoint, version } = await response.json();
	if (at("genesis").value === "") at("genesis").value = grouped(genesis);
	if (checkpoint && at("checkpoint").value === "") at("checkpoint").value = grouped(checkpoint);
	at("checkpoint-box").open = Boolean(checkpoint);
	at("version").textContent = `winddown ${version}`;
}

/** In groups of four, as people compare them. */
const grouped = (hash) => hash.replace(/^0x/, "").replace(/.{4}(?=.)/g, "$& ");

function listen() {
	const check = async () => {
		at("check").disabled = true;
		await checkCode(at("code").value).finally(() => (at("check").disabled = false));
	};
	at("check").addEventListener("click", check);
	at("code").addEventListener("keydown", (event) => {
		if (event.key !== "Enter") return;
		event.preventDefault();
		if (!at("check").disabled) check();
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

/** Loads the module. What the page says until then goes when all is ready, and says more when it cannot be. */
async function start() {
	at("retry-box").hidden = true;
	at("if-it-stays").hidden = false;
	tell(STARTS.loading);
	try {
		await proof.load();
	} catch (why) {
		at("ways-out").classList.remove("late");
		at("if-it-stays").hidden = true;
		at("retry-box").hidden = why !== proof.LOST;
		return tell(why === proof.LOST ? STARTS.lost : STARTS.unfit);
	}
	listen();
	at("check").disabled = false;
	at("file").disabled = false;
	at("start").remove();
	scanner.begin({ found: scanned, failed: () => complain("code", ERRORS.no_camera) }).catch(() => {});
}

/** In both languages, as everything that the page says before it is ready. */
function tell({ zh, en }) {
	const english = document.createElement("span");
	english.lang = "en";
	english.textContent = en;
	at("start-state").textContent = zh;
	at("start-state").append(english);
}

function scanned(text) {
	at("code").value = text;
	checkCode(text);
}

language.begin(redraw);
at("code").value = decodeURIComponent(location.hash.slice(1));
offer().catch(() => {});
at("retry").addEventListener("click", start);
start();
