import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Contact } from './accounts/Contact';
import type { ReceivedMessage } from './accounts/Inbox';
import type { LinkedDevice } from './accounts/LinkedDevice';
import type { Person } from './accounts/Person';

/** A receipt a client sent for one message. */
export interface ClientReceipt {
	readonly device: LinkedDevice;
	readonly id: string;
	/** undefined means delivered; else `inactive`, `sender`, `peer_msg`, `hist_sync`, `read`, `played`, `retry`, … */
	readonly type: string | undefined;
	/** The chat, as the client wrote it. */
	readonly to: string | undefined;
	readonly participant: string | undefined;
}

/** A message of a client that a simulated phone could not decrypt. */
export interface UnreadableMessage {
	readonly device: LinkedDevice;
	readonly reader: Person;
	readonly id: string;
	readonly isInGroup: boolean;
	/** Of all parts that were meant for the reader, in order; empty when there was none. */
	readonly types: readonly string[];
	/** The type of the part that failed, and where it stands in its ratchet. */
	readonly failed: string;
	readonly place: string;
	/** What the cipher said. */
	readonly reason: string;
}

/** What `simulator.on` offers. */
export interface SimulatorEvents {
	/** A websocket was accepted; the handshake is still to come. */
	connection: [];
	/** An unlinked client finished the handshake and now shows QR codes. */
	registration: [];
	/** A phone linked a client. */
	linked: [device: LinkedDevice];
	/** A client has said all it takes to be linked, and is not; see `neverLink`. */
	linkWithheld: [];
	/** A linked client was let in. */
	login: [device: LinkedDevice];
	/** A linked client is ready to receive. */
	online: [device: LinkedDevice];
	/** The connection of a linked client is gone. */
	offline: [device: LinkedDevice];
	receipt: [receipt: ClientReceipt];
	/** A client acknowledged a notification or a receipt. */
	acknowledged: [ack: { device: LinkedDevice; id: string; type: string | undefined }];
	/** A message of a client reached the server; decryption is still to come. */
	messageFromClient: [message: { device: LinkedDevice; id: string; to: string; node: BinaryNode }];
	/** A message of a client was lost on its way; see `LinkedDevice.losesMessages`. */
	messageLost: [message: { device: LinkedDevice; id: string; to: string }];
	/** A contact has read a message of a client for the first time. */
	messageAtContact: [contact: Contact, message: ReceivedMessage];
	/** A phone could not decrypt a message of a client, and asks for it again. */
	unreadable: [message: UnreadableMessage];
	/** A client refused a message. */
	nack: [nack: { device: LinkedDevice; id: string; code: string }];
	/** A client answered `companion_reg_refresh`. */
	registrationRefreshAck: [];
	/** Something the client should not have done; its connection was ended. */
	protocolError: [error: Error];
}
