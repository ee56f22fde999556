import type { AutomaticView } from '../../contract';
import { ApiError } from '../ApiError';
import type { IncomingMessage } from '../messages/IncomingMessage';
import type { MessageJournal } from '../messages/MessageJournal';
import type { Staged } from '../whatsapp/ConnectionListener';
import type { Connection } from '../whatsapp/Connection';

interface CallDeskOptions {
	settings: () => Pick<AutomaticView, 'rejectCalls' | 'rejectCallsText'>;
	journal: Pick<MessageJournal, 'callOf' | 'callRejected'>;
	/** The open connection; throws the ApiError that says why there is none. */
	online: () => Pick<Connection, 'rejectCall'>;
	/** Sends a text through the queue. */
	answer: (jid: string, text: string) => Promise<unknown>;
}

/** Rejects calls: one that somebody names, and all that come where the instance is told to. */
export class CallDesk {
	constructor(private readonly options: CallDeskOptions) {}

	async reject(callId: string): Promise<void> {
		const call = this.options.journal.callOf(callId);
		if (!call) throw new ApiError('call_not_found');
		if (call.details.call?.status !== 'ringing') throw new ApiError('call_ended');
		const callerJid = toCallerJid(call);
		if (!callerJid) throw new ApiError('call_not_found', 'Nobody can tell who called.');
		await this.options
			.online()
			.rejectCall(callId, callerJid, () => this.options.journal.callRejected(callId));
	}

	/**
	 * Acts on a call that is new to the journal, once that is on disk: so never twice, whatever WhatsApp
	 * repeats. One that came while nobody was there is over, or as good as that.
	 */
	received(message: IncomingMessage, staged: Staged): Staged {
		const { call, late } = message.details;
		const isNew = call?.status === 'ringing' && staged.statements.length > 0;
		if (!isNew || late || !this.options.settings().rejectCalls) return staged;
		return {
			...staged,
			announce: () => {
				staged.announce?.();
				this.turnAway(message);
			},
		};
	}

	private turnAway(message: IncomingMessage): void {
		// Whether it worked is told by the event that says how the call has ended.
		this.reject(message.key.messageId).catch(() => undefined);
		const { rejectCallsText: text } = this.options.settings();
		// In a group the answer would go to all who never called.
		if (text === null || message.isGroup) return;
		// What becomes of the text, its own events tell; a full queue takes none.
		this.options.answer(message.key.chat, text).catch(() => undefined);
	}
}

/** As WhatsApp named the caller; of a group only where it was kept. */
function toCallerJid({ isGroup, key }: IncomingMessage): string {
	return isGroup ? key.participant : key.chat;
}
