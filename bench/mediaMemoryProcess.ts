import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { SealedFile } from '../runner/media/sealed/SealedFile';
import { writeHashed } from '../runner/media/writeHashed';
import { downloadMedia } from '../runner/whatsapp/media/downloadMedia';
import type { MediaPointer } from '../runner/whatsapp/media/MediaKind';
import { uploadMedia } from '../runner/whatsapp/media/uploadMedia';

type Encoded<T> = { [K in keyof T]: T[K] extends Uint8Array | null ? string : T[K] };

/** What is to be uploaded or downloaded; bytes are base64. */
export interface MediaTransfer {
	host: string;
	/** The plain file. */
	path: string;
	pointer: Encoded<MediaPointer>;
}

const MB = 1024 * 1024;
const SAMPLE_MS = 2;

/** One transfer in a process of its own; tells its parent how far the resident memory rose meanwhile. */
async function main(direction: 'upload' | 'download'): Promise<void> {
	const [transfer] = (await once(process, 'message')) as [MediaTransfer];
	const run = direction === 'upload' ? await prepareUpload(transfer) : () => download(transfer);
	const before = process.memoryUsage.rss();
	const cpuBefore = process.cpuUsage();
	const startedAt = performance.now();
	let peak = before;
	const sampler = setInterval(() => {
		peak = Math.max(peak, process.memoryUsage.rss());
	}, SAMPLE_MS);
	await run();
	clearInterval(sampler);
	const tookMs = performance.now() - startedAt;
	const { user, system } = process.cpuUsage(cpuBefore);
	const size = transfer.pointer.fileLength ?? 0;
	const toMb = (bytes: number): string => `${(bytes / MB).toFixed(1)} MB`;
	process.send?.(
		`${direction} of ${toMb(size)}: resident memory ${toMb(before)} before, at most ${toMb(peak)}, ` +
			`growth ${toMb(peak - before)}; ${Math.round(tookMs)} ms, ` +
			`${Math.round((user + system) / 1000)} ms of CPU`,
	);
	process.disconnect();
}

/** The file as the store has it. */
async function prepareUpload({ host, path, pointer }: MediaTransfer): Promise<() => Promise<void>> {
	const sealedPath = `${path}.sealed`;
	const maxBytes = pointer.fileLength ?? 0;
	const written = await writeHashed(createReadStream(path), sealedPath, { maxBytes });
	const file = new SealedFile({ path: sealedPath, ...written });
	const attrs = { auth: 'auth', ttl: '300' };
	const content = [{ tag: 'host', attrs: { hostname: host } }];
	const answer = { tag: 'iq', attrs: {}, content: [{ tag: 'media_conn', attrs, content }] };
	return async () => {
		await uploadMedia({ query: async () => answer }, { file, kind: 'document' });
	};
}

async function download({ host, path, pointer }: MediaTransfer): Promise<void> {
	const toBytes = (text: string): Buffer => Buffer.from(text, 'base64');
	const { mediaKey, fileSha256, fileEncSha256, ...rest } = pointer;
	await downloadMedia(
		{
			...rest,
			mediaKey: toBytes(mediaKey),
			fileSha256: toBytes(fileSha256),
			fileEncSha256: toBytes(fileEncSha256),
		},
		{
			path: `${path}.fetched`,
			maxBytes: pointer.fileLength ?? 0,
			timeoutMs: 60_000,
			mediaHosts: [host],
		},
	);
}

void main(process.argv[2] === 'upload' ? 'upload' : 'download');
