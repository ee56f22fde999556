/** The part of a `ws` WebSocket below Baileys that the runner takes hold of. */
export interface RawSocket {
	send(frame: Uint8Array, ...rest: Array<((error?: Error) => void) | object | undefined>): void;
	close(code?: number, reason?: string): void;
	terminate(): void;
}
