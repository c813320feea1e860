// @polkadot/api, on which Polkadot.js Apps is built.

import { ApiPromise, Keyring, WsProvider } from "@polkadot/api";
import { blake2AsHex, sortAddresses } from "@polkadot/util-crypto";
import { ensure, included, run } from "./checks.mjs";
import { DIGEST, MEMBERS, NAMES, SCENE } from "./scene.mjs";
import { ofTexts } from "./texts.mjs";

const provider = new WsProvider(process.env.URL);
const api = await ApiPromise.create({ provider, noInitWarn: true });
const keyring = new Keyring({ type: "sr25519" });
const key = (name) => keyring.addFromUri(`//${name}`);
const [regulator, association, operator] = ["Regulator", "Association", "Operator"].map(key);

// Sends a transaction and waits for its block.
function send(tx, signer, options = {}) {
	return new Promise((resolve, reject) => {
		tx.signAndSend(signer, options, (result) => {
			if (result.dispatchError) return reject(new Error(explained(result.dispatchError)));
			if (result.isInBlock) return resolve(result);
			if (result.isError) return reject(new Error(result.status.toString()));
		}).catch(reject);
	});
}

function explained(error) {
	if (!error.isModule) return error.toString();
	const { section, name } = api.registry.findMetaError(error.asModule);
	return `${section}.${name}`;
}

const remark = (text) => api.tx.system.remarkWithEvent(text);

// Reads a block as an explorer does: every transaction in words, with its signer and its hash.
async function printed(hash) {
	const { block } = await api.rpc.chain.getBlock(hash);
	const raw = (await provider.send("chain_getBlock", [hash.toString()])).block.extrinsics;
	const human = JSON.stringify(block.toHuman());
	for (const [index, ext] of block.extrinsics.entries()) {
		ext.toHuman();
		ensure(ext.hash.toHex() === blake2AsHex(raw[index]), `its hash of transaction ${index} is wrong`);
		void ext.signer.toString();
	}
	return human;
}

async function extrinsicsAt(number) {
	const hash = await provider.send("chain_getBlockHash", [number]);
	return hash && (await provider.send("chain_getBlock", [hash])).block.extrinsics;
}

// Carries a motion of the council through, as Polkadot.js Apps does: weight and length from the chain.
async function decide(call) {
	const length = call.method.encodedLength;
	const proposed = await send(api.tx.council.propose(2, call, length), regulator);
	const { data } = proposed.events.find(({ event }) => event.method === "Proposed").event;
	const [, index, hash] = data;
	await send(api.tx.council.vote(hash, index, true), regulator);
	await send(api.tx.council.vote(hash, index, true), association);
	const { weight } = await api.call.transactionPaymentCallApi.queryCallInfo(call.method, length);
	const closed = await send(api.tx.council.close(hash, index, weight, length), operator);
	const executed = closed.events.find(({ event }) => event.method === "Executed");
	ensure(executed.event.data[1].isOk, `the motion failed: ${executed.event.data[1]}`);
}

const second = key("Registrar//second");
const members = MEMBERS.map(key);
const others = (member) => sortAddresses(members.filter((one) => one !== member).map((one) => one.address), 42);
const anyWeight = { refTime: 1_000_000_000, proofSize: 0 };
const authorise = (digest) => api.tx.cases.authorise("OnlineLending", { Sha256: digest }, null);
const approve = (hash) => api.tx.multisig.approveAsMulti(2, others(members[0]), null, hash, anyWeight);
const row = (amount) => [{ identity: new Uint8Array(32).fill(1), amount, class: 0 }];
const importRow = (amount) => api.tx.claims.import(SCENE.openRoll, 0, row(amount));
const trial = (call, signer) => ({
	encode: async (value) => call(value).method.toHex(),
	send: (value) => send(call(value), signer),
});

