import type { IncomingMessage } from 'node:http';
import { DEF_MEDIA_HOST, MEDIA_PATH_MAP } from '@whiskeysockets/baileys';
import type { WhatsAppProxy } from '../../proxy/WhatsAppProxy';
import { callMediaHost, readBody } from './callMediaHost';
import { MediaHostError, MediaTooLargeError } from './mediaErrors';
import { BAILEYS_KINDS, type MediaKind } from './MediaKind';
import { toEncryptedLength } from './toMediaKeys';

/** Where WhatsApp has put a file. */
export interface PostedMedia {
	url: string;
	directPath: string;
}

interface MediaPost {
	host: string;
	auth: string;
	kind: MediaKind;
	fileEncSha256: Buffer;
	/** Of the plain file. */
	fileLength: number;
	/** The encrypted file from its beginning. */
	encrypt: () => AsyncIterable<Uint8Array>;
	signal: AbortSignal | undefined;
	idleTimeoutMs: number;
	proxy: WhatsAppProxy | undefined;
}

/** The answer is a few lines of JSON. */
const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * Uploads to one host. Baileys' own upload cannot be called off, follows redirects with the authorisation
 * in hand and waits for ever when an answer breaks off. Throws MediaHostError, MediaTooLargeError.
 */
export async function postMedia(post: MediaPost): Promise<PostedMedia> {
	const response = await callMediaHost({
		url: toUploadUrl(post),
		method: 'POST',
		headers: {
			'content-type': 'application/octet-stream',
			'content-length': toEncryptedLength(post.fileLength),
		},
		body: post.encrypt(),
		signal: post.signal,
		idleTimeoutMs: post.idleTimeoutMs,
		proxy: post.proxy,
	});
	try {
		if (response.statusCode === 413)
			throw new MediaTooLargeError('The file is larger than WhatsApp takes.');
		if (response.statusCode !== 200) {
			throw new MediaHostError(`WhatsApp's media host answered ${response.statusCode}.`);
		}
		return toPosted(await readText(response));
	} finally {
		response.destroy();
	}
}

function toUploadUrl({ host, auth, kind, fileEncSha256 }: MediaPost): URL {
	const token = fileEncSha256.toString('base64url');
	const url = new URL(`https://${host}${MEDIA_PATH_MAP[BAILEYS_KINDS[kind]]}/${token}`);
	url.search = new URLSearchParams({ auth, token }).toString();
	return url;
}

async function readText(response: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of readBody(response)) {
		bytes += chunk.length;
		if (bytes > MAX_ANSWER_BYTES) throw notUnderstood();
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}

function toPosted(text: string): PostedMedia {
	const answer = parse(text);
	if (typeof answer?.direct_path !== 'string' || !answer.direct_path.startsWith('/')) {
		throw notUnderstood();
	}
	const { direct_path: directPath, url } = answer;
	return {
		directPath,
		url: typeof url === 'string' && url ? url : `https://${DEF_MEDIA_HOST}${directPath}`,
	};
}

function parse(text: string): { direct_path?: unknown; url?: unknown } | null {
	try {
		return JSON.parse(text) as { direct_path?: unknown; url?: unknown } | null;
	} catch {
		throw notUnderstood();
	}
}

const notUnderstood = (): MediaHostError =>
	new MediaHostError("The answer of WhatsApp's media host cannot be understood.");
