import type { BinaryNode } from '@whiskeysockets/baileys';
import type { LinkedDevice } from '../accounts/LinkedDevice';
import { receiveCall } from '../calls/receiveCall';
import { receiveChatState } from '../delivery/receiveChatState';
import { receiveAck, receiveReceipt } from '../delivery/receiveReceipt';
import { receiveMessage } from '../delivery/receiveMessage';
import { answerQuery } from '../queries/answerQuery';
import type { SimulatorContext } from '../SimulatorContext';
import { nowSeconds } from '../stanzas/bigEndian';
import { element } from '../stanzas/element';
import type { DropKind } from './dropKinds';
import type { ConnectionRole, NodeSocket } from './NodeSocket';

/** The connection of a linked client after `<success>`. */
export class LoggedInClient implements ConnectionRole {
	/** Whether the client has said `<active/>`: only then it gets stanzas of others. */
	ready = false;

	private constructor(
		private readonly context: SimulatorContext,
		/** For what no server should send. */
		readonly socket: NodeSocket,
		readonly device: LinkedDevice,
	) {}

	/** Greets the client. */
	static start(
		context: SimulatorContext,
		socket: NodeSocket,
		device: LinkedDevice,
	): LoggedInClient {
		const client = new LoggedInClient(context, socket, device);
		context.counters.logins++;
		device.attach(client);
		client.send(element('success', { t: nowSeconds(), lid: device.lid, location: 'sim' }));
		context.events.emit('login', device);
		return client;
	}

	receive(node: BinaryNode): void {
		switch (node.tag) {
			case 'iq':
				answerQuery(this.context, this, node);
				break;
			case 'message':
				receiveMessage(this.context, this.device, node);
				break;
			case 'receipt':
				this.send(element('ack', toReceiptAck(node)));
				receiveReceipt(this.context, this.device, node);
				break;
			case 'ack':
				receiveAck(this.context, this.device, node);
				break;
			case 'chatstate':
				receiveChatState(this.context, this.device, node);
				this.device.phone.presence.record(node);
				break;
			case 'presence':
				this.device.phone.presence.record(node);
				break;
			case 'call':
				receiveCall(this.context, this.device, node);
				break;
			default:
				// <ib> and the like need no answer.
				break;
		}
	}

	closed(): void {
		this.ready = false;
		this.device.detach(this);
	}

	/** Writes a stanza. */
	send(node: BinaryNode): void {
		this.socket.send(node);
	}

	/** Writes several stanzas at once. */
	cork(write: () => void): void {
		this.socket.cork(write);
	}

	/** Ends the connection; the device counts as offline at once. */
	drop(how: DropKind): void {
		this.socket.drop(how);
		this.closed();
	}
}

const toReceiptAck = ({ attrs }: BinaryNode): Record<string, string | undefined> => ({
	class: 'receipt',
	id: attrs.id,
	from: attrs.to,
	type: attrs.type,
	participant: attrs.participant,
});
