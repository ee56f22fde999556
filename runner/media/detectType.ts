import { fileTypeFromBlob, supportedMimeTypes } from 'file-type';
import mime from 'mime';
import { DamagedFileError } from './sealed/DamagedFileError';
import type { BlobLike } from './sealed/SealedBlob';
import { sniffText } from './sniffText';
import { toCanonicalType } from './toCanonicalType';
import { toExtension } from './toExtension';

/** What a file is. `extension` has no dot. */
export interface DetectedType {
	mimetype: string;
	extension: string;
}

const UNKNOWN = 'application/octet-stream';

/** Containers of many formats: what was said of the file may be more exact, as for old Word files. */
const CONTAINERS = ['application/zip', 'application/x-cfb', 'application/gzip'];

const XML = 'application/xml';

/** Their frames need not start at the file's first byte, so that a signature may be missing. */
const WITHOUT_SIGNATURE = ['audio/mpeg', 'audio/aac'];

const signed = new Set([...supportedMimeTypes].map(toCanonicalType));

/**
 * What a file is: by its content; else, unless the content speaks against it, what was said of it,
 * then its name's extension; else `application/octet-stream`.
 */
export async function detectType(
	content: BlobLike,
	given: { mimetype?: string; fileName?: string | null },
): Promise<DetectedType> {
	const claims = toClaims(given);
	// A header that promises what the file does not hold is no signature.
	const found = await fileTypeFromBlob(content as Blob).catch(toNothing);
	const signature = found && toCanonicalType(found.mime);
	const isOpen =
		signature === undefined || signature === XML || (await isTextAsMpeg(signature, content));
	const mimetype = isOpen ? await judge(claims, content, signature) : refine(signature, claims);
	const { fileName } = given;
	return { mimetype, extension: toExtension(mimetype, { fileName, found: found?.ext }) };
}

function toNothing(error: unknown): undefined {
	if (error instanceof DamagedFileError) throw error;
}

/** The mark of UTF-16 text reads like the start of an MPEG frame. */
async function isTextAsMpeg(signature: string, content: BlobLike): Promise<boolean> {
	return signature === 'audio/mpeg' && (await sniffText(content)) === 'text';
}

/** What a signature leaves open is taken from what was said. */
function refine(signature: string, claims: string[]): string {
	// Audio alone is often written into the containers of videos.
	const asAudio = signature.replace(/^video\//, 'audio/');
	if (claims.includes(asAudio)) return asAudio;
	if (!CONTAINERS.includes(signature)) return signature;
	const isInside = (type: string) => !signed.has(type) || /(open|office)document/.test(type);
	return claims.find((type) => !isMedia(type) && !isText(type) && isInside(type)) ?? signature;
}

/** What was said of the file, the best first. */
function toClaims({
	mimetype,
	fileName,
}: {
	mimetype?: string;
	fileName?: string | null;
}): string[] {
	const said = toCanonicalType(mimetype?.split(';', 1)[0]?.trim() ?? '');
	const byName = toCanonicalType((fileName && mime.getType(fileName)) || '');
	return [said, byName].filter((type) => /^[\w.+-]+\/[\w.+-]+$/.test(type) && type !== UNKNOWN);
}

/** A claim that a file without a signature can live up to, else what it looks like. */
async function judge(claims: string[], content: BlobLike, signature?: string): Promise<string> {
	const look = await sniffText(content);
	const isTrue = (type: string) => !signed.has(type) || WITHOUT_SIGNATURE.includes(type);
	switch (look) {
		case 'html':
			return 'text/html';
		case 'svg':
			return 'image/svg+xml';
		case 'text':
			return claims.find((type) => isTrue(type) && !isMedia(type)) ?? toTextType(signature);
		case 'binary':
			return claims.find((type) => isTrue(type) && !isText(type)) ?? signature ?? UNKNOWN;
	}
}

function toTextType(signature?: string): string {
	return signature === XML ? XML : 'text/plain';
}

function isText(type: string): boolean {
	return type.startsWith('text/') || type === 'application/json' || type === 'image/svg+xml';
}

function isMedia(type: string): boolean {
	return /^(image|video|audio)\//.test(type);
}
