import type { BlobLike } from './sealed/SealedBlob';

const SAMPLE_BYTES = 4096;

/** What a file without any known signature looks like from its first 4 KB. */
export type TextLook = 'html' | 'svg' | 'text' | 'binary';

/** Reads the beginning of a file and says whether it is text, and which. */
export async function sniffText(content: BlobLike): Promise<TextLook> {
	const text = toText(Buffer.from(await content.slice(0, SAMPLE_BYTES).arrayBuffer()));
	if (text === undefined) return 'binary';
	const start = text
		.replace(/^\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*/, '')
		.toLowerCase();
	if (/^<(?:!doctype html|html|head|body|script|title|meta)\b/.test(start)) return 'html';
	return /^(?:<!doctype svg[^>]*>\s*)?<svg\b/.test(start) ? 'svg' : 'text';
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
