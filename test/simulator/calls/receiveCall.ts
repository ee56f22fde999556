import type { BinaryNode } from '@whiskeysockets/baileys';
import type { LinkedDevice } from '../accounts/LinkedDevice';
import type { SimulatorContext } from '../SimulatorContext';
import { childrenOf, element } from '../stanzas/element';

/** What a client does about a call: it can only refuse it. The caller is told, and the client gets an ack. */
export function receiveCall(
	{ directory }: SimulatorContext,
	device: LinkedDevice,
	{ attrs, content }: BinaryNode,
): void {
	const [child] = childrenOf({ tag: 'call', attrs, content });
	if (child?.tag === 'reject') {
		const { 'call-id': id, 'call-creator': creator } = child.attrs;
		directory.findCall(id)?.rejectFrom(device, { ...attrs, creator });
	}
	const ack = { class: 'call', id: attrs.id, from: attrs.to, type: child?.tag };
	device.deliverVolatile(element('ack', ack));
}
