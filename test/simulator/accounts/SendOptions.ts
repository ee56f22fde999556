import type { LinkPreview, MessageReference } from './messageContents';

/** How a message is sent. */
export interface SendOptions {
	/** The message id; made up when left out. */
	readonly id?: string | undefined;
	/** The message that is answered: one from an inbox, or a reference. */
	readonly quoted?: MessageReference | undefined;
	/** Makes a text carry a link preview. */
	readonly linkPreview?: LinkPreview | undefined;
	/** Who is mentioned. */
	readonly mentions?: ReadonlyArray<{ readonly pn: string; readonly lid: string }> | undefined;
	/** Marks it as forwarded; a number says how often. */
	readonly forwarded?: boolean | number | undefined;
	/** Seconds after which it disappears from the chat. */
	readonly ephemeralSeconds?: number | undefined;
	/** `<message type>`; derived from the content when left out. */
	readonly type?: string | undefined;
	/** `<message edit>`: 1 edit, 2 pin, 7 revoke. */
	readonly edit?: number | undefined;
	/** What the stanza says besides, or instead of what an honest one would. */
	readonly attributes?: Readonly<Record<string, string>> | undefined;
	/** Seconds since 1970; now when left out. */
	readonly timestamp?: number | undefined;
}
