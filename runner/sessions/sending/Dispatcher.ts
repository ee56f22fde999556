import { ApiError } from '../../ApiError';
import type { Clock } from '../../Clock';
import type { Departure } from '../../messages/Departure';
import { MediaHostError, MediaTooLargeError } from '../../whatsapp/media/mediaErrors';
import { MissingFileError, NoAnswerError, NotSendableError } from '../../whatsapp/NotSendableError';
import { TurnDroppedError } from '../../whatsapp/TurnQueue';
import { Pauses } from './Pauses';
import type { PendingSend } from './PendingSend';
import type { RecipientCheck, Sender } from './Sender';

/** What was left unanswered is tried again after this time, so many times. */
const TRY_AGAIN_MS = 5_000;
const MAX_UNANSWERED = 3;

interface DispatcherOptions {
	clock: Clock;
	recipients: RecipientCheck;
	/** The open connection, if there is one. */
	sender: () => Sender | undefined;
	/** Whether it is still to be sent. */
	isWanted: (pending: PendingSend) => boolean;
	queue: DispatchedQueue;
}

/** What becomes of a message that is not sent at once. */
export interface DispatchedQueue {
	/** False when it could not be stored, and has failed. */
	store: (pending: PendingSend) => Promise<boolean>;
	/** It will never be sent, for a reason that is told. */
	refuse: (pending: PendingSend, reason: string) => Promise<void>;
	/** The caller alone hears of it: nothing has been kept. */
	fail: (pending: PendingSend, error: ApiError) => void;
	departureOf: (pending: PendingSend) => Departure;
}

/** Brings one message at a time to WhatsApp: its recipient checked, its file uploaded, in its own time. */
export class Dispatcher {
	private readonly pauses: Pauses;

	constructor(private readonly options: DispatcherOptions) {
		this.pauses = new Pauses(options.clock);
	}

	/**
	 * Hands it to the connection, once for each connection; without one it is stored. When the next
	 * connection opens it is dispatched again, whatever has become of it here.
	 */
	async dispatch(pending: PendingSend): Promise<void> {
		const { clock, isWanted, sender, queue } = this.options;
		if (!isWanted(pending) || (pending.handedTo && pending.handedTo === sender())) return;
		if (!(await this.pauses.wait(pending.remainingMs(clock.now())))) return;
		while (isWanted(pending)) {
			const current = sender();
			if (!current) {
				await queue.store(pending);
				return;
			}
			try {
				await this.send(pending, current);
				return;
			} catch (error) {
				if (!(await this.mayTryAgain(pending, error))) return;
			}
			if (!(await this.pauses.wait(TRY_AGAIN_MS))) return;
		}
	}

	/** What waits is not wanted any more, or has been dispatched again in its old order. */
	stopWaiting(): void {
		this.pauses.endAll();
	}

	private async send(pending: PendingSend, sender: Sender): Promise<void> {
		const { isWanted, queue } = this.options;
		if (!(await this.check(pending, sender))) return;
		const complete = await sender.complete(pending.outgoing);
		if (complete !== pending.outgoing) pending.change(complete);
		const { jid, typingMs } = pending.outgoing;
		if (typingMs > 0 && isWanted(pending)) {
			await sender.showTyping(jid, pending.typingState, typingMs);
		}
		if (!isWanted(pending)) return;
		await sender.send(pending.outgoing, queue.departureOf(pending));
		pending.handedTo = sender;
	}

	/** Whether it may be sent: the recipient exists, as far as anybody can tell. */
	private async check(pending: PendingSend, sender: Sender): Promise<boolean> {
		const { recipients, isWanted } = this.options;
		const { outgoing } = pending;
		if (outgoing.isChecked) return true;
		const resolved =
			recipients.known(outgoing.jid) ??
			(await recipients
				.resolve(outgoing.jid, (phones) => sender.askNumbers(phones))
				// WhatsApp limits these questions: who cannot be asked for is written to all the same.
				.catch(() => undefined));
		if (!isWanted(pending)) return false;
		if (resolved?.exists === false) {
			await this.refuseUnknown(pending);
			return false;
		}
		if (resolved) {
			pending.change({ ...outgoing, jid: resolved.jid ?? outgoing.jid, isChecked: true });
		}
		return true;
	}

	private async refuseUnknown(pending: PendingSend): Promise<void> {
		const { queue } = this.options;
		await pending.storing;
		if (pending.isStored) await queue.refuse(pending, 'not_on_whatsapp');
		else queue.fail(pending, new ApiError('not_on_whatsapp'));
	}

	private async mayTryAgain(pending: PendingSend, error: unknown): Promise<boolean> {
		const { queue, isWanted } = this.options;
		if (!isWanted(pending)) return false;
		const verdict = toVerdict(error);
		if (verdict !== undefined) {
			await queue.refuse(pending, verdict);
			return false;
		}
		const isStored = await queue.store(pending);
		if (!isStored || error instanceof TurnDroppedError) return false;
		if (++pending.unanswered < MAX_UNANSWERED) return true;
		await queue.refuse(pending, toLastWord(error));
		return false;
	}
}

/** Why trying again would be of no use. */
function toVerdict(error: unknown): string | undefined {
	if (error instanceof NotSendableError) return 'not_sendable';
	if (error instanceof MissingFileError) return 'file_missing';
	if (error instanceof MediaTooLargeError) return 'file_too_large';
	return undefined;
}

function toLastWord(error: unknown): string {
	if (error instanceof NoAnswerError) return 'no_answer';
	return error instanceof MediaHostError ? 'upload_failed' : 'send_failed';
}
