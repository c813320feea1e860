// Makes the table of docs/clients.md of the results, and compares it with the page; with WRITE=1 writes it there.

import { readFileSync, writeFileSync } from "node:fs";
import { CHECKS } from "./checks.mjs";
import { CLIENTS, isAsked, SCENE } from "./scene.mjs";

const page = process.argv[2];
const dependencies = (file) => JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8")).dependencies;
const packages = dependencies("./package.json");
const sidecar = dependencies("./sidecar/package.json");
const versions = {
	"@polkadot/api": packages["@polkadot/api"],
	PAPI: packages["polkadot-api"],
	dedot: packages.dedot,
	"py-substrate-interface": process.env.PYTHON_CLIENT.split("==")[1],
	sidecar: `${sidecar["@substrate/api-sidecar"]} (over @polkadot/api ${sidecar["@polkadot/api"]})`,
};

const lines = readFileSync(process.env.RESULTS, "utf8").trim().split("\n").filter(Boolean);
const results = lines.map((line) => JSON.parse(line));
const [notes, missing] = [[], []];

function cell(client, check) {
	if (!isAsked(client, check)) return "–";
	const result = results.find((known) => known.client === client && known.check === check);
	if (!result) {
		missing.push(`${client}: ${check}`);
		return "not run";
	}
	const word = result.ok ? "yes" : "no";
	if (result.said === "") return word;
	const known = notes.indexOf(result.said) + 1;
	return `${word} (${known === 0 ? notes.push(result.said) : known})`;
}

const table = [
	`| a client | ${CLIENTS.map((client) => `${client} ${versions[client]}`).join(" | ")} |`,
	`|---|${CLIENTS.map(() => "---").join("|")}|`,
	...Object.entries(CHECKS).map(
		([check, words]) => `| ${words} | ${CLIENTS.map((client) => cell(client, check)).join(" | ")} |`,
	),
];
const told = notes.map((note, index) => `${index + 1}. ${note.replaceAll("|", "/").replaceAll("<", "&lt;")}`);
const { call, general, bare } = SCENE.lengths;
const bytes =
	`A lender's confirmation is a call of ${call} bytes: ${bare} as a bare transaction, ${general} as a general one.`;
const made = [...table, "", "Remarks, in the clients' words where they fail:", "", ...told, "", bytes].join("\n");
if (missing.length > 0) {
	console.error(`these checks did not run, so nothing is written or compared:\n${missing.join("\n")}`);
	process.exit(1);
}

const [head, tail] = ["<!-- written by scripts/clients/table.mjs -->\n", "<!-- end -->"];
const text = readFileSync(page, "utf8");
const [from, to] = [text.indexOf(head) + head.length, text.indexOf(tail)];
if (process.env.WRITE) {
	writeFileSync(page, `${text.slice(0, from)}${made}\n${text.slice(to)}`);
	console.log(`written: ${page}`);
} else if (text.slice(from, to).trim() !== made.trim()) {
	console.log(made);
	console.error("docs/clients.md says something else: look at the difference, then run make clients WRITE=1");
	process.exit(1);
} else {
	console.log("docs/clients.md says what the clients showed");
}
