import type { RegistrationRefresh } from '../Faults';
import { nowSeconds } from '../stanzas/bigEndian';
import { element, SERVER_JID } from '../stanzas/element';
import type { UnlinkedClient } from './UnlinkedClient';

/**
 * Which secrets of one client are worth something. WhatsApp sends `companion_reg_refresh` when the phone
 * has scanned a code; the client has to make a new secret, show it in a new code, and acknowledge.
 */
export class RegistrationRefreshes {
	private readonly seen = new Set<string>();
	private readonly retired = new Set<string>();
	private readonly pending = new Set<string>();
	private requested = 0;

	constructor(private readonly client: UnlinkedClient) {}

	/** Asks the client for a new secret and retires those that a phone has seen. */
	request(child: RegistrationRefresh['child']): void {
		for (const secret of this.seen) this.retired.add(secret);
		const id = this.client.createId();
		this.pending.add(id);
		this.requested++;
		this.client.context.counters.registrationRefreshes++;
		const attributes = { from: SERVER_JID, type: 'companion_reg_refresh', id, t: nowSeconds() };
		this.client.send(element('notification', attributes, [element(child)]));
	}

	/** A secret that was shown before the refresh, as a phone camera would have seen it. */
	see(advSecret: string): void {
		this.seen.add(advSecret);
	}

	/** How often the client was asked. */
	get count(): number {
		return this.requested;
	}

	/** The client acknowledged a notification. */
	acknowledge(id: string): void {
		if (!this.pending.delete(id)) return;
		this.client.context.counters.registrationRefreshAcks++;
		this.client.context.events.emit('registrationRefreshAck');
	}

	/** Throws when the secret is retired, or the client has not acknowledged that its old ones are. */
	async check(advSecret: string, timeoutMs: number): Promise<void> {
		if (this.retired.has(advSecret)) {
			throw new Error('The QR code carries a secret that was retired by companion_reg_refresh');
		}
		await this.client.until(
			() => (this.pending.size === 0 ? true : undefined),
			'acknowledging companion_reg_refresh (its QR codes carry a retired secret until then)',
			timeoutMs,
		);
	}
}
