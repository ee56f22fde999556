import type { BinaryNode } from '@whiskeysockets/baileys';
import { Contact } from '../accounts/Contact';
import type { Group } from '../accounts/Group';
import type { LinkedDevice } from '../accounts/LinkedDevice';
import type { SimulatorContext } from '../SimulatorContext';
import { nowSeconds } from '../stanzas/bigEndian';
import { childOf, childrenOf, element } from '../stanzas/element';
import { toJidParts } from '../stanzas/jid';

/** WhatsApp's error for a recipient that does not exist. */
const NO_SUCH_RECIPIENT = 404;

/** WhatsApp's error for accounts that may begin no chats, and for the number of someone who goes by LID alone. */
const NAME_REFUSED = 463;

/** What one reader gets of a message. */
interface Part {
	readonly jid: string;
	readonly encs: readonly BinaryNode[];
}

/** A message of a client: acknowledged first, then handed to everyone it has a part for. */
export function receiveMessage(
	context: SimulatorContext,
	device: LinkedDevice,
	node: BinaryNode,
): void {
	const { id = '', to = '' } = node.attrs;
	if (device.losesMessages) {
		context.events.emit('messageLost', { device, id, to });
		return;
	}
	context.counters.messagesFromClient++;
	context.events.emit('messageFromClient', { device, id, to, node });
	const acknowledge = (error?: number): void => {
		device.deliverVolatile(
			element('ack', { class: 'message', id, from: to, t: nowSeconds(), error }),
		);
	};
	const group = context.directory.findGroup(to);
	const person = context.directory.findPerson(to);
	if (!group && !person) return acknowledge(NO_SUCH_RECIPIENT);
	if (person instanceof Contact) {
		const refusal = person.acks.takeRefusal();
		if (refusal) return acknowledge(refusal.error);
		if (!person.isReachedAt(to)) return person.acks.whenFlowing(() => acknowledge(NAME_REFUSED));
		person.acks.whenFlowing(acknowledge);
	} else {
		acknowledge();
	}
	if (group) return spreadInGroup(context, device, node, group);
	const parts = [...toParts(childOf(node, 'participants')), ...toDirectPart(node)];
	for (const { jid, encs } of parts) {
		const reader = context.directory.findPerson(jid);
		void reader?.read({ device, node, encs, group: undefined, addressedTo: jid });
	}
}

/** In a group everyone gets the common part, and some a sender key before it. */
function spreadInGroup(
	context: SimulatorContext,
	device: LinkedDevice,
	node: BinaryNode,
	group: Group,
): void {
	const common = childrenOf(node).filter(({ tag }) => tag === 'enc');
	const own = new Map(
		toParts(childOf(node, 'participants')).map(({ jid, encs }) => [
			context.directory.findPerson(jid),
			encs,
		]),
	);
	const only = context.directory.findPerson(node.attrs.participant);
	for (const reader of only ? [only] : group.participants) {
		const encs = [...(own.get(reader) ?? []), ...common];
		void reader.read({ device, node, encs, group, addressedTo: group.jid });
	}
}

/**
 * The parts for phones. Those for linked clients (device 1 and up) are left out: Baileys encrypts some for
 * its own device, and clients of other accounts are not reached from here.
 */
function toParts(participants: BinaryNode | undefined): Part[] {
	return childrenOf(participants)
		.filter(({ attrs }) => toJidParts(attrs.jid)?.device === 0)
		.map((to) => ({ jid: to.attrs.jid ?? '', encs: childrenOf(to) }));
}

/** A re-send or a peer message has its part directly in the message. */
function toDirectPart(node: BinaryNode): Part[] {
	const encs = childrenOf(node).filter(({ tag }) => tag === 'enc');
	return encs.length > 0 ? [{ jid: node.attrs.to ?? '', encs }] : [];
}
