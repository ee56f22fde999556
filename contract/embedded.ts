import { hkdfSync } from 'node:crypto';

/**
 * What a session runner leaves in its data folder, so that other processes of the machine find it.
 * n8n's processes look for the embedded runner there; the runner never writes anything else for them.
 */
export const RUNNER_FILES = {
	/** Held by the owner of the folder for as long as it lives. Never open it but through SQLite. */
	lock: 'owner.lock',
	/** Where the owner listens: a `PublishedRunner`. Worth nothing while nobody holds the lock. */
	endpoint: 'runner.json',
	/** The admin key, readable by the folder's owner alone. */
	adminKey: 'admin-key',
	/** For whom a runner that is handing over leaves the folder: a `PromisedSuccessor`. */
	successor: 'successor.json',
} as const;

/** The runner's exit code when another process owns the data folder (EX_TEMPFAIL of sysexits.h). */
export const EXIT_OWNED_BY_ANOTHER = 75;

/** `runner.json`. `startedAt` is ISO 8601, `url` has no slash at its end. */
export interface PublishedRunner {
	url: string;
	pid: number;
	startedAt: string;
	version: string;
	/** Which copy of the program it runs, see `toCodeIdentity`; runners of before did not say. */
	code?: string;
}

/** Reads the text of `runner.json`; undefined for anything that is not one. */
export function toPublishedRunner(text: string): PublishedRunner | undefined {
	let fields: unknown;
	try {
		fields = JSON.parse(text);
	} catch {
		return undefined;
	}
	if (typeof fields !== 'object' || fields === null) return undefined;
	const { url, pid, startedAt, version, code } = fields as Record<string, unknown>;
	if (typeof url !== 'string' || !URL.canParse(url) || typeof pid !== 'number') return undefined;
	return {
		url: url.replace(/\/+$/, ''),
		pid,
		startedAt: typeof startedAt === 'string' ? startedAt : '',
		version: typeof version === 'string' ? version : '',
		...(typeof code === 'string' && { code }),
	};
}

/** Bytes of the key that protects what an embedded runner stores. */
const KEY_BYTES = 32;

/** The encryption key of an embedded runner, in hex: n8n's own stays with n8n. */
export function toEmbeddedKey(n8nKey: string): string {
	const bytes = hkdfSync('sha256', n8nKey, '', 'api-whatsapp-web master key', KEY_BYTES);
	return Buffer.from(bytes).toString('hex');
}
