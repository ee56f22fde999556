import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import type { Clock } from '../../Clock';
import type { SentCopy } from '../../messages/SentCopy';
import type { BaileysLog } from '../BaileysLog';
import { isConnectionEnd } from '../closeReason';
import type { ConnectionListener } from '../ConnectionListener';
import type { Identities } from '../incoming/Identities';
import { NoAnswerError } from '../NotSendableError';
import type { TurnQueue } from '../TurnQueue';
import { readRetry, type Retry } from './readRetry';
import { renewSession } from './renewSession';
import { RetryBudget } from './RetryBudget';
import { sendCopy } from './sendCopy';

/** When a receipt is looked at once more that could not be answered because WhatsApp did not. */
const LATER_MS = [1_000, 30_000, 120_000];
/** So many of them wait at the most; others, and those that were in vain, come again on the next connection. */
const MAX_WAITING = 100;

/** Why a message is not sent again; `unknown` is also one that was deleted here, or never accepted. */
export type RetryRefusal = 'unknown' | 'deleted' | 'stranger' | 'too_often' | 'malformed';

interface RetryDeskOptions {
	sock: WASocket;
	turns: TurnQueue;
	log: Pick<BaileysLog, 'begin' | 'assertAnswered'>;
	listener: Pick<ConnectionListener, 'copyOf'>;
	identities: Identities;
	clock: Clock;
	isOver: () => boolean;
	onRefused: (reason: RetryRefusal) => void;
}

/**
 * Answers those who ask for a message again, in Baileys' place: Baileys gives any message to anybody who
 * knows its id, in any chat. Here it is given to whom it was sent, on the device that asks; a person may
 * have linked that device later, as WhatsApp hands messages of a group to every device of its members.
 */
export class RetryDesk {
	private readonly budget: RetryBudget;
	private waiting = 0;

	constructor(private readonly options: RetryDeskOptions) {
		this.budget = new RetryBudget(options.clock);
	}

	/** False for a receipt that is none of its business. */
	async take(node: BinaryNode): Promise<boolean> {
		const { sock, identities, listener } = this.options;
		const { me } = sock.authState.creds;
		if (node.attrs.type !== 'retry' || !me) return false;
		const retry = readRetry(node, me, identities);
		// What Baileys itself has asked of the own phone stands in no journal.
		if (retry?.isOwn && retry.ids.every((id) => !listener.copyOf(id))) return false;
		if (retry) await this.answer(retry);
		else await this.refuse(node, 'malformed');
		return true;
	}

	/** It is acknowledged once all of it is answered: until then the server would deliver it again. */
	private async answer(retry: Retry, attempt = 0): Promise<void> {
		const { sock, isOver } = this.options;
		try {
			for (let id = retry.ids[0]; id !== undefined; id = retry.ids[0]) {
				await this.answerOne(retry, id);
				retry.ids.shift();
			}
		} catch (error) {
			if (isOver() || isConnectionEnd(error)) return;
			if (error instanceof NoAnswerError) return this.answerLater(retry, attempt);
		}
		await sock.sendMessageAck(retry.node);
	}

	private async answerOne(retry: Retry, id: string): Promise<void> {
		const { sock, log, listener, onRefused } = this.options;
		const copy = listener.copyOf(id);
		const refusal = copy ? toRefusal(retry, copy) : 'unknown';
		if (refusal) return onRefused(refusal);
		const { device, names } = retry;
		const person = names.toSorted().join(' ');
		if (!copy || !this.budget.take({ device, person, id })) return onRefused('too_often');
		log.begin();
		try {
			await renewSession(sock, retry, () => this.budget.mayAskForKeys(device));
		} catch (error) {
			log.assertAnswered();
			throw error;
		}
		log.assertAnswered();
		await sendCopy(sock, retry, { ...copy, id });
	}

	private answerLater(retry: Retry, attempt: number): void {
		const { clock, turns } = this.options;
		const waitMs = LATER_MS[attempt];
		if (waitMs === undefined || this.waiting >= MAX_WAITING) return;
		this.waiting += 1;
		clock.setTimer(() => {
			this.waiting -= 1;
			// When the connection has ended, it is delivered again on the next one.
			turns.take('stanza', () => this.answer(retry, attempt + 1)).catch(() => undefined);
		}, waitMs);
	}

	private async refuse(node: BinaryNode, reason: RetryRefusal): Promise<void> {
		this.options.onRefused(reason);
		await this.options.sock.sendMessageAck(node);
	}
}

function toRefusal(retry: Retry, copy: SentCopy): RetryRefusal | undefined {
	if (!retry.chats.includes(copy.chat)) return 'stranger';
	if (copy.isDeleted) return 'deleted';
	const isRecipient = retry.isOwn || !copy.chat.endsWith('@g.us') || copy.wentTo(retry.names);
	return isRecipient ? undefined : 'stranger';
}
