import type { MessageType } from '../../contract';
import type { MessageTarget } from './messageRows';
import type { StoredDetails } from './StoredDetails';

/** A file that WhatsApp's media host has to have before the message can leave. */
export interface PendingUpload {
	/** Hex; where it is in the store. */
	sha256: string;
	kind: 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker';
}

/** A message in WhatsApp's format, and what the journal keeps of it. */
export interface PreparedMessage {
	/** Changes of an earlier message, or of the chat, are no messages of their own: nobody is shown them. */
	type: MessageType | 'edit' | 'delete' | 'protocol';
	text: string;
	details: StoredDetails;
	/** Serialised `proto.Message`; where its file lies is filled in by the upload. */
	content: Uint8Array;
	upload?: PendingUpload;
	/** The message that is edited or deleted. */
	target?: MessageTarget;
}

/** A message on its way to WhatsApp's server, as the queue keeps it. */
export interface Outgoing {
	messageId: string;
	/** Where it goes. */
	jid: string;
	content: Uint8Array;
	upload: PendingUpload | null;
	/** How long "typing…" is shown before it leaves. */
	typingMs: number;
	/** Whether the recipient is known to be on WhatsApp, or need not be asked for. */
	isChecked: boolean;
	/** The JID under which WhatsApp has refused to take it for this recipient: it goes to the other one. */
	refusedName: string | null;
}
