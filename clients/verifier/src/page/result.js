// Shows what the verification module found. Texts become text nodes: nothing of a file is ever markup.

import { say, time } from "./language.js";
import * as words from "./words.js";

const SHAPES = {
	good: "m7 13 4 4 7-9",
	warn: "M12.5 6v8m0 3.5v.5",
	bad: "m8 8 9 9m0-9-9 9",
};

/**
 * Shows a result in `place`: `{ answer, source, took, wanted, origin }`, where `wanted` is the receipt that
 * was asked for and `origin` the block at which a refused file begins. `save` keeps the file.
 */
export function show(place, result, save) {
	const { report, failure } = result.answer;
	const parts = report ? accepted(report, result) : refused(failure, result);
	while (place.firstChild) place.removeChild(place.firstChild);
	place.append(...parts, buttons(result, save), closing(result));
	place.hidden = false;
}

function accepted(report, { wanted }) {
	const { level, title, headline, notes } = judge(report, wanted);
	return [
		banner(level, title, headline, notes),
		heading(words.LABELS.summary),
		summary(report),
		...institutions(report.subject),
		heading(words.LABELS.proved),
		findings(report.proved, "proved"),
		heading(words.LABELS.not_proved),
		findings(report.not_proved, "not-proved"),
		details(report),
	];
}

/** How good a verified bundle is for whoever brought it. */
function judge(report, wanted) {
	const { subject, anchor } = report;
	const notes = anchor.kind === "checkpoint" ? [words.NOTES.checkpoint] : [];
	const { poll, ballot } = subject;
	const voting = poll !== undefined && poll.phase.phase === "voting";
	if (voting) notes.push(words.NOTES.voting);
	if (wanted && subject.kind === "no_ballot") return mismatch("vanished", notes);
	if (wanted && (!ballot || ballot.receipt !== wanted.code)) return mismatch("replaced", notes);
	const state = words.RECORD_STATES[subject.state];
	const headline = state || words.HEADLINES[voting && subject.kind === "ballot" ? "voting" : subject.kind];
	const level = notes.length > 0 ? "warn" : state ? state.level : "good";
	return { level, title: words.VERDICTS[level], headline, notes };
}

function mismatch(kind, notes) {
	const headline = words.HEADLINES[kind];
	return { level: "bad", title: words.VERDICTS.mismatch, headline, notes: [words.NOTES[kind], ...notes] };
}

function refused(failure, { origin }) {
	const notes = [failure];
	if (failure.code === "other_chain") {
		notes.push(origin && origin.number > 0 ? words.begins(origin) : words.NOTES.other_chain);
	} else {
		notes.push(words.NOTES.failed);
	}
	return [banner("bad", words.VERDICTS.bad, words.HEADLINES.failed, notes)];
}

function banner(level, title, headline, notes) {
	const box = element("div", { className: `banner ${level}` });
	const text = element("div");
	text.append(element("p", { className: "verdict", id: "verdict", textContent: say(title) }));
	text.append(element("p", { className: "headline", textContent: say(headline) }));
	text.append(...notes.map((note) => element("p", { textContent: say(note) })));
	box.append(icon(level), text);
	return box;
}

function icon(level) {
	const draw = (name, attributes) => {
		const shape = document.createElementNS("http://www.w3.org/2000/svg", name);
		Object.entries(attributes).forEach(([key, value]) => shape.setAttribute(key, value));
		return shape;
	};
	const svg = draw("svg", { viewBox: "0 0 25 25", class: "icon", "aria-hidden": "true" });
	svg.append(draw("circle", { cx: 12.5, cy: 12.5, r: 12 }), draw("path", { d: SHAPES[level] }));
	return svg;
}

function summary(report) {
	const { subject, block } = report;
	const rows = { evidence: ofEvidence, outcome: ofOutcome }[subject.kind] || ofBallot;
	return table([...rows(subject), ["as_of", `${time(block.time)} · ${say(words.LABELS.block)} ${block.number}`]]);
}

