import { isJidGroup, type WASocket } from '@whiskeysockets/baileys';
import type { Clock } from '../Clock';
import type { Statement } from '../storage/Statement';
import { isConnectionEnd } from './closeReason';
import { NoAnswerError, NotSendableError } from './NotSendableError';
import { QUERY_TIMEOUT_MS } from './openSocket';
import { TurnDroppedError, type TurnQueue } from './TurnQueue';

export interface OutgoingText {
	messageId: string;
	jid: string;
	text: string;
}

interface TextSenderOptions {
	sock: WASocket;
	turns: TurnQueue;
	stage: (rows: readonly Statement[]) => void;
	isOver: () => boolean;
	clock: Clock;
}

/** Sends texts over one connection, each in a turn of its own. */
export class TextSender {
	constructor(private readonly options: TextSenderOptions) {}

	/**
	 * The rows are committed before the message leaves. Resolves when Baileys has written it, which is
	 * not yet WhatsApp's acceptance. Rejects with NotSendableError when nobody can receive it, with
	 * NoAnswerError when WhatsApp left that open, with TurnDroppedError when the connection has ended.
	 */
	async send(message: OutgoingText, rows: readonly Statement[]): Promise<void> {
		const { sock, turns, stage, clock } = this.options;
		await turns.take('send', async () => {
			const beganAt = clock.now();
			try {
				await this.assertReachable(message.jid);
				stage(rows);
				// null: looking for a preview would open the first link of the text.
				const content = { text: message.text, linkPreview: null };
				await sock.sendMessage(message.jid, content, { messageId: message.messageId });
			} catch (error) {
				throw this.toVerdict(error, clock.now() - beganAt);
			}
		});
	}

	/**
	 * Baileys takes a query without answer for a recipient without devices, sends to the own phone alone,
	 * and WhatsApp accepts that. The devices are cached, so the send does not ask again.
	 */
	private async assertReachable(jid: string): Promise<void> {
		if (isJidGroup(jid)) return;
		const devices = await this.options.sock.getUSyncDevices([jid], true, false);
		if (devices.length === 0) throw new NotSendableError();
	}

	/** Baileys goes on after queries that failed, and ends with an error that names something else. */
	private toVerdict(error: unknown, waitedMs: number): Error {
		if (this.options.isOver() || isConnectionEnd(error)) return new TurnDroppedError();
		return waitedMs >= QUERY_TIMEOUT_MS ? new NoAnswerError() : new NotSendableError();
	}
}
