import type { WASocket } from '@whiskeysockets/baileys';
import type { TypingRequest } from '../../../contract';
import type { Clock, Timer } from '../../Clock';

type TypingState = TypingRequest['state'];

/** Phones stop showing it some 25 s after the last word of it. */
const REPEAT_MS = 10_000;

/** Shows "typing…" and "recording…" in chats, for as long as was asked. */
export class TypingDisplay {
	private readonly timers = new Map<string, Timer>();

	constructor(
		private readonly sock: Pick<WASocket, 'sendPresenceUpdate'>,
		private readonly clock: Clock,
	) {}

	/** Resolves once it is shown; without `durationMs` it is left to the phone to end it. */
	async show(jid: string, state: TypingState, durationMs?: number): Promise<void> {
		this.cancel(jid);
		if (state !== 'paused' && durationMs !== undefined) this.goOn(jid, state, durationMs);
		try {
			await this.sock.sendPresenceUpdate(state, jid);
		} catch (error) {
			this.cancel(jid);
			throw error;
		}
	}

	private goOn(jid: string, state: TypingState, remainingMs: number): void {
		const waitMs = Math.min(remainingMs, REPEAT_MS);
		const timer = this.clock.setTimer(() => {
			const isOver = waitMs === remainingMs;
			const next = isOver ? this.show(jid, 'paused') : this.show(jid, state, remainingMs - waitMs);
			// The connection has ended, and what it showed with it.
			next.catch(() => undefined);
		}, waitMs);
		this.timers.set(jid, timer);
	}

	private cancel(jid: string): void {
		this.timers.get(jid)?.cancel();
		this.timers.delete(jid);
	}
}