function ofBallot({ lender, poll, ballot }) {
	const rows = [["case", lender.case], ["row", lender.lender], ["poll", poll.poll]];
	const state = ["phase", say(words.phase(poll, time))];
	if (!ballot) return [...rows, state];
	const choices = ballot.choices.map((choice, at) => say(words.choice(choice, at + 1)));
	const kept = ballot.cast_at === null ? words.PLAINTEXT.absent : words.PLAINTEXT.shown;
	rows.push(["choices", choices], ["revision", say(words.revision(ballot.revision))], state);
	rows.push(["receipt", ballot.receipt], ["plaintext", say(kept)]);
	if (ballot.cast_at !== null) rows.push(["cast_at", time(ballot.cast_at)]);
	return rows;
}

function ofOutcome({ poll, result }) {
	const rows = [["case", result.case], ["poll", poll.poll]];
	result.items.forEach((item, at) => {
		rows.push(["outcome", say(words.outcome(item, at + 1))]);
		rows.push(["grounds", words.grounds(item).map((line) => say(line))]);
	});
	return [...rows, ["phase", say(words.phase(poll, time))]];
}

function ofEvidence(evidence) {
	return [
		["record", evidence.id],
		["case", evidence.case],
		["deposited", time(evidence.deposited_at)],
		["leaves", evidence.leaves],
		["plaintext", say(words.PLAINTEXT[evidence.plaintext.shown === "nothing" ? "absent" : "shown"])],
	];
}

/** Labels and values; a list of values stands one below the other. */
function table(rows) {
	const list = element("dl");
	for (const [label, value] of rows) {
		const lines = [value].flat().map((line) => element("div", { textContent: line }));
		const cell = element("dd");
		if (["receipt", "digest", "identity", "hash", "genesis", "checkpoint"].includes(label)) cell.className = "code";
		cell.append(...lines);
		list.append(element("dt", { textContent: say(words.LABELS[label]) }), cell);
	}
	return list;
}

function institutions({ kind, arbiters }) {
	if (kind !== "evidence") return [];
	const head = element("tr");
	for (const label of ["institution", "relation", "word"]) {
		head.append(element("th", { scope: "col", textContent: say(words.LABELS[label]) }));
	}
	const body = element("tbody");
	for (const { account, relation, word } of arbiters) {
		const row = element("tr");
		row.append(
			element("td", { className: "code", textContent: account }),
			element("td", { textContent: say(words.RELATIONS[relation]) }),
			element("td", { textContent: say(words.verdict(word)) }),
		);
		body.append(row);
	}
	const whole = element("table");
	const top = element("thead");
	top.append(head);
	whole.append(top, body);
	return [heading(words.LABELS.institutions), whole];
}

function findings(list, name) {
	const shown = element("ul", { className: `findings ${name}` });
	for (const finding of list) {
		const item = element("li");
		item.append(...marked(say(finding)));
		shown.append(item);
	}
	return shown;
}

/** Hashes and codes in a sentence, set apart from its words. */
function marked(text) {
	const parts = text.split(/((?:\w+:)?0x[0-9a-f]{64}|WD1(?:-\w{4}){9})/);
	return parts.map((part, at) => (at % 2 ? element("span", { className: "code", textContent: part }) : part));
}

function details({ subject, block, anchor }) {
	const { ballot, lender } = subject;
	const digest = subject.digest === undefined && ballot ? ballot.record : subject.digest;
	const rows = [
		["block", block.number],
		["hash", block.hash],
		["validators", block.validators],
		["changes", block.changes],
		["digest", digest],
		["identity", lender ? lender.identity : undefined],
		["genesis", anchor.kind === "checkpoint" ? anchor.genesis : anchor.hash],
		["checkpoint", anchor.block],
	];
	const box = element("details");
	box.append(element("summary", { textContent: say(words.LABELS.details) }));
	box.append(table(rows.filter(([, value]) => value !== undefined)));
	return box;
}

function buttons({ source }, save) {
	const box = element("div", { className: "actions" });
	const add = (label, act) => {
		const button = element("button", { type: "button", className: "plain", textContent: say(label) });
		button.addEventListener("click", act);
		box.append(button);
	};
	add(words.LABELS.print, () => print());
	if (source !== "file") add(words.LABELS.save, save);
	return box;
}

function closing({ source, took }) {
	const text = say(words.checked(words.SOURCES[source], took));
	return element("p", { className: "hint", textContent: text });
}

function heading(label) {
	return element("h3", { textContent: say(label) });
}

function element(name, properties = {}) {
	return Object.assign(document.createElement(name), properties);
}
