import { OLDEST_NODE, type PublishedRunner } from '../../contract';

/** The embedded runner could not be started; `reason` is how it ended and its last words. */
export function toFailure(reason: string, logPath: string): Error {
	return new Error(
		`The embedded session runner did not start: ${reason}\n` +
			`Its log is ${logPath}. Put right what it says there and try again; it is also tried again ` +
			'by itself. A runner started as a service (npx n8n-nodes-api-whatsapp-web) with its URL in ' +
			'the credential works as well.',
	);
}

/** Somebody owns the data folder, but cannot be reached from here. */
export function toUnreachable(dataDir: string, owner: PublishedRunner | undefined): Error {
	const who = owner ? `process ${owner.pid} at ${owner.url}` : 'a process that names no address';
	return new Error(
		`The embedded session runner belongs to ${who} (data folder ${dataDir}) and does not answer ` +
			'here. When n8n runs on several hosts or in several containers, start the session runner as a ' +
			'service (npx n8n-nodes-api-whatsapp-web) and choose "Session runner at a URL" in the ' +
			'credential.',
	);
}

/** The embedded runner is a child of n8n and runs on the same Node, which is too old for it. */
export function toNodeTooOld(version: string): Error {
	return new Error(
		`The embedded session runner needs Node.js ${OLDEST_NODE} or newer, and this n8n runs on ` +
			`${version}. Update n8n’s image, or its Node. Or start the session runner as a service on a ` +
			'newer Node (npx n8n-nodes-api-whatsapp-web) and choose "Session Runner at a URL" in the ' +
			'credential.',
	);
}
