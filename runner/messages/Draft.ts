import type { ContactCard } from '../../contract';
import type { StoredMessage } from './StoredMessage';

/** A message as somebody wants it sent: checked, its file in the store, nothing of WhatsApp's format yet. */
export type Draft =
	| TextDraft
	| MediaDraft
	| LocationDraft
	| ContactDraft
	| PollDraft
	| ReactionDraft
	| ForwardDraft
	| EditDraft
	| DeleteDraft
	| TimerDraft;

export interface TextDraft {
	kind: 'text';
	text: string;
	preview?: LinkPreview;
}

/** What is shown of a page under a text that links to it. */
export interface LinkPreview {
	/** The link as it stands in the text. */
	url: string;
	title: string;
	description: string | null;
	/** JPEG */
	thumbnail: Uint8Array | null;
}

export interface MediaDraft {
	kind: 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker';
	/** Hex; where it is in the store. */
	sha256: string;
	sizeBytes: number;
	mimetype: string;
	fileName: string | null;
	caption: string;
	viewOnce: boolean;
	gif: boolean;
	/** A sticker that moves. */
	animated: boolean;
	seconds: number | null;
	/** 64 values from 0 to 100. */
	waveform: Uint8Array | null;
	/** JPEG */
	thumbnail: Uint8Array | null;
	width: number | null;
	height: number | null;
	/** Of a document. */
	pages: number | null;
}

/** Degrees. */
export interface LocationDraft {
	kind: 'location';
	latitude: number;
	longitude: number;
	name: string | null;
	address: string | null;
}

/** `phone` is digits. */
export interface ContactDraft {
	kind: 'contact';
	contacts: Array<ContactCard & { phone: string }>;
}

export interface PollDraft {
	kind: 'poll';
	question: string;
	options: string[];
	selectableCount: number;
}

export interface ReactionDraft {
	kind: 'reaction';
	target: StoredMessage;
	/** "" takes the reaction back. */
	emoji: string;
}

export interface ForwardDraft {
	kind: 'forward';
	original: StoredMessage;
}

export interface EditDraft {
	kind: 'edit';
	target: StoredMessage;
	text: string;
}

export interface DeleteDraft {
	kind: 'delete';
	target: StoredMessage;
}

/** Word to the other side of a direct chat that messages disappear after so many seconds; 0: not any more. */
export interface TimerDraft {
	kind: 'timer';
	seconds: number;
}
