// Reads a receipt's code by the camera, where the browser itself can read QR codes.

const dialog = document.getElementById("camera");
const video = document.getElementById("video");
const PAUSE = 200;

/** Shows the button when scanning is possible; `found` takes the text, `failed` is told of no camera. */
export async function begin({ found, failed }) {
	if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
	const formats = await BarcodeDetector.getSupportedFormats();
	if (!formats.includes("qr_code")) return;
	const button = document.getElementById("scan");
	button.hidden = false;
	button.addEventListener("click", () => scan(found, failed));
	document.getElementById("camera-close").addEventListener("click", () => dialog.close());
}

async function scan(found, failed) {
	let stream;
	try {
		stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
	} catch {
		return failed();
	}
	video.srcObject = stream;
	dialog.showModal();
	await video.play();
	const text = await read();
	stream.getTracks().forEach((track) => track.stop());
	video.srcObject = null;
	dialog.close();
	if (text) found(text);
}

async function read() {
	const detector = new BarcodeDetector({ formats: ["qr_code"] });
	while (dialog.open) {
		const [code] = await detector.detect(video);
		if (code) return code.rawValue;
		await new Promise((resolve) => setTimeout(resolve, PAUSE));
	}
	return undefined;
}
