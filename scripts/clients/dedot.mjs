// dedot, with keys as a wallet would hold them.

import { MerkleizedMetadata } from "@dedot/merkleized-metadata";
import { Keyring } from "@polkadot/api";
import { blake2AsHex, cryptoWaitReady, sortAddresses } from "@polkadot/util-crypto";
import { DedotClient, WsProvider } from "dedot";
import WebSocket from "ws";
import { ensure, generated, included, run, shown } from "./checks.mjs";
import { DIGEST, MEMBERS, NAMES, SCENE } from "./scene.mjs";
import { ofTexts } from "./texts.mjs";

globalThis.WebSocket ??= WebSocket;
// A refused transaction is a rejection that dedot lets nobody handle.
let unhandled;
process.on("unhandledRejection", (error) => {
	unhandled?.(error);
});

await cryptoWaitReady();
const keyring = new Keyring({ type: "sr25519" });
const key = (name) => keyring.addFromUri(`//${name}`);
const client = await DedotClient.new(new WsProvider(process.env.URL));
const [regulator, association, operator, arbiter] = ["Regulator", "Association", "Operator", "ArbiterTwo"].map(key);
const remark = (text) => client.tx.system.remarkWithEvent(text);

// Sends a transaction and waits for its block.
function send(tx, signer, options = {}) {
	return inBlock((told) => tx.signAndSend(signer, options, told));
}

// dedot asks the last finalized block whether a transaction is valid, which may not know yet what was just sent.
function sendFinal(tx, signer) {
	return inBlock((told) => tx.signAndSend(signer, {}, told), "Finalized");
}

function inBlock(start, until = "BestChainBlockIncluded") {
	return new Promise((resolve, reject) => {
		unhandled = reject;
		start((result) => {
			const { status, dispatchError } = result;
			if (status.type === "Invalid" || status.type === "Drop") return reject(new Error(status.value.error));
			if (status.type !== until) return;
			dispatchError ? reject(new Error(explained(dispatchError))) : resolve(result);
		}).catch(reject);
	}).finally(() => (unhandled = undefined));
}

function explained(error) {
	return client.registry.findErrorMeta(error)?.name ?? shown(error);
}

function found(result, pallet, name) {
	const record = result.events.find(({ event }) => event.pallet === pallet && event.palletEvent.name === name);
	ensure(record, `no event ${pallet}.${name}`);
	return record.event.palletEvent.data;
}

async function printed(hash) {
	const { block } = await client.rpc.chain_getBlock(hash);
	const { $Extrinsic } = client.registry;
	return block.extrinsics.map((bytes) => {
		const extrinsic = $Extrinsic.tryDecode(bytes);
		ensure(extrinsic.hash === blake2AsHex(bytes), "its hash of a transaction is wrong");
		return shown({ preamble: extrinsic.preamble, call: extrinsic.call });
	}).join();
}

async function extrinsicsAt(number) {
	const hash = await client.rpc.chain_getBlockHash(number);
	return hash && (await client.rpc.chain_getBlock(hash)).block.extrinsics;
}

const members = MEMBERS.map(key);
const others = (member) => sortAddresses(members.filter((one) => one !== member).map((one) => one.address), 42);
const anyWeight = { refTime: 1_000_000_000n, proofSize: 0n };
const authorise = (digest) => client.tx.cases.authorise("OnlineLending", { type: "Sha256", value: digest }, undefined);
const approve = (hash) => client.tx.multisig.approveAsMulti(2, others(members[0]), undefined, hash, anyWeight);
const row = (amount) => [{ identity: `0x${"01".repeat(32)}`, amount: BigInt(amount), class: 0 }];
const importRow = (amount) => client.tx.claims.import(SCENE.openRoll, 0, row(amount));
const trial = (call, signer) => ({
	encode: async (value) => call(value).callHex,
	send: (value) => send(call(value), signer).catch((error) => Promise.reject(new Error(said(error)))),
});

// What a rejection holds besides its words: the code of the pool.
function said(error) {
	return error.data ? shown(error.data) : error.message;
}

