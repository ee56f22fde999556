import { open } from 'node:fs/promises';

const SAMPLE_BYTES = 4096;

/** What a file without any known signature looks like from its first 4 KB. */
export type TextLook = 'html' | 'svg' | 'text' | 'binary';

/** Reads the beginning of a file and says whether it is text, and which. */
export async function sniffText(path: string): Promise<TextLook> {
	const sample = await readSample(path);
	const text = toText(sample);
	if (text === undefined) return 'binary';
	const start = text
		.replace(/^\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*/, '')
		.toLowerCase();
	if (/^<(?:!doctype html|html|head|body|script|title|meta)\b/.test(start)) return 'html';
	return /^(?:<!doctype svg[^>]*>\s*)?<svg\b/.test(start) ? 'svg' : 'text';
}

async function readSample(path: string): Promise<Buffer> {
	const file = await open(path, 'r');
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await file.close();
	}
}

/** UTF-8, or UTF-16 with its mark; older encodings pass as text when they hold no control characters. */
function toText(sample: Buffer): string | undefined {
	const isUtf16 = sample[0] === 0xff && sample[1] === 0xfe;
	const text = isUtf16 ? sample.toString('utf16le') : sample.toString('utf8');
	const hasControls = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text);
	return hasControls || isMostlyBroken(text) ? undefined : text;
}

/** Latin-1 text has a broken character now and then; compressed data has little else. */
function isMostlyBroken(text: string): boolean {
	const broken = text.split('\ufffd').length - 1;
	return broken > text.length / 2;
}
