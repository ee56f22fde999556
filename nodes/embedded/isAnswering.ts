import { readFileSync } from 'node:fs';
import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import { TLSSocket } from 'node:tls';
import { KnownCertificates } from '../../contract';

interface ProbeOptions {
	timeoutMs: number;
	/** For an address on loopback: the file of a certificate that is believed without name and chain. */
	certificateFile?: string | undefined;
}

/** Whether a GET of this URL is answered with 200 within the time. Leaves no connection behind. */
export async function isAnswering(
	url: string,
	{ timeoutMs, certificateFile }: ProbeOptions,
): Promise<boolean> {
	const isOwn = url.startsWith('https:') && certificateFile !== undefined;
	const get = url.startsWith('https:') ? getHttps : getHttp;
	return await new Promise((resolve) => {
		const request = get(
			url,
			{
				agent: false,
				signal: AbortSignal.timeout(timeoutMs),
				...(isOwn && { rejectUnauthorized: false }),
			},
			(response) => {
				response.resume();
				resolve(response.statusCode === 200);
			},
		);
		request.once('error', () => resolve(false));
		if (isOwn) request.once('socket', (socket) => refuseOthers(socket, certificateFile));
	});
}

/** Ends a connection, before anything is sent, to who shows another certificate that is not trusted either. */
function refuseOthers(socket: unknown, certificateFile: string): void {
	if (!(socket instanceof TLSSocket)) return;
	socket.prependOnceListener('secureConnect', () => {
		const known = new KnownCertificates(() => read(certificateFile));
		const isBelieved = socket.authorized || known.includes(socket.getPeerX509Certificate());
		if (!isBelieved) socket.destroy(new Error('Not the certificate of n8n'));
	});
}

function read(path: string): string | undefined {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return undefined;
	}
}
