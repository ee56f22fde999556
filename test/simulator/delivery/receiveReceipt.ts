import type { BinaryNode } from '@whiskeysockets/baileys';
import { Reader } from '../accounts/Reader';
import type { LinkedDevice } from '../accounts/LinkedDevice';
import { countIn } from '../counters';
import { readRetryBundle } from '../queries/preKeys';
import { receiveMediaRequest } from './receiveMediaRequest';
import { reportProtocolError } from '../reportProtocolError';
import type { SimulatorContext } from '../SimulatorContext';
import { childOf, childrenOf } from '../stanzas/element';

/** A receipt of a client: settles the messages it names, or asks for one of them again. */
export function receiveReceipt(
	context: SimulatorContext,
	device: LinkedDevice,
	node: BinaryNode,
): void {
	const { to, type, participant, recipient } = node.attrs;
	for (const id of toIds(node)) {
		context.events.emit('receipt', { device, id, type, to, participant });
		if (type === 'retry') {
			context.counters.retryReceipts++;
			const sender = context.directory.findPerson(participant ?? to);
			sender
				?.resend(device, id, readRetryBundle(node))
				.catch((error: unknown) => reportProtocolError(context, error));
			continue;
		}
		if (type === 'server-error') {
			receiveMediaRequest(context, device, node);
			continue;
		}
		context.counters.receipts++;
		const author = context.directory.findPerson(participant ?? to);
		const isTaken = device.noteReceipt(id, type) && type !== undefined;
		if (isTaken && author instanceof Reader && (participant || author.isReachedAt(to ?? ''))) {
			author.traces.noteReceipt(id, type);
		}
		if (type !== 'hist_sync') {
			device.settleMessage(id, recipient ?? to, { by: 'receipt', detail: type });
		}
	}
}

/** An ack of a client; an error ack for a message means that it will never take it. */
export function receiveAck(
	context: SimulatorContext,
	device: LinkedDevice,
	node: BinaryNode,
): void {
	const { class: tag, id = '', to, error } = node.attrs;
	if (tag !== 'message') return device.settleOther(node);
	if (error === undefined) return device.settleMessage(id, to, { by: 'ack', detail: undefined });
	countIn(context.counters.nacks, error);
	context.events.emit('nack', { device, id, code: error });
	device.settleMessage(id, to, { by: 'nack', detail: error });
}

function toIds(node: BinaryNode): string[] {
	const items = childrenOf(childOf(node, 'list')).map(({ attrs }) => attrs.id ?? '');
	return [node.attrs.id ?? '', ...items];
}