await run("@polkadot/api", {
	async sign() {
		await send(remark("signed by @polkadot/api"), regulator);
	},
	async digest() {
		await send(remark("with the digest"), regulator, { mode: 1, metadataHash: DIGEST });
	},
	async weight() {
		const info = await remark("weighed").paymentInfo(regulator);
		ensure(info.weight.refTime.toBigInt() > 0n, "no weight");
		ensure(info.partialFee.toBigInt() === 0n, "a fee");
		ensure(info.class.isNormal, `class ${info.class}`);
	},
	async print() {
		const { status } = await send(remark("printed by @polkadot/api"), regulator);
		const human = await printed(status.asInBlock);
		ensure(human.includes("printed by @polkadot/api"), "the remark is not shown");
		ensure(human.includes(regulator.address), "the signer is not shown");
	},
	async names() {
		const institution = (await api.query.consortium.institutions(regulator.address)).toHuman();
		ensure(institution.name === NAMES.regulator, `name ${institution.name}`);
		ensure(institution.roles.join() === "Regulator,Council", `roles ${institution.roles}`);
		const [peer] = (await api.query.nodePermission.peers.keys())[0].toHuman();
		ensure(peer.startsWith("12D3KooW"), `peer ${peer}`);
	},
	async view() {
		if (api.view?.cases) return void (await api.view.cases.minimums());
		ensure(api.call.runtimeViewFunction.executeViewFunction, "it knows of none");
		return "it has no names for them: only `api.call.runtimeViewFunction` with a number and bytes";
	},
	async motion() {
		const newcomer = key("Newcomer").address;
		await decide(api.tx.consortium.admit(newcomer, "联合机构", ["Arbiter", "Platform"]));
		const { name, roles } = (await api.query.consortium.institutions(newcomer)).toHuman();
		ensure(name === "联合机构" && roles.join() === "Arbiter,Platform", `${name}: ${roles}`);
	},
	async proxy() {
		const registrar = key("Registrar");
		await send(api.tx.proxy.addProxy(second.address, "Operations", 0), registrar);
		const acted = await send(api.tx.proxy.proxy(registrar.address, null, remark("second key")), second);
		const executed = acted.events.find(({ event }) => event.method === "ProxyExecuted");
		ensure(executed.event.data[0].isOk, `it failed: ${executed.event.data[0]}`);
	},
	async nothing() {
		const { args } = api.tx.proxy.proxy(regulator.address, null, remark("nothing")).method;
		ensure(args[1].isNone, `it writes ${args[1]}`);
	},
	async stranger() {
		const stranger = key("Nobody");
		try {
			await send(api.tx.proxy.proxy(regulator.address, null, remark("a stranger")), stranger);
		} catch (error) {
			ensure(error.message.includes("Custom error: 5"), error.message);
			return;
		}
		throw new Error("a stranger acted");
	},
	async multisig() {
		const call = remark("all of us");
		const { weight } = await api.call.transactionPaymentCallApi.queryCallInfo(call.method, call.method.encodedLength);
		const approved = await send(
			api.tx.multisig.approveAsMulti(2, others(members[0]), null, call.method.hash, weight),
			members[0],
		);
		const when = (await api.query.multisig.multisigs(SCENE.multisig, call.method.hash)).unwrap().when;
		ensure(approved.events.some(({ event }) => event.method === "NewMultisig"), "no multisig");
		const done = await send(api.tx.multisig.asMulti(2, others(members[1]), when, call, weight), members[1]);
		const executed = done.events.find(({ event }) => event.method === "MultisigExecuted");
		ensure(executed.event.data[4].isOk, `it failed: ${executed.event.data[4]}`);
	},
	async intent() {
		const tx = api.tx(api.registry.createType("Call", SCENE.calls["@polkadot/api"]));
		const { events } = await new Promise((resolve, reject) => {
			tx.send((result) => {
				if (result.isInBlock) resolve(result);
				if (result.isError) reject(new Error(result.status.toString()));
			}).catch(reject);
		});
		ensure(events.some(({ event }) => event.method === "ClaimConfirmed"), "the claim is not confirmed");
	},
	async bare() {
		ensure((await printed(SCENE.blocks.bare.hash)).includes('"method":"submit"'), "the intent is not shown");
	},
	async ready() {
		const bytes = SCENE.ready["@polkadot/api"];
		const height = (await api.rpc.chain.getHeader()).number.toNumber();
		await provider.send("author_submitExtrinsic", [bytes]);
		await included(bytes, height, extrinsicsAt);
	},
	async general() {
		ensure((await printed(SCENE.blocks.general.hash)).includes('"method":"submit"'), "the intent is not shown");
	},
	...ofTexts({
		digest: trial(authorise, key("Platform")),
		hash: trial(approve, members[0]),
		amount: trial(importRow, key("Platform")),
	}),
});
process.exit(0);
