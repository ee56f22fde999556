/**
 * What the nodes and an embedded runner agree on when the package is updated while the runner lives. The
 * nodes ask, the runner decides: for a newer version it goes, and for any version once its own program
 * is gone from the disk. An older version never replaces a newer one, so two processes of n8n with
 * different versions never take the runner from one another.
 */
export interface HandoverRequest {
	/** Of the one who asks. */
	version: string;
}

/** `successor.json`: older versions leave the folder to this one for a while. */
export interface PromisedSuccessor {
	version: string;
	/** ISO 8601: when the folder was promised. */
	at: string;
}

/** How long a promise keeps older versions from starting; a successor that cannot start is given up then. */
export const PROMISE_MS = 30_000;

/** Whether a folder is promised to a version newer than this one. `text` is that of `successor.json`. */
export function isPromisedToNewer(text: string, version: string, nowMs: number): boolean {
	const promise = toPromise(text);
	if (!promise) return false;
	// A clock that was set back must not keep the folder empty.
	const isRecent = Math.abs(nowMs - Date.parse(promise.at)) < PROMISE_MS;
	return isRecent && isNewerVersion(promise.version, version);
}

function toPromise(text: string): PromisedSuccessor | undefined {
	try {
		const { version, at } = JSON.parse(text) as Partial<PromisedSuccessor>;
		return typeof version === 'string' && typeof at === 'string' ? { version, at } : undefined;
	} catch {
		return undefined;
	}
}

/** Tells a file from another that was put in its place under the same name. */
export function toCodeIdentity(file: { dev: bigint; ino: bigint; birthtimeNs: bigint }): string {
	return `${file.dev}:${file.ino}:${file.birthtimeNs}`;
}

/** Whether version `a` comes after `b`, as semver.org orders them; what is no version comes first. */
export function isNewerVersion(a: string, b: string): boolean {
	return compare(toParts(a), toParts(b)) > 0;
}

type Parts = Array<number | string>;

/** The numbers, then what stands behind the dash; a release comes after all of its pre-releases. */
function toParts(version: string): Parts {
	const match = /^v?(\d+)\.(\d+)\.(\d+)(?:-([^+]+))?/.exec(version);
	if (!match) return [-1];
	const [, major, minor, patch, preRelease] = match;
	const numbers = [major, minor, patch].map(Number);
	if (preRelease === undefined) return [...numbers, 'release'];
	return [...numbers, '', ...preRelease.split('.').map(toIdentifier)];
}

function toIdentifier(text: string): number | string {
	return /^\d+$/.test(text) ? Number(text) : text;
}

function compare(a: Parts, b: Parts): number {
	for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
		const order = compareParts(a[index], b[index]);
		if (order !== 0) return order;
	}
	return 0;
}

/** Fewer parts come first, numbers before texts. */
function compareParts(a: number | string | undefined, b: number | string | undefined): number {
	if (a === b) return 0;
	if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
	if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
	return a < b ? -1 : 1;
}
