import type { Readable } from 'node:stream';
import type { IExecuteFunctions } from 'n8n-workflow';
import { ApiFailure } from './ApiFailure';
import type { Download } from './Download';
import { toDownload } from './Download';
import { toTooLarge } from './guardStream';
import { createSender } from './sendRequest';
import { toNetworkFailure } from './toNetworkFailure';

const TIMEOUT_MS = 60_000;

interface UrlDownload {
	url: string;
	/** The service's own origin: its files need no further check. */
	trustedOrigin: string;
	maxBytes: number;
}

/**
 * Opens a file at an address that came with an event. Nobody signs the hosted service's events, so the
 * address may lead anywhere: it has to be public, carries no key, and redirects are not followed.
 */
export async function downloadUrl(
	context: IExecuteFunctions,
	{ url, trustedOrigin, maxBytes }: UrlDownload,
): Promise<Download> {
	await assertPublic(context, url, trustedOrigin);
	const { status, headers, body } = await createSender(context)({
		method: 'GET',
		url,
		headers: {},
		timeoutMs: TIMEOUT_MS,
		isDownload: true,
	}).catch((error: unknown): never => {
		const connection = { kind: 'hosted', baseUrl: url } as const;
		throw toNetworkFailure(error, { connection, timeoutMs: TIMEOUT_MS });
	});
	const download = toDownload(body as Readable, headers);
	const isTooLarge = (download.size ?? 0) > maxBytes;
	if (status >= 200 && status < 300 && !isTooLarge) return { ...download, maxBytes };
	download.stream.destroy();
	throw isTooLarge ? toTooLarge(maxBytes) : toRefused(url, status);
}

async function assertPublic(
	{ helpers }: IExecuteFunctions,
	url: string,
	trustedOrigin: string,
): Promise<void> {
	if (!URL.canParse(url)) throw toNoAddress('is no URL');
	const { origin, protocol } = new URL(url);
	if (origin === trustedOrigin) return;
	if (protocol !== 'https:') throw toNoAddress('is not https');
	// Older versions of n8n have no such filter.
	const filter = helpers.getSecureEgressFilter?.('enforced');
	const result = await filter?.validateUrl(url);
	if (result?.ok === false) throw toNoAddress('is not public');
}

function toNoAddress(what: string): ApiFailure {
	return new ApiFailure(`The address of the file ${what}`, {
		hint: 'Only https:// addresses of public hosts are opened, as anybody who knows the webhook URL could have sent this one.',
	});
}

function toRefused(url: string, status: number): ApiFailure {
	return new ApiFailure(`${new URL(url).origin} does not give the file (HTTP ${status})`, {
		hint: 'The link may have expired.',
		status,
		isRemote: true,
	});
}