await run("dedot", {
	async generate() {
		return generated("npx dedot chaintypes -m ../../clients/sdk/metadata.scale -c winddown -o generated");
	},
	async sign() {
		await send(remark("signed by dedot"), regulator);
	},
	async digest() {
		const metadata = await client.call.metadata.metadataAtVersion(15);
		const digest = new MerkleizedMetadata(metadata, {
			decimals: 0,
			tokenSymbol: "NONE",
			ss58Prefix: 42,
			specName: client.runtimeVersion.specName,
			specVersion: client.runtimeVersion.specVersion,
		}).digest();
		const hex = typeof digest === "string" ? digest : `0x${Buffer.from(digest).toString("hex")}`;
		ensure(hex === DIGEST, `its own digest is ${hex}`);
		await send(remark("with the digest"), regulator, { metadataHash: hex });
	},
	async weight() {
		const info = await remark("weighed").paymentInfo(regulator.address);
		ensure(info.weight.refTime > 0n, "no weight");
		ensure(info.partialFee === 0n, "a fee");
		ensure(info.class === "Normal" || info.class.type === "Normal", `class ${info.class}`);
	},
	async print() {
		const { status } = await send(remark("printed by dedot"), regulator);
		const text = await printed(status.value.blockHash);
		ensure(text.includes("RemarkWithEvent") && text.includes(regulator.address), "the remark is not shown");
	},
	async names() {
		const institution = await client.query.consortium.institutions(regulator.address);
		ensure(institution.name === NAMES.regulator, `name ${institution.name}`);
		ensure(institution.roles.join() === "Regulator,Council", `roles ${institution.roles}`);
		const [[peer]] = await client.query.nodePermission.peers.entries();
		ensure(peer.startsWith("12D3KooW"), `peer ${peer}`);
	},
	async view() {
		const minimums = await client.view.cases.minimums();
		ensure(minimums.notice > 0n, "no minimum");
	},
	async motion() {
		const motion = client.tx.consortium.setRoles(arbiter.address, ["Arbiter", "Platform"]);
		const length = motion.callLength;
		const proposed = await send(client.tx.council.propose(2, motion.call, length), regulator);
		const { proposalIndex, proposalHash } = found(proposed, "Council", "Proposed");
		for (const member of [regulator, association]) {
			await send(client.tx.council.vote(proposalHash, proposalIndex, true), member);
		}
		const { weight } = await client.call.transactionPaymentCallApi.queryCallInfo(motion.call, length);
		const closed = await send(client.tx.council.close(proposalHash, proposalIndex, weight, length), operator);
		const { result } = found(closed, "Council", "Executed");
		ensure(result.isOk, JSON.stringify(result));
	},
	async proxy() {
		const [registrar, second] = [key("Registrar"), key("Registrar//dedot")];
		await sendFinal(client.tx.proxy.addProxy(second.address, "Operations", 0), registrar);
		const call = remark("second key").call;
		const acted = await send(client.tx.proxy.proxy(registrar.address, undefined, call), second);
		const { result } = found(acted, "Proxy", "ProxyExecuted");
		ensure(result.isOk, JSON.stringify(result));
	},
	async nothing() {
		const call = remark("nothing").call;
		const [left, nothing] = [undefined, null].map((kind) => client.tx.proxy.proxy(regulator.address, kind, call).callHex);
		ensure(nothing === left, "it writes the first kind, `Any`");
	},
	async stranger() {
		try {
			const call = remark("a stranger").call;
			await send(client.tx.proxy.proxy(regulator.address, undefined, call), key("Nobody"));
		} catch (error) {
			const { type, value } = error.data?.err?.value ?? {};
			ensure(type === "Custom" && value === 5, said(error));
			return { note: "in `error.data`; its message says only `Invalid - Custom`" };
		}
		throw new Error("a stranger acted");
	},
	async multisig() {
		const call = remark("all of us");
		const hash = blake2AsHex(call.callHex);
		const approved = await sendFinal(
			client.tx.multisig.approveAsMulti(2, others(members[0]), undefined, hash, anyWeight),
			members[0],
		);
		found(approved, "Multisig", "NewMultisig");
		const { when } = await client.query.multisig.multisigs([SCENE.multisig, hash]);
		const done = await send(client.tx.multisig.asMulti(2, others(members[1]), when, call.call, anyWeight), members[1]);
		const { result } = found(done, "Multisig", "MultisigExecuted");
		ensure(result.isOk, shown(result));
	},
	async intent() {
		const call = client.registry.findCodec(client.registry.metadata.extrinsic.callTypeId);
		const tx = client.toTx(call.tryDecode(SCENE.calls.dedot));
		found(await inBlock((told) => tx.send(told)), "Claims", "ClaimConfirmed");
	},
	async bare() {
		ensure((await printed(SCENE.blocks.bare.hash)).includes("Submit"), "the intent is not shown");
	},
	async ready() {
		const height = (await client.block.best()).number;
		await client.rpc.author_submitExtrinsic(SCENE.ready.dedot);
		await included(SCENE.ready.dedot, height, extrinsicsAt);
	},
	async general() {
		ensure((await printed(SCENE.blocks.general.hash)).includes("Submit"), "the intent is not shown");
	},
	...ofTexts({
		digest: trial(authorise, key("Platform")),
		hash: trial(approve, members[0]),
		amount: trial(importRow, key("Platform")),
	}),
});
process.exit(0);
