import mime from 'mime';
import { toCanonicalType } from './toCanonicalType';

/** Where the usual extension is not the first one that is registered. */
const USUAL: Record<string, string> = {
	'application/zip': 'zip',
	'audio/mp4': 'm4a',
	'audio/mpeg': 'mp3',
	'audio/ogg': 'ogg',
	'image/jpeg': 'jpg',
	'text/vcard': 'vcf',
};

/**
 * The extension, without a dot, that a file of this type has: its name's own one if it stands for that
 * type, else the usual one, else what `found` says; `bin` when nothing is known.
 */
export function toExtension(
	mimetype: string,
	{ fileName, found }: { fileName?: string | null; found?: string } = {},
): string {
	const own = /\.([a-z0-9]{1,10})$/i.exec(fileName ?? '')?.[1]?.toLowerCase();
	if (own !== undefined && toCanonicalType(mime.getType(own) ?? '') === mimetype) return own;
	const bare = mimetype.split(';', 1)[0] ?? mimetype;
	return USUAL[bare] ?? mime.getExtension(bare) ?? found ?? 'bin';
}
