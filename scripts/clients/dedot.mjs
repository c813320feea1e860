// dedot, with keys as a wallet would hold them.

import { MerkleizedMetadata } from "@dedot/merkleized-metadata";
import { Keyring } from "@polkadot/api";
import { cryptoWaitReady } from "@polkadot/util-crypto";
import { DedotClient, WsProvider } from "dedot";
import WebSocket from "ws";
import { ensure, firstLine, generated, run } from "./checks.mjs";
import { DIGEST, NAMES, SCENE } from "./scene.mjs";

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

function inBlock(start) {
	return new Promise((resolve, reject) => {
		unhandled = reject;
		start((result) => {
			const { status, dispatchError } = result;
			if (status.type === "Invalid" || status.type === "Drop") return reject(new Error(status.value.error));
			if (status.type !== "BestChainBlockIncluded") return;
			dispatchError ? reject(new Error(JSON.stringify(dispatchError))) : resolve(result);
		}).catch(reject);
	}).finally(() => (unhandled = undefined));
}

function found(result, pallet, name) {
	const record = result.events.find(({ event }) => event.pallet === pallet && event.palletEvent.name === name);
	ensure(record, `no event ${pallet}.${name}`);
	return record.event.palletEvent.data;
}

async function printed(hash) {
	const block = await client.rpc.chain_getBlock(hash);
	return block.block.extrinsics
		.map((bytes) => {
			const extrinsic = client.registry.$Extrinsic.tryDecode(bytes);
			return JSON.stringify(extrinsic.call ?? extrinsic, (_, part) => (typeof part === "bigint" ? `${part}` : part));
		})
		.join();
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
		ensure((await printed(status.value.blockHash)).includes("RemarkWithEvent"), "the remark is not shown");
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
		await send(client.tx.proxy.addProxy(second.address, "Operations", 0), registrar);
		const call = remark("second key").call;
		const acted = await send(client.tx.proxy.proxy(registrar.address, undefined, call), second);
		const { result } = found(acted, "Proxy", "ProxyExecuted");
		ensure(result.isOk, JSON.stringify(result));
	},
	async refusal() {
		try {
			const call = remark("a stranger").call;
			await send(client.tx.proxy.proxy(regulator.address, undefined, call), key("Nobody"));
		} catch (error) {
			ensure(/Custom/.test(firstLine(error)) && /5/.test(firstLine(error)), firstLine(error));
			return;
		}
		throw new Error("a stranger acted");
	},
	async intent() {
		const call = client.registry.findCodec(client.registry.metadata.extrinsic.callTypeId);
		const tx = client.toTx(call.tryDecode(SCENE.calls.dedot));
		await inBlock((told) => tx.send(told));
	},
	async ready() {
		await client.rpc.author_submitExtrinsic(SCENE.ready.dedot);
	},
	async block() {
		ensure((await printed(SCENE.block)).includes("Submit"), "the intent is not shown");
	},
});
process.exit(0);
