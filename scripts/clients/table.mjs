// Makes the table of docs/clients.md of the results, and compares it with the page; with WRITE=1 writes it there.

import { readFileSync, writeFileSync } from "node:fs";
import { CHECKS } from "./checks.mjs";
import { CLIENTS, SCENE } from "./scene.mjs";

const page = process.argv[2];
const packages = JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8")).dependencies;
const versions = {
	"@polkadot/api": packages["@polkadot/api"],
	PAPI: packages["polkadot-api"],
	dedot: packages.dedot,
	"py-substrate-interface": "1.8.1",
};

const lines = readFileSync(process.env.RESULTS, "utf8").trim().split("\n").filter(Boolean);
const results = lines.map((line) => JSON.parse(line));
const notes = [];

function cell(client, check) {
	const result = results.find((known) => known.client === client && known.check === check);
	if (!result) return "not run";
	if (result.ok) return "yes";
	let number = notes.indexOf(result.said) + 1;
	if (number === 0) number = notes.push(result.said);
	return `no (${number})`;
}

const table = [
	`| a client | ${CLIENTS.map((client) => `${client} ${versions[client]}`).join(" | ")} |`,
	`|---|${CLIENTS.map(() => "---").join("|")}|`,
	...Object.entries(CHECKS).map(
		([check, words]) => `| ${words} | ${CLIENTS.map((client) => cell(client, check)).join(" | ")} |`,
	),
];
const told = notes.map((note, index) => `${index + 1}. \`${note.replaceAll("`", "'")}\``);
const { call, general, bare } = SCENE.lengths;
const bytes = `A lender's confirmation is a call of ${call} bytes and a general transaction of ${general}; a bare one would have ${bare}.`;
const made = [...table, "", "Where the answer is no, the client says:", "", ...told, "", bytes].join("\n");

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
