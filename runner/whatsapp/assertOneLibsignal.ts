const SESSION_CIPHER = /[\\/]libsignal[\\/]src[\\/]session_cipher\.js$/;

/**
 * Throws when more than one copy of libsignal is loaded: the mends reach one, and Baileys would lose
 * messages with the other. `loaded` are the paths of the modules of this process.
 */
export function assertOneLibsignal(loaded: readonly string[]): void {
	const copies = loaded.filter((path) => SESSION_CIPHER.test(path));
	if (copies.length <= 1) return;
	throw new Error(
		`libsignal is installed ${copies.length} times (${copies.join(', ')}). ` +
			'Remove n8n-nodes-api-whatsapp-web and install it anew: it needs one copy.',
	);
}
