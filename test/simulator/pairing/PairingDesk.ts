import { Notifier } from '../waiting/Notifier';
import type { UnlinkedClient } from './UnlinkedClient';

/** The clients that wait to be linked, by the references in their QR codes and the numbers they asked codes for. */
export class PairingDesk {
	/** Notified when a client asks for a pairing code. */
	readonly changed = new Notifier();
	readonly clients = new Set<UnlinkedClient>();
	private readonly byRef = new Map<string, UnlinkedClient>();
	private readonly usedRefs = new Set<string>();
	private readonly byNumber = new Map<string, UnlinkedClient>();

	/** A client shows codes with these references. */
	open(client: UnlinkedClient, refs: readonly string[]): void {
		this.clients.add(client);
		for (const ref of refs) this.byRef.set(ref, client);
	}

	/** A client is linked or gone; its references are worth nothing any more. */
	close(client: UnlinkedClient): void {
		this.clients.delete(client);
		for (const ref of client.refs) this.byRef.delete(ref);
		for (const [number, other] of this.byNumber) {
			if (other === client) this.byNumber.delete(number);
		}
	}

	/** A reference was scanned with success and cannot be used again. */
	use(ref: string): void {
		this.usedRefs.add(ref);
	}

	/** The client that shows a reference; throws when it is used or unknown. */
	findByRef(ref: string): UnlinkedClient {
		if (this.usedRefs.has(ref)) throw new Error('The reference in the QR code was used before');
		const client = this.byRef.get(ref);
		if (!client) {
			throw new Error(
				'The reference in the QR code is unknown: its client is gone, or another server gave it',
			);
		}
		return client;
	}

	/** A client asked for a pairing code for that number. */
	askForCode(number: string, client: UnlinkedClient): void {
		this.byNumber.set(number, client);
		this.changed.notify();
	}

	/** The client that asked last for a pairing code for that number. */
	findByNumber(number: string): UnlinkedClient | undefined {
		return this.byNumber.get(number);
	}
}
