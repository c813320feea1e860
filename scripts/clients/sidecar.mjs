// Substrate API Sidecar: blocks over HTTP. It signs nothing.

import { blake2AsHex } from "@polkadot/util-crypto";
import { ensure, run } from "./checks.mjs";
import { SCENE } from "./scene.mjs";

// What Sidecar answers; throws its message when it cannot.
async function ask(path, body) {
	const headers = { "content-type": "application/json" };
	const options = body ? { method: "POST", headers, body: JSON.stringify(body) } : {};
	const response = await fetch(`${process.env.SIDECAR}${path}`, options);
	const answer = await response.json();
	ensure(response.ok, `${response.status}: ${answer.message ?? answer.cause ?? answer.error}`);
	return answer;
}

async function printed({ hash, extrinsics }, method) {
	const block = await ask(`/blocks/${hash}`);
	for (const [index, extrinsic] of block.extrinsics.entries()) {
		ensure(extrinsic.hash === blake2AsHex(extrinsics[index]), `its hash of transaction ${index} is wrong`);
	}
	const found = block.extrinsics.find((extrinsic) => extrinsic.method.method === method);
	ensure(found, "the transaction is not shown");
	return found;
}

await run("sidecar", {
	async print() {
		const { signature } = await printed(SCENE.blocks.signed, "registerBatch");
		ensure(signature.signer.id === SCENE.registrar, `signer ${JSON.stringify(signature.signer)}`);
	},
	async bare() {
		await printed(SCENE.blocks.bare, "submit");
	},
	async ready() {
		const refused = await ask("/transaction", { tx: SCENE.ready.sidecar }).catch((error) => error);
		return refused instanceof Error ? "it makes other bytes of them, which the node does not take" : "";
	},
	async general() {
		await printed(SCENE.blocks.general, "submit");
	},
});
