/** The name of a file from `Content-Disposition` (RFC 6266 and 5987), else from the URL's path. */
export function readFileName(url: string, disposition: unknown): string | null {
	const header = typeof disposition === 'string' ? disposition : '';
	return readExtended(header) ?? readPlain(header) ?? readPath(url);
}

/** `filename*=UTF-8''na%C3%AFve.txt`. */
function readExtended(header: string): string | undefined {
	const [, charset = '', text = ''] =
		/;\s*filename\*\s*=\s*"?([\w-]+)'[^']*'([^;"]*)/i.exec(header) ?? [];
	if (/^utf-8$/i.test(charset)) return decode(text.trim());
	if (!/^iso-8859-1$/i.test(charset)) return undefined;
	return text
		.trim()
		.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** `filename="na\"me.txt"` or `filename=name.txt`; many send UTF-8 there, which Node gives as Latin-1. */
function readPlain(header: string): string | undefined {
	const match = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(header);
	const text = match?.[1]?.replace(/\\(.)/g, '$1') ?? match?.[2];
	if (text === undefined) return undefined;
	const utf8 = Buffer.from(text, 'latin1').toString('utf8');
	return utf8.includes('\ufffd') ? text : utf8;
}

function readPath(url: string): string | null {
	const last = new URL(url).pathname.split('/').at(-1) ?? '';
	return decode(last) || null;
}

function decode(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}
