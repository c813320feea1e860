// Prepares a development chain: a multisig that is an institution, a case with one lender for each client, whose
// keys are bound, a case whose roll is open, and a block with a lender's intent in each form. Writes what the
// clients need to know into $SCENE.

import { ApiPromise, Keyring, WsProvider } from "@polkadot/api";
import { compactToU8a, stringToU8a, u8aConcat, u8aToHex } from "@polkadot/util";
import { createKeyMulti, encodeAddress } from "@polkadot/util-crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { included } from "./checks.mjs";
import { CLIENTS, MEMBERS, TEXTS } from "./scene.mjs";

const provider = new WsProvider(process.env.URL);
const api = await ApiPromise.create({ provider, noInitWarn: true });
const keyring = new Keyring({ type: "sr25519" });
const key = (name) => keyring.addFromUri(`//${name}`);

function send(tx, name) {
	return new Promise((resolve, reject) => {
		tx.signAndSend(key(name), (result) => {
			if (result.dispatchError) {
				const { isModule, asModule } = result.dispatchError;
				const said = isModule ? api.registry.findMetaError(asModule).name : result.dispatchError;
				return reject(new Error(`${tx.method.method}: ${said}`));
			}
			if (result.isInBlock) resolve(result);
		}).catch(reject);
	});
}

async function admitMultisig() {
	const members = MEMBERS.map((name) => key(name).address);
	const multisig = encodeAddress(createKeyMulti(members, 2), 42);
	const admit = api.tx.consortium.admit(multisig, "三人组", ["Arbiter"]);
	const length = admit.method.encodedLength;
	const proposed = await send(api.tx.council.propose(2, admit, length), "Regulator");
	const [, index, hash] = proposed.events.find(({ event }) => event.method === "Proposed").event.data;
	for (const member of ["Regulator", "Association"]) {
		await send(api.tx.council.vote(hash, index, true), member);
	}
	const { weight } = await api.call.transactionPaymentCallApi.queryCallInfo(admit.method, length);
	await send(api.tx.council.close(hash, index, weight, length), "Operator");
	return multisig;
}

// One case of the platform, with the shortest windows that the chain allows.
async function openCase(number) {
	const notice = { Sha256: new Uint8Array(32).fill(number) };
	const half = { part: "For", base: "Eligible", measure: "Heads", bound: "MoreThan", numerator: 1, denominator: 2 };
	const rule = { scope: "WholeRoll", tests: [half] };
	const now = (await api.query.timestamp.now()).toNumber();
	const terms = {
		resolution: rule, election: rule, plan: rule, max_rounds: 2, max_revotes: 2, seats: 3, reserves: 2,
		candidate_floor: 0, deemed: "Never", confirmation_window: 60_000, voting_window: 60_000,
		review_window: 60_000, grace: 60_000,
	};
	const arbiters = ["ArbiterOne", "ArbiterTwo"].map((name) => ({
		account: key(name).address, relation: "Independent",
	}));
	const policy = { arbiters, required: 2, independent: 1 };
	await send(api.tx.cases.authorise("OnlineLending", notice, null), "Platform");
	const platform = key("Platform").address;
	const opened = await send(api.tx.cases.open(platform, "OnlineLending", notice, now, terms, policy), "Association");
	return opened.events.find(({ event }) => event.method === "CaseOpened").event.data[0].toNumber();
}

const multisig = await admitMultisig();
const [caseId, openRoll] = [await openCase(1), await openCase(2)];
const lender = (row) => key(`Lender//${row}`);
// A row for each client, one for each block that all of them read, one to be measured.
const owners = [...CLIENTS, "bare", "general", "measured"];
const rows = owners.map((_, row) => ({ identity: new Uint8Array(32).fill(row + 1), amount: 100, class: 0 }));
await send(api.tx.claims.import(caseId, 0, rows), "Platform");
const { digest: rollDigest } = (await api.query.claims.rolls(caseId)).unwrap();
await send(api.tx.claims.lock(caseId, rows.length, 100 * rows.length, rollDigest), "Platform");
const registrations = rows.map((_, row) => ({ lender: row, key: { Sr25519: lender(row).publicKey } }));
const registered = await send(api.tx.identityRegistry.registerBatch(caseId, registrations, null), "Registrar");

// A signed intent of a row to confirm its claim, as the call `intents.submit`. A second one of the row fails,
// which is the intent's own failure: it is carried all the same.
async function intent(row, sequence) {
	const call = api.tx.claims.confirm(100).method;
	const validUntil = (await api.query.timestamp.now()).toNumber() + 3_600_000;
	const body = { case: caseId, lender: row, sequence, valid_until: validUntil, call };
	const type = api.tx.intents.submit.meta.args[0].type;
	const draft = api.registry.createType(type.toString(), { intent: body, signature: { Sr25519: new Uint8Array(64) } });
	const bytes = draft.toU8a();
	const unsigned = bytes.subarray(0, bytes.length - 65);
	const payload = u8aConcat(stringToU8a("winddown/intent/v1"), api.genesisHash.toU8a(), unsigned);
	const signed = u8aConcat(unsigned, [1], lender(row).sign(payload));
	return u8aConcat(api.tx.intents.submit.callIndex, signed);
}

// A general transaction, format 5: version and extensions, none of which a lender has to choose.
function general(call) {
	const [version, extensions] = [[0x45, 0x00], [0x00, 0x00, 0x00, 0x00]];
	const body = u8aConcat(version, extensions, call);
	return u8aConcat(compactToU8a(body.length), body);
}

// A bare transaction, format 4.
function bare(call) {
	const body = u8aConcat([0x04], call);
	return u8aConcat(compactToU8a(body.length), body);
}

// Raw: whether a client can decode the block is what is tried.
async function extrinsicsAt(number) {
	const hash = await provider.send("chain_getBlockHash", [number]);
	return hash && (await provider.send("chain_getBlock", [hash])).block.extrinsics;
}

async function blockOf(bytes) {
	const height = (await api.rpc.chain.getHeader()).number.toNumber();
	await provider.send("author_submitExtrinsic", [u8aToHex(bytes)]);
	const number = await included(u8aToHex(bytes), height, extrinsicsAt);
	return blockAt(await provider.send("chain_getBlockHash", [number]));
}

// A block by its hash, with the bytes of its transactions.
async function blockAt(hash) {
	return { hash, extrinsics: (await provider.send("chain_getBlock", [hash])).block.extrinsics };
}

// The same lender's intent for each client: as a call, which it has to put into a transaction itself, and later
// another one that is ready to be handed in.
const [calls, ready] = [{}, {}];
for (const [row, client] of CLIENTS.entries()) {
	calls[client] = u8aToHex(await intent(row, 1));
	ready[client] = u8aToHex(general(await intent(row, 2)));
}
const row = (owner) => owners.indexOf(owner);
const blocks = {
	signed: await blockAt(registered.status.asInBlock.toHex()),
	bare: await blockOf(bare(await intent(row("bare"), 1))),
	general: await blockOf(general(await intent(row("general"), 1))),
};
const measured = await intent(row("measured"), 1);
const digest = readFileSync(new URL("../../runtime/metadata-hash.txt", import.meta.url), "utf8").trim();
const lengths = { call: measured.length, general: general(measured).length, bare: bare(measured).length };
const registrar = key("Registrar").address;
const scene = { caseId, openRoll, multisig, registrar, calls, ready, blocks, digest, lengths, texts: TEXTS };
writeFileSync(process.env.SCENE, JSON.stringify(scene, null, "\t"));
console.log(`a lender's confirmation: ${JSON.stringify(lengths)} bytes`);
process.exit(0);
