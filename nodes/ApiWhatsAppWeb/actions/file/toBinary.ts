import { Readable } from 'node:stream';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import type { Download } from '../../transport';
import { guardStream } from '../../transport';

/** What is known of a file besides what its server says. */
export interface KnownFile {
	/** A file without a name is called by it. */
	messageId: string;
	fileName?: string | null;
	mimetype?: string;
}

/**
 * Hands a download to n8n while it comes: on disk, in S3 or in the database it is never held as a whole.
 * Rejects with an ApiFailure when it breaks off, and nothing of it stays.
 */
export async function toBinary(
	{ helpers }: Pick<IExecuteFunctions, 'helpers'>,
	{ stream, maxBytes, ...found }: Download,
	known: KnownFile,
): Promise<IBinaryData> {
	const mimetype = known.mimetype ?? found.mimetype;
	const fileName = known.fileName ?? found.fileName ?? toFileName(known.messageId, mimetype);
	const guarded = Readable.from(guardStream(stream, { maxBytes }), { objectMode: false });
	return await helpers.prepareBinaryData(guarded, fileName, mimetype.split(';')[0]?.trim());
}

/** WhatsApp gives names to documents only. */
function toFileName(messageId: string, mimetype: string): string {
	const [, extension = 'bin'] = /^\w+\/(?:x-)?([\w-]+)/.exec(mimetype) ?? [];
	return `${messageId}.${EXTENSIONS[extension] ?? extension}`;
}

const EXTENSIONS: Record<string, string> = {
	jpeg: 'jpg',
	mpeg: 'mp3',
	plain: 'txt',
	'octet-stream': 'bin',
	'3gpp': '3gp',
	quicktime: 'mov',
};
