import type { WASocket } from '@whiskeysockets/baileys';

type Read = (data: Uint8Array) => Promise<void>;

/** Node's words for bytes that were not encrypted with the keys of this connection. */
const NOT_AUTHENTIC = /authenticat/i;

const NOTHING_NEW = new Uint8Array(0);

/** Baileys' own code for a session that is not as it should be. */
const BAD_SESSION = 500;

/**
 * Baileys begins to read what comes without waiting for what came before, and nobody looks at how that
 * ends: a compressed frame would be overtaken by the next one, and a frame that cannot be read would be
 * an unhandled rejection, which ends the runner with all its sessions. Here bytes are read in turn. A
 * frame that is no stanza is passed over: should it have been a message, it has no receipt, and the
 * server keeps it. A frame that was not encrypted for this connection ends it.
 */
export function readFramesInTurn({ ws, end }: Pick<WASocket, 'ws' | 'end'>): void {
	const readers = ws.listeners('message') as Read[];
	ws.removeAllListeners('message');
	const reason = Object.assign(new Error('The stream is broken'), {
		output: { statusCode: BAD_SESSION },
	});
	for (const read of readers) {
		let reading: Promise<unknown> = Promise.resolve();
		ws.on('message', (data: Uint8Array) => {
			reading = reading.then(() => readAll(read, data)).catch(() => end(reason));
		});
	}
}

/** Rejects when the stream itself is broken. */
async function readAll(read: Read, data: Uint8Array): Promise<void> {
	// Each failed attempt has consumed its frame; what came with it is read by the next one.
	for (let bytes = data; ; bytes = NOTHING_NEW) {
		try {
			return await read(bytes);
		} catch (error) {
			if (NOT_AUTHENTIC.test(String(error))) throw error;
		}
	}
}
