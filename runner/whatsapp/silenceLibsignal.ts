/* eslint-disable no-console -- this is where the console is kept from printing keys; nothing is printed from here */
/** How libsignal 6.0.0 begins what it prints; some of these are followed by sessions with private keys. */
const LIBSIGNAL_OUTPUT =
	/^(?:Closing |Opening |Removing old closed session|Migrating session|Session (?:error|already)|Decrypted message with closed|Failed to decrypt message with any|V1 session storage|Unhandled bucket type|WARNING: Expected pubkey)/;

let isSilenced = false;

/** Keeps libsignal from printing sessions, private keys included, to the console of the process. */
export function silenceLibsignal(): void {
	if (isSilenced) return;
	isSilenced = true;
	for (const level of ['info', 'warn', 'error'] as const) {
		const print = console[level].bind(console);
		console[level] = (...parts: unknown[]) => {
			if (typeof parts[0] === 'string' && LIBSIGNAL_OUTPUT.test(parts[0])) return;
			print(...parts);
		};
	}
}
