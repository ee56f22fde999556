import type { BinaryNode } from '@whiskeysockets/baileys';
import { Contact } from '../accounts/Contact';
import type { Group } from '../accounts/Group';
import type { LinkedDevice } from '../accounts/LinkedDevice';
import type { SimulatorContext } from '../SimulatorContext';
import { nowSeconds } from '../stanzas/bigEndian';
import { childOf, childrenOf, element } from '../stanzas/element';

/** WhatsApp's error for a recipient that does not exist. */
const NO_SUCH_RECIPIENT = 404;

/** A message of a client: acknowledged first, then handed to everyone it has a part for. */
export function receiveMessage(
	context: SimulatorContext,
	device: LinkedDevice,
	node: BinaryNode,
): void {
	const { id = '', to = '' } = node.attrs;
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
		person.acks.whenFlowing(acknowledge);
	} else {
		acknowledge();
	}
	if (group) return spreadInGroup(context, device, node, group);
	for (const { jid, encs } of toParts(node)) {
		const reader = context.directory.findPerson(jid);
		void reader?.read({ device, node, encs, group: undefined, addressedTo: toBare(jid) });
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
	const own = new Map<unknown, readonly BinaryNode[]>();
	for (const to of childrenOf(childOf(node, 'participants'))) {
		own.set(context.directory.findPerson(to.attrs.jid), childrenOf(to));
	}
	const only = context.directory.findPerson(node.attrs.participant);
	for (const reader of only ? [only] : group.participants) {
		const encs = [...(own.get(reader) ?? []), ...common];
		void reader.read({ device, node, encs, group, addressedTo: group.jid });
	}
}

/** The parts for single readers: under `<participants>`, or directly in a re-send or a peer message. */
function toParts(node: BinaryNode): Array<{ jid: string; encs: readonly BinaryNode[] }> {
	const parts = childrenOf(childOf(node, 'participants')).map((to) => ({
		jid: to.attrs.jid ?? '',
		encs: childrenOf(to),
	}));
	const direct = childrenOf(node).filter(({ tag }) => tag === 'enc');
	if (direct.length > 0) parts.push({ jid: node.attrs.to ?? '', encs: direct });
	return parts;
}

/** The JID without its device. */
const toBare = (jid: string): string => jid.replace(/:\d+@/, '@');
