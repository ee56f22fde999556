import type { Readable } from 'node:stream';

const MAX_ANSWER_BYTES = 1024;

/** What is read on beyond the answer to keep the connection; whoever sends more loses it. */
const MAX_DRAINED_BYTES = 64 * 1024;

/** So long it may take to send the rest; then the connection is closed. */
const DRAIN_MS = 1000;

/** The first KB of a body as text; the rest is dropped. Rejects when the body breaks off before. */
export function readAnswer(body: Readable): Promise<string> {
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		let bytes = 0;
		let drain: NodeJS.Timeout | undefined;
		const finish = () => {
			resolve(Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES).toString('utf8'));
		};
		body.on('data', (chunk: Buffer) => {
			if (bytes < MAX_ANSWER_BYTES) chunks.push(chunk);
			bytes += chunk.length;
			if (bytes > MAX_DRAINED_BYTES) body.destroy();
			if (bytes < MAX_ANSWER_BYTES || drain) return;
			drain = setTimeout(() => body.destroy(), DRAIN_MS);
			finish();
		});
		body.once('end', finish);
		body.on('error', reject);
		body.once('close', () => {
			clearTimeout(drain);
			reject(new Error('the answer broke off'));
		});
	});
}
