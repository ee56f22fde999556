import type {
	AdvertisementDetails,
	ContentDetails,
	MediaDetails,
	MessageDetails,
	QuotedReference,
	SenderReference,
} from '../../contract';

/** A file of a message as it is stored: its URL is made when somebody is told of it. */
export type StoredMedia = Omit<MediaDetails, 'url'>;

/** Those of before were not verified, and say nothing of what they quote. */
export type StoredQuote = Pick<QuotedReference, 'messageId' | 'participant' | 'text'> &
	Partial<QuotedReference>;

/** What the columns of a row say of a sender. */
export type StoredSender = Omit<SenderReference, 'username'>;

/** What a row keeps of a message besides its text and its columns, as JSON; what is absent is null or false. */
export interface StoredDetails extends ContentDetails {
	quoted?: StoredQuote;
	mentions?: string[];
	mentionsMe?: true;
	/** Of who sent it. */
	username?: string;
	advertisement?: AdvertisementDetails;
	entryPoint?: string;
	media?: StoredMedia;
	viewOnce?: true;
	forwarded?: true;
	late?: true;
	/** The timer that it sets for its chat, where that is what it says. */
	timerSeconds?: number;
	/** Texts or lists of it were longer than what is kept. */
	truncated?: true;
}

/** The same details of a message that was, or was not, missed offline. */
export function withLate(details: StoredDetails, isLate: boolean): StoredDetails {
	const copy = { ...details };
	if (isLate) copy.late = true;
	else delete copy.late;
	return copy;
}

/** Makes the URL of a stored file. */
export type ToMediaUrl = (sha256: string) => string;

const UNVERIFIED = { verified: false, type: null, isStatus: false };

/** The stored details as views and events show them. */
export function toShownDetails(
	sender: StoredSender,
	details: StoredDetails,
	toMediaUrl: ToMediaUrl,
): Omit<MessageDetails, 'type' | 'chat' | 'fromMe' | 'isGroup' | 'edited'> {
	const { quoted, mentions, mentionsMe, username, media, viewOnce, forwarded, late, ...content } =
		details;
	return {
		sender: { ...sender, username: username ?? null },
		quoted: quoted ? { ...UNVERIFIED, ...quoted } : null,
		mentions: mentions ?? [],
		mentionsMe: mentionsMe ?? false,
		media: media ? { url: toMediaUrl(media.sha256), ...media } : null,
		viewOnce: viewOnce ?? false,
		forwarded: forwarded ?? false,
		late: late ?? false,
		...content,
	};
}
