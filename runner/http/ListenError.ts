const REMEDIES: Readonly<Record<string, string>> = {
	EADDRINUSE: 'Another program listens there: stop it, or choose another port with AWW_PORT.',
	EACCES: 'This user may not listen there: choose a port above 1023 with AWW_PORT.',
	EADDRNOTAVAIL: 'This machine does not have that address: check AWW_HOST.',
	ENOTFOUND: 'This name cannot be looked up: check AWW_HOST.',
};

/** The runner cannot listen where it should. The message says where, why and what to do. */
export class ListenError extends Error {
	override readonly name = 'ListenError';

	constructor({ host, port }: { host: string; port: number }, cause: unknown) {
		const code = (cause as NodeJS.ErrnoException | null)?.code ?? '';
		const remedy = REMEDIES[code] ?? 'Check AWW_HOST and AWW_PORT.';
		super(`Cannot listen on ${host} port ${port}${code && ` (${code})`}. ${remedy}`, { cause });
	}
}
